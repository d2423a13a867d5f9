import { expect } from 'vitest';
import { db } from '~/lib/db';
import { askToMove } from '~/lib/patterns/ask';
import { advanceMoves } from '~/lib/patterns/move';
import { verifyBooks } from '~/lib/proof/verify';
import { approveWaiting } from '~/lib/testing/approvals';
import { moneyOf } from '~/lib/testing/books';
import { drain } from '~/lib/testing/deliveries';
import { someOperator } from '~/lib/testing/factories';
import { expectCashEqualsFintoc, proveAll } from '~/lib/testing/journeys';
import type { LocalFintoc } from '~/lib/testing/sandbox';
import type { PatternMove, WalletPattern } from '~/prisma/generated/client';

const MOST_TURNS = 15;

type Moving = { id: string; asset: string };

/** Has a wallet be moved as two people do. */
export async function moveByTwo({ id, asset }: Moving, to: WalletPattern): Promise<PatternMove> {
  const [asker, approver] = [await someOperator(), await someOperator('approver')];
  await askToMove(asker, { walletId: id, asset, to, reason: 'El cliente ya tiene empresa' });
  await approveWaiting(approver, { action: 'wallet.move_pattern', subjectId: id });
  return moveOf(id);
}

/** Its latest. */
export const moveOf = (walletId: string) =>
  db().patternMove.findFirstOrThrow({ where: { walletId }, orderBy: { createdAt: 'desc' } });

export const paymentsOf = (moveId: string) =>
  db().patternPayment.findMany({ where: { moveId }, orderBy: { nth: 'asc' } });

/** One turn of everything that workers do about it, with the pauses over. */
export async function turn(fintoc: LocalFintoc): Promise<void> {
  await db().queueItem.updateMany({
    where: { queue: 'pattern_moves' },
    data: { nextAttemptAt: new Date(0), leaseUntil: null },
  });
  await advanceMoves();
  await fintoc.deliveriesDone();
  await drain();
  await proveAll();
}

/** Until it is so. */
export async function turnsUntil(fintoc: LocalFintoc, isSo: () => Promise<boolean>): Promise<void> {
  for (let turns = 0; turns < MOST_TURNS; turns += 1) {
    if (await isSo()) return;
    await turn(fintoc);
  }
  expect(await isSo()).toBe(true);
}

/** Until it has moved. At each turn the wallet has what it had: nothing is missing meanwhile, and nothing there twice. */
export async function untilMoved(fintoc: LocalFintoc, wallet: Moving): Promise<PatternMove> {
  const before = await moneyOf(wallet);
  for (let turns = 0; turns < MOST_TURNS; turns += 1) {
    const move = await moveOf(wallet.id);
    if (move.state === 'moved') return move;
    await turn(fintoc);
    expect(await moneyOf(wallet)).toEqual(before);
    await expectCashEqualsFintoc(fintoc);
  }
  const { state, waitsFor } = await moveOf(wallet.id);
  throw new Error(`It is ${state} and waits for ${waitsFor}.`);
}

/** Every rule over all books, and no break, standing or let pass. */
export async function expectProven(): Promise<void> {
  expect(await verifyBooks((query) => db().$queryRaw<unknown[]>(query))).toEqual([]);
  expect(await db().proofBreak.count()).toBe(0);
}
