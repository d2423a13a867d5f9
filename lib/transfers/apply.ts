import { db, type Queryable, transaction } from '~/lib/db';
import type { Posting } from '~/lib/ledger/post';
import { type AssetCode, isAsset } from '~/lib/money';
import type { RailTransfer } from '~/lib/rails/rail-says';
import { railOf } from '~/lib/rails/registry';
import { getSetting } from '~/lib/settings';
import { TransferContext, type Unexplained } from '~/lib/transfers/context';
import { accountFault, knownAccounts } from '~/lib/transfers/known-accounts';
import { isUnknownEnding, moveOf, type Signal, type Step, signalOf } from '~/lib/transfers/lifecycle';
import { postingOf } from '~/lib/transfers/postings';
import {
  type Changes,
  newRow,
  type Rows,
  readRows,
  type Settled,
  type Sighting,
  type TransferRow,
  writeChanges,
} from '~/lib/transfers/records';
import { tellUnexplained } from '~/lib/transfers/unexplained';
import { Coins } from '~/lib/transfers/verifications';
import { houseWallets } from '~/lib/wallets/house';

export type Applied = {
  outcome: 'posted' | 'nothing' | 'refused';
  steps: Step[];
  /** For `refused`: why, in English, for the dead letter. */
  reason?: string;
};

/** What is known beside the rows of the batch. */
type Outside = {
  /** The asset of each account of ours among them. */
  accounts: ReadonlyMap<string, string>;
  settlementNumber: string | null;
  coins: Coins;
};
type Plan = { applied: Applied[]; changes: Changes; unexplained: Unexplained[] };

/**
 * Takes what a rail said of transfers into the books, in the order given: transfers, withdrawals and ledger move
 * together, and with them the stored events that told of them. What was heard before posts nothing; what contradicts the
 * books is refused by itself, without touching the others. One query reads, one writes: both in the caller's transaction
 * when it has one, and else by themselves, retried where another worker was quicker.
 */
export async function applySightings(
  client: Queryable,
  sightings: Sighting[],
  settle?: (applied: Applied[]) => Settled,
): Promise<Applied[]> {
  const rows = await readRows(client, sightings);
  const missing = assetsWithoutHouse(sightings, rows);
  if (missing.length > 0) {
    for (const asset of missing) await houseWallets(client, asset);
    return applySightings(client, sightings, settle);
  }
  const outside = await outsideOf(client, sightings);
  const { applied, changes, unexplained } = plan(sightings, rows, outside);
  const settled = settle?.(applied);
  if (unexplained.length === 0 && !outside.coins.areSeen) await writeChanges(client, changes, settled);
  else
    await inTransaction(client, async (tx) => {
      await outside.coins.keep(tx);
      await writeChanges(tx, changes, settled);
      // From the moment in which the books hear of it, nothing more leaves the account.
      await tellUnexplained(tx, unexplained);
    });
  return applied;
}

async function outsideOf(client: Queryable, sightings: Sighting[]): Promise<Outside> {
  const swept = sightings.some(({ transfer }) => railOf(transfer.accountId).isSettlement(transfer));
  return {
    accounts: await knownAccounts(client, sightings),
    settlementNumber: swept ? (await getSetting('settlementNumber', client)).MXN : null,
    coins: await Coins.among(client, sightings),
  };
}

/** In the caller's transaction, or in one of its own. */
function inTransaction(client: Queryable, work: (tx: Queryable) => Promise<void>): Promise<void> {
  return client === db() ? transaction(work) : work(client);
}

/** Assets whose first money this is: their house wallets are still to be made. */
function assetsWithoutHouse(sightings: Sighting[], { wallets }: Rows): AssetCode[] {
  const housed = new Set(wallets.flatMap(({ houseRole, asset }) => (houseRole ? [asset] : [])));
  return [...new Set(sightings.map(({ transfer }) => transfer.asset))].flatMap((asset) => {
    if (!isAsset(asset)) throw new Error(`The rail speaks of an unknown currency ${asset}.`);
    return housed.has(asset) ? [] : [asset];
  });
}

function plan(sightings: Sighting[], rows: Rows, { accounts, ...outside }: Outside): Plan {
  const context = new TransferContext(rows, outside);
  const transfers = new Map(rows.transfers.map((row) => [row.id, row]));
  const postings: Posting[] = [];
  const applied = sightings.map((sighting) => {
    const row = transfers.get(sighting.transfer.id) ?? newRow(sighting);
    const fault = refusalOf(sighting, row, accounts);
    if (fault) return { outcome: 'refused' as const, steps: [], reason: fault };
    transfers.set(row.id, row);
    return takeIn(sighting, row, context, postings);
  });
  const changes = { transfers: [...transfers.values()], postings, told: context.told, ...context.changes() };
  // What failed or came back in the same breath needs no explanation: the money is where it was.
  const unexplained = context.unexplained.filter(
    ({ row }) => row.state === 'pending' || row.state === 'succeeded',
  );
  return { applied, changes, unexplained };
}

/** Why the books don't take it, whatever it says; null when they may. */
function refusalOf(
  { transfer, note }: Sighting,
  row: TransferRow,
  accounts: Outside['accounts'],
): string | null {
  const { mode } = railOf(row.accountId).facts();
  if (transfer.mode !== mode) return `The transfer is of ${transfer.mode} mode, our key of ${mode}.`;
  if (transfer.amount !== row.amount || transfer.asset !== row.asset)
    return 'The amount differs from what the rail said before.';
  // Chile's split payments: how much arrived isn't in the event, so nobody but a person can book it.
  if (transfer.word === 'partial' || note === 'partial')
    return 'Paid in part: compare with the movements and settle by hand.';
  return accountFault(row, accounts);
}

