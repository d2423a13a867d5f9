import { expect } from 'vitest';
import { db } from '~/lib/db';
import { LEDGER_RULES } from '~/lib/proof/rules';
import { verifyBooks } from '~/lib/proof/verify';

/**
 * Checks every promise of the ledger over all that is posted: transactions sum to zero per asset, a balance is the
 * fold of its entries, sequences have no gaps, each balance_after follows from the one before, no customer is below
 * zero, and the books as a whole are even.
 */
export async function expectSoundBooks(): Promise<void> {
  const faults = await verifyBooks((query) => db().$queryRaw<unknown[]>(query), { rules: LEDGER_RULES });
  expect(faults).toEqual([]);
}

/** A ledger account's balance by its code; zero where nothing was ever posted. */
export async function balanceOf(code: string, asset = 'MXN'): Promise<bigint> {
  return (await db().ledgerAccount.findFirst({ where: { code, asset } }))?.balance ?? 0n;
}

/** A wallet's money: what is free and what is set aside. */
export async function moneyOf({ id, asset }: { id: string; asset?: string }) {
  return {
    available: await balanceOf(`wallet/${id}/available`, asset),
    reserved: await balanceOf(`wallet/${id}/reserved`, asset),
  };
}
