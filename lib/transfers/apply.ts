import { StaleRead, type Tx } from '~/lib/db';
import { fintocMode } from '~/lib/env';
import type { FintocTransfer } from '~/lib/fintoc/translate';
import { type Posting, postTransactions } from '~/lib/ledger/post';
import { loadContext, type TransferContext } from '~/lib/transfers/context';
import { moveOf, type Step, signalOf } from '~/lib/transfers/lifecycle';
import { postingOf } from '~/lib/transfers/postings';
import { type LockedTransfer, lockTransfers, type Sighting, saveTransfers } from '~/lib/transfers/records';

export type Applied = {
  outcome: 'posted' | 'nothing' | 'refused';
  steps: Step[];
  /** For `refused`: why, in English, for the dead letter. */
  reason?: string;
};

type Planned = { index: number; posting: Posting };

/**
 * Takes what Fintoc said of transfers into the books, in the order given, in the caller's transaction: transfers,
 * withdrawals and ledger move together. What was heard before posts nothing; what contradicts the books is refused
 * by itself, without touching the others.
 */
export async function applySightings(tx: Tx, sightings: Sighting[]): Promise<Applied[]> {
  const { rows, created } = await lockTransfers(tx, sightings);
  const context = await loadContext(tx, sightings, rows);
  const planned: Planned[] = [];
  const results = sightings.map((sighting, index): Applied => {
    const row = rows.get(sighting.transfer.id);
    if (!row) throw new Error(`Transfer ${sighting.transfer.id} was not locked.`);
    return takeIn(sighting, index, row, context, planned, created.has(row.id));
  });
  const outcomes = await postTransactions(
    tx,
    planned.map(({ posting }) => posting),
  );
  outcomes.forEach(({ outcome }, nth) => {
    // Balances were read before the accounts were locked; the whole transaction is tried again with fresh ones.
    if (outcome === 'insufficient')
      throw new StaleRead(`${planned[nth]?.posting.source} lacks funds in the accounts that it takes from.`);
  });
  await saveTransfers(tx, [...rows.values()]);
  await context.saveWithdrawals(tx);
  return results;
}

function takeIn(
  sighting: Sighting,
  index: number,
  row: LockedTransfer,
  context: TransferContext,
  planned: Planned[],
  isNew: boolean,
): Applied {
  const { transfer, eventType } = sighting;
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
  const signal = signalOf(row.direction, transfer.status, eventType);
  const move = signal && moveOf(row.direction, row.state, signal);
  if (signal && !move) {
    return { outcome: 'refused', steps: [], reason: `Fintoc says ${signal}, but it ended as ${row.state}.` };
  }
  const steps = move ? move.steps : [];
  for (const step of steps) plan(step, row, sighting, index, context, planned);
  if (signal === 'return_failed' && row.state === 'succeeded') forgetReturn(row);
  const isNews = isNew || steps.length > 0 || (move !== null && move.to !== row.state);
  if (move) advance(row, move.to, transfer, context);
  refreshFacts(row, transfer, isNews);
  return { outcome: steps.length > 0 ? 'posted' : 'nothing', steps };
}

function plan(
  step: Step,
  row: LockedTransfer,
  { transfer, eventId, saidAt, eventType }: Sighting,
  index: number,
  context: TransferContext,
  planned: Planned[],
): void {
  if (step === 'reserve_return') row.returnAttempts += 1;
  const posting = postingOf(step, {
    ...context.forPosting(row),
    transfer: row,
    // The first step happened when the transfer did; a later word has only its own time.
    at: step === 'credit' || step === 'accept' || !eventType ? transfer.transaction_date : saidAt,
    ...(eventId && { eventId }),
  });
  if (!posting) return;
  context.track(row, step, posting);
  planned.push({ index, posting });
}

function advance(
  row: LockedTransfer,
  to: LockedTransfer['state'],
  transfer: FintocTransfer,
  context: TransferContext,
) {
  row.state = to;
  if (row.direction === 'outbound') context.advanceWithdrawal(row, transfer);
  if (to === 'return_pending' || to === 'returned') row.returnRequestedAt = null;
  if (to === 'returned') {
    row.suspenseReason = null;
    row.suspenseSince = null;
  }
}

/** The return that we asked for failed before Fintoc's answer reached us: that answer must set nothing aside any more. */
function forgetReturn(row: LockedTransfer): void {
  if (!row.returnRequestedAt) return;
  row.returnRequestedAt = null;
  row.returnAttempts += 1;
}

/** Fintoc fills a transfer in as it goes; a late repetition of an earlier word must not blank what came after. */
function refreshFacts(row: LockedTransfer, transfer: FintocTransfer, isNews: boolean): void {
  row.trackingKey = transfer.tracking_key ?? row.trackingKey;
  row.receiptUrl = transfer.receipt_url ?? row.receiptUrl;
  row.returnReason = transfer.return_reason ?? row.returnReason;
  row.errorReason = transfer.error_reason ?? row.errorReason;
  if (!isNews) return;
  row.status = transfer.status;
  row.raw = transfer.raw;
}

/** Chile's split payments: how much arrived isn't in the event, so nobody but a person can book it. */
function isPartial(status: string, eventType?: string): boolean {
  return status === 'partially_succeeded' || eventType?.endsWith('.partially_succeeded') === true;
}