function takeIn(
  sighting: Sighting,
  row: TransferRow,
  context: TransferContext,
  postings: Posting[],
): Applied {
  const { transfer } = sighting;
  const isNew = row.version === null;
  if (row.state === 'seen') context.place(row, transfer);
  const signal = currentSignal(sighting, row);
  const move = signal && moveOf(row.direction, row.state, signal);
  if (signal && !move) {
    return {
      outcome: 'refused',
      steps: [],
      reason: `The rail says ${signal}, but it ended as ${row.state}.`,
    };
  }
  const steps = [...(move?.steps ?? [])];
  for (const step of steps) {
    takeStep(step, row, sighting, context, postings);
    context.tell(row, step, move?.to ?? row.state, sighting.saidAt);
  }
  if (signal === 'return_failed' && row.state === 'succeeded' && row.returnRequestedAt) {
    forgetReturn(row);
    // What was set aside when it was asked for is the customer's again.
    if (row.returnReserved > 0n) {
      takeStep('undo_return', row, sighting, context, postings);
      context.tell(row, 'undo_return', row.state, sighting.saidAt);
      steps.push('undo_return');
    }
  }
  if (move?.to === 'rejected' && row.direction === 'inbound' && row.state !== 'rejected')
    context.tell(row, null, 'rejected', sighting.saidAt);
  const isStranded = row.state === 'pending' && isUnknownEnding(row.direction, transfer.word);
  if (isStranded) context.strand(row, transfer.status);
  const isNews = isNew || isStranded || steps.length > 0 || (move !== null && move.to !== row.state);
  if (move) advance(row, move.to, transfer, context);
  refreshFacts(row, transfer, isNews);
  return { outcome: steps.length > 0 ? 'posted' : 'nothing', steps };
}

/** A deposit on its way that was for no wallet which would take it: it may be by now. */
function isUnclaimed({ direction, state, walletId }: TransferRow): boolean {
  return direction === 'inbound' && state === 'pending' && walletId === null;
}

/**
 * What the rail says, unless it is of a return before the one that is under way: taken for this one's failure, it would
 * hand the customer money that is about to leave.
 */
function currentSignal({ transfer, note, saidAt, ruling }: Sighting, row: TransferRow): Signal | null {
  if (ruling) return ruling;
  // A receipt, the CEP's, is there once the beneficiary's bank has the money.
  const arrived = (transfer.receiptUrl ?? row.receiptUrl) !== null || row.state === 'succeeded';
  const signal = signalOf(row.direction, transfer.word, note, arrived);
  const beganAt = row.returnRequestedAt ?? row.returnBeganAt;
  return signal === 'return_failed' && beganAt && saidAt.getTime() < secondOf(beganAt) ? null : signal;
}

/** Fintoc's times are of whole seconds. */
function secondOf(at: Date): number {
  return Math.floor(at.getTime() / 1_000) * 1_000;
}

function takeStep(
  step: Step,
  row: TransferRow,
  { transfer, eventId, saidAt, note }: Sighting,
  context: TransferContext,
  postings: Posting[],
): void {
  if (step === 'reserve_return') {
    row.returnAttempts += 1;
    row.returnBeganAt = row.returnRequestedAt ?? saidAt;
  }
  if (step === 'credit' && isUnclaimed(row)) context.place(row, transfer);
  const posting = postingOf(step, {
    ...context.forPosting(row),
    transfer: row,
    // The first step happened when the transfer did; a later word has only its own time.
    at:
      step === 'announce' || step === 'credit' || step === 'accept' || !note ? transfer.transactedAt : saidAt,
    ...(eventId && { eventId }),
  });
  // What isn't taken now is looked at again when it is final.
  if (!posting && step === 'announce') row.walletId = null;
  if (!posting) return;
  context.track(row, step, posting);
  postings.push(posting);
}

function advance(
  row: TransferRow,
  to: TransferRow['state'],
  transfer: RailTransfer,
  context: TransferContext,
) {
  row.state = to;
  if (row.direction === 'outbound') context.advanceWithdrawal(row, transfer);
  if (to === 'return_pending' || to === 'returned') row.returnRequestedAt = null;
  // A deposit that goes back leaves suspense; a payout that comes back may just have got there.
  if (to === 'returned' && row.direction === 'inbound') {
    row.suspenseReason = null;
    row.suspenseSince = null;
  }
}

/** The return that we asked for failed before Fintoc's answer reached us: that answer must set nothing aside any more. */
function forgetReturn(row: TransferRow): void {
  row.returnRequestedAt = null;
  row.returnAttempts += 1;
}

/** Fintoc fills a transfer in as it goes; a late repetition of an earlier word must not blank what came after. */
function refreshFacts(row: TransferRow, transfer: RailTransfer, isNews: boolean): void {
  row.trackingKey = transfer.trackingKey ?? row.trackingKey;
  row.receiptUrl = transfer.receiptUrl ?? row.receiptUrl;
  row.returnReason = transfer.returnReason ?? row.returnReason;
  row.errorReason = transfer.errorReason ?? row.errorReason;
  if (!isNews) return;
  row.status = transfer.status;
}
