import { type Actor, type Requester, system } from '~/lib/actor';
import { ask } from '~/lib/approvals/ask';
import { judgeNow } from '~/lib/approvals/rule-in-force';
import { DEFAULT_RULE, firedShape, type Judgement } from '~/lib/approvals/rules';
import { stepsOf, strictest } from '~/lib/approvals/steps';
import { recordAudits, toJson } from '~/lib/audit/audit';
import { approvalOf, audit, lockBatch } from '~/lib/batches/batches';
import { newWithdrawalOf } from '~/lib/batches/check';
import type { Field } from '~/lib/batches/columns';
import { db, type Tx, transaction } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { roleOf, WITH_ROLE } from '~/lib/people/role-of';
import { type Queue, workOff } from '~/lib/queue';
import { scopeOf } from '~/lib/scope';
import { twinsOf, type Whole } from '~/lib/withdrawals/checks';
import { keyThatAsked } from '~/lib/withdrawals/key-limits';
import { giveBack, lockWithdrawal, requestOfBatch } from '~/lib/withdrawals/withdrawals';
import { type BatchRow, Prisma, type Withdrawal, type WithdrawalBatch } from '~/prisma/generated/client';

const QUEUE: Queue = { name: 'batches', leaseSeconds: 30, backoff: { firstMs: 1_000, mostMs: 60_000 } };
const DUE = Prisma.sql`
  SELECT id::text AS item FROM withdrawal_batches
  WHERE settled_at IS NULL AND state NOT IN ('draft', 'awaiting_approval') ORDER BY id`;
/** Then the worker looks whether it is to end, and the next batch has its turn. */
const ROWS_A_TURN = 100;

/**
 * Does what confirmed and decided batches ask for: row after row becomes a withdrawal, is let out, or gives its money back.
 * Each in one transaction with what it says of the row: so whoever dies when, each row is done once. Answers at how many
 * batches it worked.
 */
export function workBatches(): Promise<number> {
  return workOff(QUEUE, DUE, 4, async ({ item }) => {
    const batch = await db().withdrawalBatch.findUniqueOrThrow({ where: { id: item } });
    if (batch.state === 'holding') await holdSome(batch);
    else await endSome(batch);
  });
}

// ── From rows to withdrawals ─────────────────────────────────────────────────

const UNHELD = { leftOut: false, withdrawalId: null, refusal: null };

async function holdSome(batch: WithdrawalBatch): Promise<void> {
  const rows = await db().batchRow.findMany({
    where: { batchId: batch.id, ...UNHELD },
    orderBy: [{ line: 'asc' }, { part: 'asc' }],
    take: ROWS_A_TURN,
  });
  const actor = await requesterOf(batch);
  for (const row of rows) if (!(await hold(actor, batch, row))) return;
  if (rows.length < ROWS_A_TURN) await askForAll(actor, batch.id);
}

/** Who was shut out after they confirmed, or sees some portfolios alone since, may ask for nothing any more. */
async function requesterOf({ requestedById: id }: WithdrawalBatch): Promise<Requester> {
  const operator = await db().operator.findUnique({ where: { id }, include: WITH_ROLE });
  if (operator) {
    const { name, disabledAt } = operator;
    const role = roleOf(operator);
    return { kind: 'operator', id, name, role: disabledAt || scopeOf(role) !== null ? 'viewer' : role };
  }
  return keyThatAsked(await db().apiKey.findUniqueOrThrow({ where: { id } }));
}

/** False once the batch was called off. */
async function hold(actor: Requester, batch: WithdrawalBatch, row: BatchRow): Promise<boolean> {
  try {
    return await transaction(async (tx) => {
      if (!(await isMine(tx, row))) return false;
      const asked = await askedBy(tx, batch, row);
      const { withdrawal, judgement } = await requestOfBatch(tx, actor, asked);
      const { fired, steps } = judgement;
      await tx.batchRow.update({
        where: keyOf(row),
        data: { withdrawalId: withdrawal.id, ...(fired.length > 0 && { steps, fired }) },
      });
      return true;
    });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return transaction(async (tx) => {
      if (!(await isMine(tx, row))) return false;
      await tx.batchRow.update({
        where: keyOf(row),
        data: { refusal: error.code, refusalDetails: toJson(error.details) },
      });
      return true;
    });
  }
}

