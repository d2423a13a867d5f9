import { createHash } from 'node:crypto';
import { type Actor, authorize, type OperatorActor, type Requester } from '~/lib/actor';
import { endUndecided } from '~/lib/approvals/decide';
import { recordAudit } from '~/lib/audit/audit';
import { checkRows } from '~/lib/batches/check';
import { readHead } from '~/lib/batches/columns';
import { readRows, unfit } from '~/lib/batches/file';
import { payersOf, type Totals, totalsOf } from '~/lib/batches/totals';
import { type Tx, transaction } from '~/lib/db';
import { requireOwnDecision } from '~/lib/decisions';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import { once, uuidFrom } from '~/lib/once';
import type { EventType } from '~/lib/outbox/catalogue';
import { emit } from '~/lib/outbox/emit';
import { lineOf } from '~/lib/text';
import { isUuid } from '~/lib/uuid';
import type { WithdrawalBatch } from '~/prisma/generated/client';

const NAME_MAX = 120;
const ROWS_AT_ONCE = 500;

type Upload = {
  file: { name: string; bytes: Uint8Array };
  asset: string;
  /** Pays what no column says otherwise. */
  walletId?: string | undefined;
  requestId: string;
};

/**
 * Reads and checks a file of withdrawals, and holds nothing. Uploaded twice under one requestId, it is one batch. Throws
 * `invalid` on `file` where it can't be read as one.
 */
export async function uploadBatch(actor: OperatorActor, input: Upload): Promise<WithdrawalBatch> {
  authorize(actor, 'withdrawals:request');
  const { file, asset, walletId, requestId } = input;
  const { head, rows } = await readRows(file.bytes);
  const columns = readHead(head.cells.map(({ text }) => text));
  if (columns.missing.length > 0) throw unfit(`no_column_${columns.missing[0]}`);
  if (columns.doubled.length > 0) throw unfit('column_twice');
  if (walletId !== undefined && !isUuid(walletId)) throw notFound('wallet', walletId);
  const fileHash = createHash('sha256').update(file.bytes).digest('hex');
  const content = { fileHash, asset, walletId: walletId ?? null };
  const recall = (tx: Tx) => (id: string) => tx.withdrawalBatch.findUniqueOrThrow({ where: { id } });
  return transaction((tx) =>
    once(tx, actor, { act: 'batch.upload', requestId, content }, recall(tx), async () => {
      const checked = await checkRows(tx, columns, rows, { asset, walletId: walletId ?? null });
      const fileName = lineOf(file.name).slice(0, NAME_MAX) || 'withdrawals';
      const batch = await tx.withdrawalBatch.create({
        // Asked again of books that a restore took back, its rows are the withdrawals that they were.
        data: { id: uuidFrom(`batch ${requestId}`), fileName, fileHash, asset, requestedById: actor.id },
      });
      for (let from = 0; from < checked.length; from += ROWS_AT_ONCE)
        await tx.batchRow.createMany({
          data: checked.slice(from, from + ROWS_AT_ONCE).map((row) => ({ batchId: batch.id, ...row })),
        });
      await audit(tx, actor, 'uploaded', batch, { rows: checked.length });
      return batch;
    }),
  );
}

type Confirmation = {
  batchId: string;
  /** Whether rows that repeat another, or what was asked for in the last days, are paid too. */
  paysRepeats: boolean;
  /** The batch of the very same file that was confirmed lately, which whoever confirms has seen. */
  acceptedSame?: string | undefined;
};

/**
 * From here on the rows become withdrawals, one after the other by a worker, each holding its money, and wait for a second
 * person together. Confirmed twice it is confirmed once. Throws `same_file` and `insufficient_funds`.
 */
export async function confirmBatch(actor: OperatorActor, asked: Confirmation): Promise<WithdrawalBatch> {
  authorize(actor, 'withdrawals:request');
  const { batchId, paysRepeats } = asked;
  return transaction(async (tx) => {
    const before = await lockBatch(tx, batchId);
    requireOwn(actor, before);
    if (before.state !== 'draft') return decided(tx, actor, before, 'confirmed');
    await refuseSameFile(tx, before, asked.acceptedSame);
    const totals = await totalsOf(batchId, paysRepeats, tx);
    await requireCovered(tx, before, totals, paysRepeats);
    const repeated = { OR: [{ repeatsLine: { not: null } }, { repeatsId: { not: null } }] };
    await tx.batchRow.updateMany({
      where: { batchId, OR: [{ faults: { not: {} } }, ...(paysRepeats ? [] : [repeated])] },
      data: { leftOut: true },
    });
    const after = await tx.withdrawalBatch.update({
      where: { id: batchId },
      data: { state: 'holding', paysRepeats, confirmedAt: new Date() },
    });
    const { payable, amount, fee } = totals;
    await audit(tx, actor, 'confirmed', after, { rows: payable, amount, fee, paysRepeats });
    return after;
  });
}

