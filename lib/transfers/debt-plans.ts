import { z } from 'zod';
import { type Actor, authorize, type OperatorActor, system } from '~/lib/actor';
import { type Act, askToDo } from '~/lib/approvals/acts';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { receivable, walletAccount } from '~/lib/ledger/chart';
import { postTransaction } from '~/lib/ledger/post';
import { lockRow } from '~/lib/lock';
import { once } from '~/lib/once';
import { type Queue, workOff } from '~/lib/queue';
import { debtOf } from '~/lib/transfers/debts';
import { pair } from '~/lib/transfers/postings';
import { type AssetWallet, lockInAsset } from '~/lib/wallets/asset-wallets';
import { pays } from '~/lib/wallets/frozen';
import { ruledWallet } from '~/lib/wallets/unless-ruled';
import { type DebtPlan, Prisma } from '~/prisma/generated/client';

export const PLAN_EVERY = ['week', 'fortnight', 'month'] as const;
export type PlanEvery = (typeof PLAN_EVERY)[number];

const STEP: Record<PlanEvery, string> = { week: '7 days', fortnight: '14 days', month: '1 month' };
const DAY_MS = 86_400_000;

export type NewDebtPlan = {
  walletId: string;
  asset: string;
  /** Of each instalment, in the asset's smallest unit. */
  amount: bigint;
  every: PlanEvery;
  /** In so many days the first one is due. */
  inDays: number;
  reason: string;
  requestId?: string | undefined;
};

/** What `debt.plan` is decided on; `amount` is of each instalment. */
export const debtPlanShape = z.object({
  walletId: z.uuid(),
  name: z.string(),
  asset: z.string(),
  amount: z.string().transform((text) => BigInt(text)),
  owed: z.string().transform((text) => BigInt(text)),
  every: z.enum(PLAN_EVERY),
  inDays: z.number().int().min(0).max(366),
});

/**
 * Asks for what a wallet owes to be paid in instalments (`debt.plan`): from when a second person decided so on, what comes
 * in pays none of it by itself, and a worker takes each instalment, or what there is of it. Throws `invalid` where the
 * wallet owes nothing, and `conflict` where a plan is active.
 */
export async function requestDebtPlan(
  actor: OperatorActor,
  { requestId, ...asked }: NewDebtPlan,
): Promise<{ id: string }> {
  authorize(actor, 'adjustments:request');
  const { walletId, asset, amount, every, inDays } = asked;
  const reason = asked.reason.trim();
  if (amount <= 0n) throw new InvalidInputError({ amount: 'amount_not_positive' });
  if (reason === '') throw new InvalidInputError({ reason: 'required' });
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'debt.plan', requestId, content: asked },
      async (id) => ({ id }),
      async () => {
        const wallet = await lockInAsset(tx, walletId, asset);
        const owed = await requirePlannable(tx, wallet);
        const facts = { walletId, name: wallet.name, asset, amount, owed, every, inDays };
        const known = { wallet: await ruledWallet(tx, wallet) };
        await askToDo(
          tx,
          actor,
          { action: 'debt.plan', subjectId: walletId, facts, reason, known },
          { does: writeDebtPlan },
        );
        return { id: walletId };
      },
    ),
  );
}

async function requirePlannable(tx: Tx, { id: walletId, asset }: AssetWallet): Promise<bigint> {
  const owed = await debtOf(tx, { id: walletId, asset });
  if (owed <= 0n) throw new InvalidInputError({ amount: 'owes_nothing' });
  if ((await tx.debtPlan.count({ where: { walletId, asset, state: 'active' } })) > 0)
    throw new DomainError('conflict', 'A plan for it is active already.', { status: 'active' });
  return owed;
}

/** Does what `debt.plan` asks for. */
export async function writeDebtPlan(tx: Tx, actor: Actor, { facts, reason, askedById }: Act): Promise<void> {
  const { walletId, asset, amount, every, inDays } = debtPlanShape.parse(facts);
  await requirePlannable(tx, await lockInAsset(tx, walletId, asset));
  const startsAt = new Date(Date.now() + inDays * DAY_MS);
  const plan = await tx.debtPlan.create({
    data: { walletId, asset, amount, every, startsAt, nextAt: startsAt, reason, askedById },
  });
  await reread(tx, walletId);
  await audit(tx, actor, 'debt_plan.made', plan, { amount, asset, every, startsAt }, reason);
}

