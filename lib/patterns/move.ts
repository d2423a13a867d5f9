import { system } from '~/lib/actor';
import { db, type Tx, transaction } from '~/lib/db';
import { cancelIn, lockMove, tellOf } from '~/lib/patterns/ask';
import { inFlight, isQuiet } from '~/lib/patterns/in-flight';
import { leftBehind, owedBack, standsFor } from '~/lib/patterns/money';
import { advancePayment, decideOnPayment, MAY_HAVE_MORE } from '~/lib/patterns/payments';
import { type Held, type Queue, workOff } from '~/lib/queue';
import { RailError } from '~/lib/rails/failures';
import { railFor, railOf } from '~/lib/rails/registry';
import { mayBeOlder } from '~/lib/standstill/caught-up';
import { depositBounds } from '~/lib/terms/limits';
import { saveAccount, saveAccountNumber } from '~/lib/wallets/account-numbers';
import { getInAsset, lockInAsset } from '~/lib/wallets/asset-wallets';
import { type PatternMove, Prisma } from '~/prisma/generated/client';
import type { PatternMoveState } from '~/prisma/generated/enums';

const MOVES: Queue = {
  name: 'pattern_moves',
  leaseSeconds: 60,
  backoff: { firstMs: 2_000, mostMs: 10 * 60_000 },
};

/** null: on to the next step at once; else what it waits for, in a word. */
type Outcome = string | null;

const UNDER_WAY = Prisma.sql`
  SELECT m.id::text AS item FROM pattern_moves m WHERE m.state IN ('opening', 'switching', 'moving') ORDER BY m.created_at`;

/**
 * Takes moves of wallets to another pattern as far as they will go, each in one worker's hands. What is made at the rail
 * has its stored key and its mark, and each step is written down with what it did: so it doesn't matter where a crash falls.
 */
export async function advanceMoves(limit = 20): Promise<number> {
  // Of what stands at the rail these books may have forgotten: what they would make might be made already.
  if (await mayBeOlder(db())) return 0;
  const begun = await workOff(MOVES, UNDER_WAY, limit, advance);
  return begun + (await workOff(MOVES, MAY_HAVE_MORE, limit, bringMore));
}

async function advance({ item: id }: Held): Promise<void> {
  for (;;) {
    const move = await db().patternMove.findUniqueOrThrow({ where: { id } });
    if (move.state === 'moved' || move.state === 'cancelled') return;
    const waitsFor = await tryStep(move);
    if (waitsFor !== move.waitsFor) await db().patternMove.update({ where: { id }, data: { waitsFor } });
    if (waitsFor) return;
  }
}

async function tryStep(move: PatternMove): Promise<Outcome> {
  try {
    return await STEPS[move.state](move);
  } catch (error) {
    const waitsFor = error instanceof RailError ? error.code : 'internal';
    await db().patternMove.update({ where: { id: move.id }, data: { waitsFor } });
    throw error;
  }
}

const STEPS: Record<PatternMoveState, (move: PatternMove) => Promise<Outcome>> = {
  opening: open,
  switching: (move) => transaction((tx) => switchOver(tx, move.id)),
  moving: bringAlong,
  moved: async () => null,
  cancelled: async () => null,
};

/** The new account, the number that the customer is told, and the one that the money is brought along by. */
async function open(move: PatternMove): Promise<Outcome> {
  const wallet = await getInAsset(db(), move.walletId, move.asset);
  const { name, customerId } = wallet;
  const asked = { walletId: move.walletId, asset: move.asset, name, since: move.createdAt };
  const to = move.toAccountId ? move : await openAccount(move, asked);
  if (!to?.toAccountId) return 'root_account_not_synced';
  const { toAccountId: accountId } = to;
  const number = async (use: 'deposits' | 'arrival') => {
    const bounds = use === 'deposits' ? await depositBounds(db(), wallet) : null;
    const made = await railOf(accountId).openNumber({
      ...{ ...asked, customerId, accountId, bounds, move: { id: move.id, use } },
    });
    if ((await db().accountNumber.count({ where: { id: made.id } })) === 0)
      await transaction((tx) => saveAccountNumber(tx, made));
    return made.id;
  };
  const toNumberId = to.toNumberId ?? (await number('deposits'));
  const arrivalNumberId = to.arrivalNumberId ?? (await number('arrival'));
  await save(move, { toAccountId: accountId, toNumberId, arrivalNumberId, state: 'switching' });
  return null;
}

type Asked = { walletId: string; asset: string; name: string; since: Date };

async function openAccount(move: PatternMove, asked: Asked): Promise<PatternMove | null> {
  const { asset, toPattern } = move;
  if (toPattern === 'A') {
    const shared = await db().account.findFirst({ where: { isRoot: true, asset, status: 'active' } });
    return shared && save(move, { toAccountId: shared.id });
  }
  const entityId = toPattern === 'C' ? move.toEntityId : await rootEntityId(asset);
  if (!entityId) return null;
  const { account, number } = await railOf(entityId).openAccount({ ...asked, entityId, moveId: move.id });
  await transaction(async (tx) => {
    await saveAccount(tx, account);
    await saveAccountNumber(tx, number);
  });
  return save(move, { toAccountId: account.id, toNumberId: number.id });
}

async function rootEntityId(asset: string): Promise<string | null> {
  const rail = railFor(asset)?.facts().name;
  const root = rail && (await db().entity.findFirst({ where: { isRoot: true, rail }, select: { id: true } }));
  return root ? root.id : null;
}

