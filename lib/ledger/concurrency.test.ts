import { describe, expect, it } from 'vitest';
import { db, transaction } from '~/lib/db';
import { cash, type LedgerAccountSpec, walletAccount } from '~/lib/ledger/chart';
import { credit, debit, type Posting, postTransaction, postTransactions } from '~/lib/ledger/post';
import { balanceOf, expectSoundBooks } from '~/lib/testing/books';
import { someCause } from '~/lib/testing/causes';
import { withTestDatabase } from '~/lib/testing/database';

withTestDatabase();

const bank = cash('acc_bank', 'MXN');

function wallet(serial: number): LedgerAccountSpec {
  const id = `00000000-0000-4000-8000-${String(serial).padStart(12, '0')}`;
  return walletAccount({ id, kind: 'customer', houseRole: null, asset: 'MXN' }, 'available');
}

function posting(cause: string, from: LedgerAccountSpec, to: LedgerAccountSpec, amount: bigint): Posting {
  return {
    ...{ cause: someCause(cause), kind: 'adjustment', effectiveAt: new Date() },
    lines: [debit(from, amount), credit(to, amount)],
  };
}

const together = <Result>(count: number, run: (nth: number) => Promise<Result>) =>
  Promise.allSettled(Array.from({ length: count }, (_, nth) => run(nth)));

describe('side by side', () => {
  it('of 50 debits on one wallet exactly as many succeed as the balance allows', async () => {
    const purse = wallet(1);
    await transaction((tx) => postTransaction(tx, posting('c1:fund', bank, purse, 1_745n)));
    const results = await together(50, (nth) =>
      transaction((tx) => postTransaction(tx, posting(`c1:${nth}`, purse, bank, 100n))),
    );
    const refused = results.filter((result) => result.status === 'rejected');
    expect(results.length - refused.length).toBe(17);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'insufficient_funds' });
    expect(await balanceOf(purse.code)).toBe(45n);
    await expectSoundBooks();
  });

  it('one step posted by 50 at once stands once', async () => {
    const purse = wallet(2);
    const results = await together(50, () =>
      transaction((tx) => postTransaction(tx, posting('c2:same', bank, purse, 700n))),
    );
    const outcomes = results.map((result) => result.status === 'fulfilled' && result.value.outcome);
    expect(outcomes.filter((outcome) => outcome === 'posted')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(49);
    expect(await balanceOf(purse.code)).toBe(700n);
    await expectSoundBooks();
  });

  it('40 batches over shared accounts, in every order, neither deadlock nor number twice', async () => {
    const purses = Array.from({ length: 8 }, (_, nth) => wallet(10 + nth));
    const before = await deadlocks();
    const results = await together(40, (nth) => {
      // Each batch goes through the wallets from another start, half of them backwards.
      const order = purses.map((_, place) => purses[(place + nth) % purses.length] ?? bank);
      if (nth % 2 === 1) order.reverse();
      // Not through transaction(), which would try a deadlock again and so hide it.
      return db().$transaction(
        (tx) =>
          postTransactions(
            tx,
            order.map((purse, place) => posting(`c3:${nth}:${place}`, bank, purse, BigInt(nth + 1))),
          ),
        { timeout: 30_000, maxWait: 30_000 },
      );
    });
    expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(await deadlocks()).toBe(before);
    for (const purse of purses) expect(await balanceOf(purse.code)).toBe(820n);
    await expectSoundBooks();
  });

  it('30 pairs of transfers there and back between two wallets keep the sum', async () => {
    const [ana, beto] = [wallet(31), wallet(32)];
    await transaction((tx) =>
      postTransactions(tx, [posting('c4:ana', bank, ana, 500n), posting('c4:beto', bank, beto, 500n)]),
    );
    await together(60, (nth) =>
      transaction((tx) =>
        postTransaction(
          tx,
          posting(`c4:${nth}`, ...(nth % 2 === 0 ? ([ana, beto] as const) : ([beto, ana] as const)), 90n),
        ),
      ),
    );
    expect((await balanceOf(ana.code)) + (await balanceOf(beto.code))).toBe(1_000n);
    await expectSoundBooks();
  });
});

async function deadlocks(): Promise<number> {
  const [row] = await db().$queryRaw<{ deadlocks: number }[]>`
    SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()`;
  return row?.deadlocks ?? 0;
}
