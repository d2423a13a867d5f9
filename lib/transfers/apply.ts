import type { Queryable } from '~/lib/db';
import { fintocMode } from '~/lib/env';
import type { FintocTransfer } from '~/lib/fintoc/translate';
import { houseWallets } from '~/lib/house';
import type { Posting } from '~/lib/ledger/post';
import { type AssetCode, isAsset } from '~/lib/money';
import { TransferContext } from '~/lib/transfers/context';
import { moveOf, type Signal, type Step, signalOf } from '~/lib/transfers/lifecycle';
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

export type Applied = {
  outcome: 'posted' | 'nothing' | 'refused';
  steps: Step[];
  /** For `refused`: why, in English, for the dead letter. */
  reason?: string;
};

type Plan = { applied: Applied[]; changes: Changes };

/**
 * Takes what Fintoc said of transfers into the books, in the order given: transfers, withdrawals and ledger move
 * together, and with them the stored events that told of them. What was heard before posts nothing; what contradicts the
 * books is refused by itself, without touching the others. One question, one write: both in the caller's transaction
 * when it has one, and else by themselves, tried again where somebody else was quicker.
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
  const { applied, changes } = plan(sightings, rows);
  await writeChanges(client, changes, settle?.(applied));
  return applied;
}

/** The first money in an asset finds no house wallets yet. */
function assetsWithoutHouse(sightings: Sighting[], { wallets }: Rows): AssetCode[] {
  const housed = new Set(wallets.flatMap(({ houseRole, asset }) => (houseRole ? [asset] : [])));
  return [...new Set(sightings.map(({ transfer }) => transfer.currency))].flatMap((asset) => {
    if (!isAsset(asset)) throw new Error(`Fintoc speaks of an unknown currency ${asset}.`);
    return housed.has(asset) ? [] : [asset];
  });
}

function plan(sightings: Sighting[], rows: Rows): Plan {
  const context = new TransferContext(rows);
  const transfers = new Map(rows.transfers.map((row) => [row.id, row]));
  const postings: Posting[] = [];
  const applied = sightings.map((sighting) => {
    const row = transfers.get(sighting.transfer.id) ?? newRow(sighting);
    transfers.set(row.id, row);
    return takeIn(sighting, row, context, postings);
  });
  return { applied, changes: { transfers: [...transfers.values()], postings, ...context.changes() } };
}

function takeIn(
  sighting: Sighting,
  row: TransferRow,
  context: TransferContext,
  postings: Posting[],
): Applied {
  const { transfer, eventType } = sighting;
  const isNew = row.version === null;
  if (transfer.mode !== fintocMode()) {
    return {
      outcome: 'refused',
      steps: [],
      reason: `The transfer is of ${transfer.mode} mode, our key of ${fintocMode()}.`,
    };
  }
  if (transfer.amount !== row.amount || transfer.currency !== row.asset) {
    return { outcome: 'refused', steps: [], reason: 'The amount differs from what Fintoc said before.' };
  }
  if (isPartial(transfer.status, eventType)) {
    return {
      outcome: 'refused',
      steps: [],
      reason: 'Paid in part: compare with the movements and settle by hand.',
    };
  }
  if (isNew || row.state === 'seen') context.place(row, transfer);
  const signal = currentSignal(sighting, row);
  const move = signal && moveOf(row.direction, row.state, signal);
  if (signal && !move) {
    return { outcome: 'refused', steps: [], reason: `Fintoc says ${signal}, but it ended as ${row.state}.` };
  }
  const steps = [...(move?.steps ?? [])];
  for (const step of steps) takeStep(step, row, sighting, context, postings);
  if (signal === 'return_failed' && row.state === 'succeeded' && row.returnRequestedAt) {
    forgetReturn(row);
    // What was set aside when it was asked for is the customer's again.
    if (row.returnReserved > 0n) {
      takeStep('undo_return', row, sighting, context, postings);
      steps.push('undo_return');
    }
  }
  const isNews = isNew || steps.length > 0 || (move !== null && move.to !== row.state);
  if (move) advance(row, move.to, transfer, context);
  refreshFacts(row, transfer, isNews);
  return { outcome: steps.length > 0 ? 'posted' : 'nothing', steps };
}

/**
 * What Fintoc says, unless it is of a return before the one that is under way: taken for this one's failure, it would
 * hand the customer money that is about to leave.
 */
function currentSignal({ transfer, eventType, saidAt }: Sighting, row: TransferRow): Signal | null {
  const signal = signalOf(row.direction, transfer.status, eventType);
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
  { transfer, eventId, saidAt, eventType }: Sighting,
  context: TransferContext,
  postings: Posting[],
): void {
  if (step === 'reserve_return') {
    row.returnAttempts += 1;
    row.returnBeganAt = row.returnRequestedAt ?? saidAt;
  }
  const posting = postingOf(step, {
    ...context.forPosting(row),
    transfer: row,
    // The first step happened when the transfer did; a later word has only its own time.
    at: step === 'credit' || step === 'accept' || !eventType ? transfer.transaction_date : saidAt,
    ...(eventId && { eventId }),
  });
  if (!posting) return;
  context.track(row, step, posting);
  postings.push(posting);
}

function advance(
  row: TransferRow,
  to: TransferRow['state'],
  transfer: FintocTransfer,
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
function refreshFacts(row: TransferRow, transfer: FintocTransfer, isNews: boolean): void {
  row.trackingKey = transfer.tracking_key ?? row.trackingKey;
  row.receiptUrl = transfer.receipt_url ?? row.receiptUrl;
  row.returnReason = transfer.return_reason ?? row.returnReason;
  row.errorReason = transfer.error_reason ?? row.errorReason;
  if (!isNews) return;
  row.status = transfer.status;
}

/** Chile's split payments: how much arrived isn't in the event, so nobody but a person can book it. */
function isPartial(status: string, eventType?: string): boolean {
  return status === 'partially_succeeded' || eventType?.endsWith('.partially_succeeded') === true;
}
