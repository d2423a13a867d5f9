import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Tx, transaction } from '~/lib/db';
import { requireConfirmed } from '~/lib/gate/confirmed';
import { cash, walletAccount } from '~/lib/ledger/chart';
import { credit, debit, postTransactions } from '~/lib/ledger/post';
import { someCause } from '~/lib/testing/causes';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, type OpenWallet, someAccount, someWallet } from '~/lib/testing/factories';
import { tamper } from '~/lib/testing/tampering';

withTestDatabase();

/** Money that no movement shows yet. */
async function arrive(wallet: OpenWallet, times: number, amount = 100n): Promise<void> {
  const lines = [
    debit(cash(wallet.accountId, 'MXN'), amount),
    credit(walletAccount(wallet, 'available'), amount),
  ];
  const posting = () => ({
    cause: someCause(`arrive:${randomUUID()}`),
    kind: 'deposit' as const,
    effectiveAt: new Date(),
    lines,
  });
  await transaction((tx) => postTransactions(tx, Array.from({ length: times }, posting)));
}

const asked = (tx: Tx, wallet: OpenWallet, amount: bigint) => requireConfirmed(tx, wallet, amount);

/** Rows and look-ups, as the server counts them within a transaction. */
async function costOf(wallet: OpenWallet): Promise<number> {
  return transaction(async (tx) => {
    const read = async () => {
      const [row] = await tx.$queryRaw<{ count: number }[]>`
        SELECT sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) + coalesce(idx_scan, 0))::int AS count
        FROM pg_stat_xact_user_tables`;
      return row?.count ?? 0;
    };
    const before = await read();
    await asked(tx, wallet, 1_000n);
    return (await read()) - before;
  });
}

describe('whether a wallet’s money is confirmed', () => {
  it('is asked of what the wallet got, however much others of its account wait for their movements', async () => {
    const account = await someAccount();
    const [wallet, other] = [await someWallet({ account }), await someWallet({ account })];
    await fundWallet(wallet, 50_000n);
    await arrive(other, 1);
    for (let nth = 0; nth < 3; nth += 1) {
      await arrive(other, 20);
      await arrive(wallet, 1, 500n);
    }
    await tamper('ANALYZE');
    const few = await costOf(wallet);
    for (let nth = 0; nth < 8; nth += 1) await arrive(other, 100);
    await tamper('ANALYZE');
    expect(await costOf(wallet)).toBeLessThanOrEqual(few + 10);
    await transaction((tx) => asked(tx, wallet, 50_000n));
    await expect(transaction((tx) => asked(tx, wallet, 50_001n))).rejects.toMatchObject({
      code: 'credit_unconfirmed',
    });
  });
});
