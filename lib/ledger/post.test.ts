import { describe, expect, it } from 'vitest';
import { db, transaction } from '~/lib/db';
import { cash, type LedgerAccountSpec, walletAccount } from '~/lib/ledger/chart';
import { credit, debit, type Posting, postTransaction, postTransactions } from '~/lib/ledger/post';
import { someCause } from '~/lib/testing/causes';
import { withTestDatabase } from '~/lib/testing/database';

withTestDatabase();

const bank = cash('acc_bank', 'MXN');
let serial = 0;

function someWallet(): LedgerAccountSpec {
  serial += 1;
  const id = `00000000-0000-4000-8000-${String(serial).padStart(12, '0')}`;
  return walletAccount({ id, kind: 'customer', houseRole: null, asset: 'MXN' }, 'available');
}

function posting(cause: string, from: LedgerAccountSpec, to: LedgerAccountSpec, amount: bigint): Posting {
  return {
    ...{ cause: someCause(cause), kind: 'adjustment', effectiveAt: new Date() },
    lines: [debit(from, amount), credit(to, amount)],
  };
}

async function balanceOf({ code }: LedgerAccountSpec): Promise<bigint> {
  return (await db().ledgerAccount.findFirst({ where: { code } }))?.balance ?? 0n;
}

describe('posting', () => {
  it('posts a deposit with sequence and balance after on both accounts', async () => {
    const wallet = someWallet();
    const result = await transaction((tx) => postTransaction(tx, posting('t:1', bank, wallet, 59_013n)));
    expect(result.outcome).toBe('posted');
    expect(await balanceOf(wallet)).toBe(59_013n);
    const [entry] = await db().ledgerEntry.findMany({ where: { account: { code: wallet.code } } });
    expect(entry).toMatchObject({
      sequence: 1n,
      amount: -59_013n,
      balanceAfter: 59_013n,
      walletId: wallet.walletId,
    });
  });

  it('posts the same step of a cause once, in one batch and over two', async () => {
    const wallet = someWallet();
    const twice = [posting('t:2', bank, wallet, 100n), posting('t:2', bank, wallet, 100n)];
    const first = await transaction((tx) => postTransactions(tx, twice));
    expect(first.map(({ outcome }) => outcome)).toEqual(['posted', 'duplicate']);
    expect(first[1]?.transactionId).toBe(first[0]?.transactionId);
    const again = await transaction((tx) => postTransactions(tx, twice));
    expect(again.map(({ outcome }) => outcome)).toEqual(['duplicate', 'duplicate']);
    expect(again[0]?.transactionId).toBe(first[0]?.transactionId);
    expect(await balanceOf(wallet)).toBe(100n);
  });

  it('leaves out the postings of a batch that lack funds and posts the others', async () => {
    const wallet = someWallet();
    const outcomes = await transaction((tx) =>
      postTransactions(tx, [
        posting('t:3a', wallet, bank, 50n),
        posting('t:3b', bank, wallet, 80n),
        posting('t:3c', wallet, bank, 50n),
        posting('t:3d', wallet, bank, 50n),
        posting('t:3e', wallet, bank, 30n),
      ]),
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      'insufficient',
      'posted',
      'posted',
      'insufficient',
      'posted',
    ]);
    expect(await balanceOf(wallet)).toBe(0n);
  });

  it('says insufficient_funds for a single posting, and changes nothing', async () => {
    const wallet = someWallet();
    await expect(
      transaction((tx) => postTransaction(tx, posting('t:4', wallet, bank, 1n))),
    ).rejects.toMatchObject({
      code: 'insufficient_funds',
    });
    expect(await db().ledgerTransaction.findFirst({ where: { causeId: 't:4' } })).toBeNull();
  });
});