/** Unless it was called off meanwhile. */
async function save(move: PatternMove, data: Prisma.PatternMoveUncheckedUpdateInput): Promise<PatternMove> {
  await db().patternMove.updateMany({ where: { id: move.id, state: 'opening' }, data });
  return db().patternMove.findUniqueOrThrow({ where: { id: move.id } });
}

/**
 * Gives the wallet its new account, all at once, when nothing of it is in flight in the old one: from then on it pays from
 * the new one, and what comes to either number is its own. Its balances stay as they are; the gate keeps its payouts back
 * until the money has arrived.
 */
async function switchOver(tx: Tx, id: string): Promise<Outcome> {
  const { walletId, asset } = await tx.patternMove.findUniqueOrThrow({ where: { id } });
  const wallet = await lockInAsset(tx, walletId, asset);
  const move = await lockMove(tx, id);
  if (move.state !== 'switching') return null;
  const { fromPattern, fromAccountId, toAccountId, toNumberId } = move;
  if (!toAccountId || !toNumberId) throw new Error('A move switches once all of it stands.');
  if (wallet.status === 'closed' || wallet.accountId !== fromAccountId) {
    await cancelIn(tx, system('moves'), move, 'wallet_changed');
    return null;
  }
  if (wallet.status !== 'open') return 'wallet_not_open';
  if (!isQuiet(await inFlight(tx, move)) || (await isBringing(tx, move))) return 'in_flight';
  const standing = { walletId, asset, pattern: fromPattern, accountId: fromAccountId };
  const { amount, sequence } = await standsFor(tx, standing);
  await tx.walletAsset.update({
    where: { walletId_asset: { walletId, asset } },
    data: {
      pattern: move.toPattern,
      entityId: move.toEntityId,
      accountId: toAccountId,
      accountNumberId: toNumberId,
    },
  });
  const switched = await tx.patternMove.update({
    where: { id },
    data: { state: 'moving', switchedAt: new Date(), amount, fromSequence: sequence },
  });
  await decideOnPayment(tx, switched);
  await tellOf(tx, system('moves'), 'wallet.pattern_changed', switched);
  return null;
}

/** Whether money of an earlier move is still between its accounts. */
async function isBringing(tx: Tx, { walletId, asset }: PatternMove): Promise<boolean> {
  const open = { walletId, asset, state: { in: ['due', 'sent'] } } satisfies Prisma.PatternPaymentWhereInput;
  return (await tx.patternPayment.count({ where: open })) > 0;
}

/** Until nothing is left behind. */
async function bringAlong(move: PatternMove): Promise<Outcome> {
  const waitsFor = await advancePayments(move);
  if (waitsFor) return waitsFor;
  return transaction(async (tx) => {
    const locked = await lockMove(tx, move.id);
    if (locked.state !== 'moving') return null;
    if ((await leftBehind(tx, locked)) > 0n) {
      await decideOnPayment(tx, locked);
      const due = { moveId: move.id, state: 'due' } as const;
      return (await tx.patternPayment.count({ where: due })) > 0 ? null : 'payment_returned';
    }
    const moved = await tx.patternMove.update({
      where: { id: move.id },
      data: { state: 'moved', movedAt: new Date(), waitsFor: null },
    });
    await tellOf(tx, system('moves'), 'wallet.pattern_moved', moved);
    return null;
  });
}

async function advancePayments(move: PatternMove): Promise<Outcome> {
  const open = await db().patternPayment.findMany({
    where: { moveId: move.id, state: { in: ['due', 'sent'] } },
    orderBy: { nth: 'asc' },
  });
  for (const { id } of open) {
    const waitsFor = await advancePayment(id);
    if (waitsFor) return waitsFor;
  }
  return null;
}

/**
 * What came to the old account since, by the number that people still pay to, or because a bank gave a payout back, is
 * brought along as well; and what a bank took from there goes back.
 */
async function bringMore({ item: id }: Held): Promise<void> {
  const lookedAt = new Date();
  await openWayBack(id);
  const move = await transaction(async (tx) => {
    const locked = await lockMove(tx, id);
    const open = { moveId: id, state: { in: ['due', 'sent'] } } satisfies Prisma.PatternPaymentWhereInput;
    if ((await tx.patternPayment.count({ where: open })) === 0) await decideOnPayment(tx, locked);
    return tx.patternMove.update({ where: { id }, data: { lookedAt } });
  });
  const waitsFor = (await advancePayments(move)) ?? (await owesBack(move));
  if (waitsFor !== move.waitsFor) await db().patternMove.update({ where: { id }, data: { waitsFor } });
}

/** The number of the former account by which money goes back there, once some has to. Nobody is told it. */
async function openWayBack(id: string): Promise<void> {
  const move = await db().patternMove.findUniqueOrThrow({ where: { id } });
  const { walletId, asset, fromAccountId: accountId, createdAt: since } = move;
  if (move.backNumberId !== null || (await owedBack(db(), move)).amount === 0n) return;
  const { name, customerId } = await getInAsset(db(), walletId, asset);
  const made = await railOf(accountId).openNumber({
    ...{ walletId, asset, name, customerId, accountId, since, bounds: null, move: { id, use: 'back' } },
  });
  await transaction(async (tx) => {
    if ((await tx.accountNumber.count({ where: { id: made.id } })) === 0) await saveAccountNumber(tx, made);
    await tx.patternMove.update({ where: { id }, data: { backNumberId: made.id } });
  });
}

/** What the wallet owes of a deposit that a bank took back is made up once it is paid. */
async function owesBack(move: PatternMove): Promise<Outcome> {
  const { missing, amount } = await owedBack(db(), move);
  return missing > amount ? 'debt_unpaid' : null;
}