/** Two drafts of one file are confirmed one after the other, and the second one is asked about the first. */
async function refuseSameFile(tx: Tx, { id, fileHash }: WithdrawalBatch, accepted?: string): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtext('monedero.batch.file'), hashtext(${fileHash}))`;
  const same = await tx.withdrawalBatch.findFirst({
    where: { fileHash, id: { not: id }, state: { in: ['holding', 'awaiting_approval', 'approved'] } },
    orderBy: { confirmedAt: 'desc' },
    select: { id: true },
  });
  if (same && same.id !== accepted)
    throw new DomainError('same_file', 'The same file was confirmed before.', { id: same.id });
}

export async function requireCovered(
  tx: Tx,
  { id, asset }: WithdrawalBatch,
  { payable }: Totals,
  paysRepeats: boolean,
): Promise<void> {
  if (payable === 0) throw new InvalidInputError({ file: 'nothing_to_pay' });
  const short = (await payersOf(id, asset, paysRepeats, tx)).find(
    ({ left, isHouse }) => left < 0n && !isHouse,
  );
  if (short) throw new DomainError('insufficient_funds', 'A wallet has less than its rows and their fees.');
}

/** Calls a batch off before it is approved: what it holds goes back, by a worker. */
export async function cancelBatch(
  actor: Requester,
  { batchId, reason }: { batchId: string; reason: string },
): Promise<WithdrawalBatch> {
  authorize(actor, 'withdrawals:request');
  return transaction(async (tx) => {
    const before = await lockBatch(tx, batchId);
    if (!['draft', 'holding', 'awaiting_approval'].includes(before.state))
      return decided(tx, actor, before, 'cancelled');
    if (before.state === 'awaiting_approval') await endUndecided(tx, approvalOf(batchId), 'cancelled');
    const now = new Date();
    const after = await tx.withdrawalBatch.update({
      where: { id: batchId },
      data: {
        ...{ state: 'cancelled', decidedById: actor.id, decidedAt: now, decision: reason },
        ...(before.state === 'draft' && { settledAt: now }),
      },
    });
    await audit(tx, actor, 'cancelled', after, {}, reason);
    return after;
  });
}

function requireOwn(actor: OperatorActor, { requestedById }: WithdrawalBatch): void {
  if (requestedById !== actor.id)
    throw new DomainError('forbidden', 'Who uploaded it confirms it.', { permission: 'own' });
}

export const approvalOf = (batchId: string) => ({ action: 'batch.pay', subjectId: batchId }) as const;

export type BatchAct =
  | 'uploaded'
  | 'confirmed'
  | 'asked'
  | 'approved'
  | 'declined'
  | 'cancelled'
  | 'expired'
  | 'settled';

/** Who decided the same already gets what there is; whoever else is told who decided what. */
export async function decided(
  tx: Tx,
  actor: Requester,
  batch: WithdrawalBatch,
  act: BatchAct,
): Promise<WithdrawalBatch> {
  const ends = act === 'confirmed' ? ['cancelled'] : ['approved', 'declined', 'cancelled', 'expired'];
  const { id, state: status } = batch;
  await requireOwnDecision(tx, actor, { subject: 'withdrawal_batch', id, status, act: `batch.${act}`, ends });
  return batch;
}

export async function lockBatch(tx: Tx, id: string): Promise<WithdrawalBatch> {
  await lockRow(tx, 'withdrawal_batches', id);
  const batch = await tx.withdrawalBatch.findUnique({ where: { id } });
  if (!batch) throw notFound('batch', id);
  return batch;
}

export async function audit(
  tx: Tx,
  actor: Actor,
  act: BatchAct,
  batch: WithdrawalBatch,
  facts: object = {},
  reason?: string,
): Promise<void> {
  const { id, state, fileName, fileHash } = batch;
  const after = { status: state, fileName, fileHash, ...facts };
  await recordAudit(tx, actor, {
    ...{ action: `batch.${act}`, subject: 'withdrawal_batch', id, after },
    ...(reason && { reason }),
  });
  await tell(tx, actor, act, batch);
}

const TOLD: Partial<Record<BatchAct, EventType>> = {
  confirmed: 'withdrawal_batch.requested',
  approved: 'withdrawal_batch.approved',
  declined: 'withdrawal_batch.declined',
  cancelled: 'withdrawal_batch.cancelled',
  expired: 'withdrawal_batch.expired',
};

/** Of a payout in parts the platform hears as of any payout. A file is the house's own. */
async function tell(tx: Tx, actor: Actor, act: BatchAct, batch: WithdrawalBatch): Promise<void> {
  const { id, asset, state: status, splitAmount: amount } = batch;
  const type = status === 'refused' ? 'withdrawal_batch.refused' : TOLD[act];
  if (amount === null || type === undefined) return;
  const { walletId } = await tx.batchRow.findFirstOrThrow({
    where: { batchId: id },
    select: { walletId: true },
  });
  await emit(tx, actor, [
    { type, subject: 'withdrawal_batch', id, walletId, after: { status, asset, amount } },
  ]);
}