/** The plan ends before the debt does: what comes in pays it again, as the terms say. */
export async function endDebtPlan(
  actor: OperatorActor,
  { planId, reason }: { planId: string; reason: string },
): Promise<DebtPlan> {
  authorize(actor, 'adjustments:request');
  if (reason.trim() === '') throw new InvalidInputError({ reason: 'required' });
  return transaction(async (tx) => {
    const found = await tx.debtPlan.findUnique({ where: { id: planId } });
    if (!found) throw notFound('debt_plan', planId);
    await lockInAsset(tx, found.walletId, found.asset);
    const plan = await lockPlan(tx, planId);
    if (plan.state !== 'active') return plan;
    const ended = await end(tx, plan, 'ended');
    await reread(tx, plan.walletId);
    await audit(tx, actor, 'debt_plan.ended', plan, {}, reason.trim());
    return ended;
  });
}

/** What was planned on how much of a deposit pays the debt is planned again (transfer_context). */
async function reread(tx: Tx, id: string): Promise<void> {
  await tx.wallet.update({ where: { id }, data: { updatedAt: new Date() } });
}

/** Takes the instalments that are due. Answers how many were. */
export function takeInstalments(limit = 20): Promise<number> {
  const due = Prisma.sql`
    SELECT p.id::text AS item FROM debt_plans p WHERE p.state = 'active' AND p.next_at <= now() ORDER BY p.next_at`;
  return workOff(TAKING, due, limit, ({ item }) => takeInstalment(item));
}

/** One that can't be taken keeps no other from it. */
const TAKING: Queue = {
  name: 'debt_instalments',
  leaseSeconds: 60,
  backoff: { firstMs: 5_000, mostMs: 10 * 60_000 },
};

async function takeInstalment(id: string): Promise<void> {
  const { walletId, asset } = await db().debtPlan.findUniqueOrThrow({ where: { id } });
  await transaction(async (tx) => {
    const wallet = await lockInAsset(tx, walletId, asset);
    const plan = await lockPlan(tx, id);
    if (plan.state !== 'active' || plan.nextAt === null || plan.nextAt.getTime() > Date.now()) return;
    const owed = await debtOf(tx, wallet);
    const wanted = plan.amount < owed ? plan.amount : owed;
    const taken = await take(tx, wallet, plan, wanted);
    if (owed - taken <= 0n) {
      await end(tx, plan, 'done');
      await audit(tx, system('expiry'), 'debt_plan.done', plan, { runs: plan.runs + 1 });
      return;
    }
    const runs = plan.runs + 1;
    const [next] = await tx.$queryRaw<{ at: Date }[]>`
      SELECT ${plan.startsAt}::timestamptz + ${runs}::int * ${STEP[plan.every as PlanEvery]}::interval AS at`;
    await tx.debtPlan.update({
      where: { id },
      data: { runs, nextAt: next?.at ?? null, ...(taken < wanted && { missed: plan.missed + 1 }) },
    });
  });
}

/** As much of it as the wallet has, and nothing while it is frozen against what leaves. */
async function take(tx: Tx, wallet: AssetWallet, plan: DebtPlan, wanted: bigint): Promise<bigint> {
  const available = walletAccount(wallet, 'available');
  const { code, asset } = available;
  const account = await tx.ledgerAccount.findUnique({ where: { code_asset: { code, asset } } });
  const has = account && account.balance > 0n ? account.balance : 0n;
  const amount = !pays(wallet) ? 0n : has < wanted ? has : wanted;
  if (amount === 0n) return 0n;
  await postTransaction(tx, {
    cause: { kind: 'debt_plan', id: plan.id, step: 'instalment', round: plan.runs },
    kind: 'debt_repaid',
    effectiveAt: new Date(),
    guarded: true,
    note: plan.reason,
    lines: pair(available, receivable(wallet.id, wallet.asset), amount),
  });
  return amount;
}

function end(tx: Tx, { id, runs }: DebtPlan, state: 'done' | 'ended'): Promise<DebtPlan> {
  const counted = state === 'done' ? runs + 1 : runs;
  return tx.debtPlan.update({
    where: { id },
    data: { state, runs: counted, nextAt: null, endedAt: new Date() },
  });
}

/** After the wallet's lock, as whatever moves its money. */
async function lockPlan(tx: Tx, id: string): Promise<DebtPlan> {
  await lockRow(tx, 'debt_plans', id);
  const plan = await tx.debtPlan.findUnique({ where: { id } });
  if (!plan) throw notFound('debt_plan', id);
  return plan;
}

function audit(
  tx: Tx,
  actor: Actor,
  act: 'debt_plan.made' | 'debt_plan.ended' | 'debt_plan.done',
  { id, walletId }: DebtPlan,
  facts: object,
  reason?: string,
): Promise<void> {
  return recordAudit(tx, actor, {
    ...{ action: act, subject: 'wallet', id: walletId, after: { planId: id, ...facts } },
    ...(reason && { reason }),
  });
}