const keyOf = ({ batchId, line, part }: BatchRow) => ({ batchId_line_part: { batchId, line, part } });

/** Whether the row still waits, of a batch that goes on; both stay as they are until the transaction ends. */
async function isMine(tx: Tx, { batchId, line, part }: BatchRow): Promise<boolean> {
  const [batch] = await tx.$queryRaw<{ state: string }[]>`
    SELECT state FROM withdrawal_batches WHERE id = ${batchId}::uuid FOR SHARE`;
  const free = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM withdrawal_batch_rows
    WHERE batch_id = ${batchId}::uuid AND line = ${line} AND part = ${part}
      AND withdrawal_id IS NULL AND refusal IS NULL FOR UPDATE`;
  return batch?.state === 'holding' && free.length > 0;
}

/**
 * What a line is that leaves in parts, as which the rules judge each of them: the first one that is held is judged by the
 * whole, and the others wait for whom it waits for.
 */
async function wholeOf(tx: Tx, { batchId, line, parts }: BatchRow): Promise<Whole | undefined> {
  if (parts === 1) return undefined;
  const rows = await tx.batchRow.findMany({ where: { batchId, line }, orderBy: { part: 'asc' } });
  const held = rows.find(({ withdrawalId }) => withdrawalId !== null);
  return {
    amount: rows.reduce((sum, { amount }) => sum + (amount ?? 0n), 0n),
    ...(held && { judgement: judgedAs(held) }),
  };
}

/** What was kept of a judgement. Its shadows were written down with it. */
function judgedAs(row: BatchRow): Judgement {
  const fired = row.fired === null ? [] : firedShape.parse(row.fired);
  const version = fired.find(({ rule }) => rule === DEFAULT_RULE)?.version ?? 1;
  const steps = row.steps === null ? strictest([]) : stepsOf(row.steps);
  return { why: fired[0]?.why ?? null, version, fired, steps, shadows: [] };
}

/** With the repeat that whoever confirmed has seen: the line above, or the withdrawal of before. Of any other it is refused. */
async function askedBy(tx: Tx, batch: WithdrawalBatch, row: BatchRow) {
  const { walletId, amount, destinationKind, destination, cells, line, part, parts } = row;
  if (!walletId || amount === null || !destinationKind || destination === null)
    throw new Error(`Line ${line} of batch ${batch.id} was never checked.`);
  const { id: batchId, asset } = batch;
  const payment = { walletId, asset, destinationKind, destination, amount };
  const [twin] = batch.paysRepeats ? await twinsOf(tx, payment) : [];
  const isSeen =
    twin !== undefined &&
    (twin.id === row.repeatsId || (await tx.withdrawal.count({ where: { id: twin.id, batchId } })) > 0);
  return {
    ...newWithdrawalOf(walletId, asset, cells as Partial<Record<Field, string>>, { amount, to: destination }),
    requestId: `batch:${batchId}:${line}${part > 1 ? `:${part}` : ''}`,
    batchId,
    ...(parts > 1 && row.feeAmount !== null && { fee: row.feeAmount }),
    ...(isSeen && { acceptedTwin: twin.id }),
    whole: await wholeOf(tx, row),
  };
}

/** Every row is a withdrawal, or was refused: one question about all of them. */
async function askForAll(actor: Requester, batchId: string): Promise<void> {
  await transaction(async (tx) => {
    const batch = await lockBatch(tx, batchId);
    if (batch.state !== 'holding') return;
    if ((await tx.batchRow.count({ where: { batchId, ...UNHELD } })) > 0) return;
    const [held] = await tx.$queryRaw<{ count: number; amount: bigint; fee: bigint; seal: string }[]>`
      SELECT count(*)::int AS count, coalesce(sum(amount), 0)::bigint AS amount, coalesce(sum(fee_amount), 0)::bigint AS fee,
        batch_seal(${batchId}::uuid) AS seal
      FROM withdrawals WHERE batch_id = ${batchId}::uuid AND status = 'awaiting_approval'`;
    if (!held || held.count === 0) {
      const refused = { state: 'refused', settledAt: new Date() } as const;
      await settle(tx, system('batches'), batchId, refused);
      return;
    }
    const { asset, fileName } = batch;
    await ask(tx, actor, {
      ...{ ...approvalOf(batchId), facts: { asset, fileName, ...held }, reason: fileName },
      judgement: await judgeBatch(tx, batchId),
    });
    const after = await tx.withdrawalBatch.update({
      where: { id: batchId },
      data: { state: 'awaiting_approval' },
    });
    await audit(tx, system('batches'), 'asked', after, held);
  });
}

/** What the rules of batches and those that fired on its rows ask for together. */
async function judgeBatch(tx: Tx, batchId: string): Promise<Judgement> {
  const own = await judgeNow(tx, 'batch.pay', { at: new Date(), asset: null, amount: null });
  const rows = await tx.$queryRaw<{ steps: unknown; fired: unknown }[]>`
    SELECT DISTINCT r.steps, r.fired FROM withdrawal_batch_rows r
    JOIN withdrawals w ON w.id = r.withdrawal_id AND w.status = 'awaiting_approval'
    WHERE r.batch_id = ${batchId}::uuid AND r.fired IS NOT NULL`;
  const fired = [...own.fired, ...rows.flatMap((row) => firedShape.parse(row.fired))];
  const each = new Map(fired.map((one) => [`${one.rule} ${one.version} ${one.why}`, one]));
  return {
    ...own,
    fired: [...each.values()],
    steps: strictest([own.steps, ...rows.map(({ steps }) => stepsOf(steps))]),
  };
}

// ── And from there out, or back ──────────────────────────────────────────────

async function endSome(batch: WithdrawalBatch): Promise<void> {
  const waiting = await db().withdrawal.findMany({
    where: { batchId: batch.id, status: 'awaiting_approval' },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: ROWS_A_TURN,
    select: { id: true },
  });
  const decider = await deciderOf(batch);
  for (const { id } of waiting) await transaction((tx) => endOne(tx, decider, batch, id));
  if (waiting.length < ROWS_A_TURN)
    await transaction((tx) => settle(tx, system('batches'), batch.id, { settledAt: new Date() }));
}

/** As whom each row is written down: who decided on all of them. */
async function deciderOf({ decidedById: id }: WithdrawalBatch): Promise<Actor> {
  if (id === null) return system('expiry');
  const operator = await db().operator.findUnique({ where: { id }, include: WITH_ROLE });
  if (!operator) return keyThatAsked(await db().apiKey.findUniqueOrThrow({ where: { id } }));
  return { kind: 'operator', id, name: operator.name, role: roleOf(operator) };
}

async function endOne(tx: Tx, decider: Actor, batch: WithdrawalBatch, id: string): Promise<void> {
  const before = await lockWithdrawal(tx, id);
  if (before.status !== 'awaiting_approval') return;
  const { state, decision } = batch;
  if (state === 'approved') return letOut(tx, decider, before);
  if (state === 'declined' || state === 'cancelled' || state === 'expired')
    await giveBack(tx, decider, before, state, decision ?? undefined);
}

/** Unless somebody blocked its beneficiary meanwhile: then it goes back alone. */
async function letOut(tx: Tx, decider: Actor, before: Withdrawal): Promise<void> {
  const { id, destination, destinationKind } = before;
  const blocked = await tx.blockedBeneficiary.findUnique({
    where: { destination_destinationKind: { destination, destinationKind } },
  });
  if (blocked) {
    await giveBack(tx, system('batches'), before, 'cancelled', blocked.reason, 'beneficiary_blocked');
    return;
  }
  const after = await tx.withdrawal.update({
    where: { id },
    data: { status: 'queued', nextAttemptAt: new Date() },
  });
  await recordAudits(tx, decider, [
    { action: 'withdrawal.approved', subject: 'withdrawal', id, before, after },
  ]);
}

async function settle(
  tx: Tx,
  actor: Actor,
  id: string,
  data: { state?: 'refused'; settledAt: Date },
): Promise<void> {
  const before = await lockBatch(tx, id);
  if (before.settledAt !== null) return;
  await audit(tx, actor, 'settled', await tx.withdrawalBatch.update({ where: { id }, data }));
}
