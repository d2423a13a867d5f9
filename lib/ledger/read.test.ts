import { beforeAll, describe, expect, it } from 'vitest';
import { transaction } from '~/lib/db';
import { saysCause } from '~/lib/ledger/cause';
import { cash, suspense, type WalletRef, walletAccount } from '~/lib/ledger/chart';
import { explainBalance } from '~/lib/ledger/history';
import { credit, debit, postTransactions } from '~/lib/ledger/post';
import {
  getLedgerAccount,
  listLedgerAccounts,
  listLedgerTransactions,
  sumLedgerAccounts,
  trialBalance,
} from '~/lib/ledger/read';
import { someCause } from '~/lib/testing/causes';
import { withTestDatabase } from '~/lib/testing/database';

withTestDatabase();

const bank = cash('acc_bank', 'MXN');
const walletOf = (serial: number, kind: WalletRef['kind'] = 'customer'): WalletRef => ({
  id: `00000000-0000-4000-8000-${String(serial).padStart(12, '0')}`,
  kind,
  houseRole: kind === 'house' ? 'operating' : null,
  asset: 'MXN',
});
const DAY_1 = new Date('2026-11-01T12:00:00Z');
const DAY_2 = new Date('2026-11-02T12:00:00Z');

beforeAll(async () => {
  const busy = walletAccount(walletOf(1), 'available');
  const deposits = Array.from({ length: 60 }, (_, nth) => ({
    cause: someCause(`deposit:${nth}`),
    kind: 'deposit' as const,
    effectiveAt: DAY_1,
    transferId: `tr_${nth}`,
    lines: [debit(bank, 100n), credit(busy, 100n)],
  }));
  const others = Array.from({ length: 60 }, (_, nth) => ({
    cause: someCause(`opening:${nth}`),
    kind: 'adjustment' as const,
    effectiveAt: DAY_2,
    lines: [debit(busy, 1n), credit(walletAccount(walletOf(100 + nth), 'available'), 1n)],
  }));
  await transaction((tx) =>
    postTransactions(tx, [
      ...deposits,
      ...others,
      {
        cause: someCause('overdraft'),
        kind: 'payout_settled',
        effectiveAt: DAY_2,
        lines: [debit(walletAccount(walletOf(2, 'house'), 'available'), 70n), credit(bank, 70n)],
      },
      {
        cause: someCause('chile'),
        kind: 'deposit',
        effectiveAt: DAY_2,
        lines: [debit(cash('acc_bank', 'CLP'), 5n), credit(suspense('CLP'), 5n)],
      },
      {
        cause: someCause('mexico'),
        kind: 'deposit',
        effectiveAt: DAY_2,
        lines: [debit(bank, 9n), credit(suspense('MXN'), 9n)],
      },
    ]),
  );
});

async function allAccounts() {
  const first = await listLedgerAccounts({});
  const second = await listLedgerAccounts({ cursor: first.nextCursor ?? '' });
  expect(second.nextCursor).toBeNull();
  return [...first.items, ...second.items];
}

describe('the list of ledger accounts', () => {
  it('shows every account once over its pages, also those that share a code', async () => {
    const accounts = await allAccounts();
    expect(new Set(accounts.map(({ id }) => id)).size).toBe(accounts.length);
    expect(accounts).toHaveLength(66);
    expect(accounts.filter(({ code }) => code === 'suspense/unmatched')).toHaveLength(2);
  });

  it('takes the text as text, not as a pattern', async () => {
    expect((await listLedgerAccounts({ text: 'SUSPENSE' })).items).toHaveLength(2);
    expect((await listLedgerAccounts({ text: '%' })).items).toHaveLength(0);
  });

  it('sums to the line of the trial balance that leads to it', async () => {
    const lines = await trialBalance();
    expect(lines).toHaveLength(6);
    for (const line of lines) {
      const sums = await sumLedgerAccounts({ groups: [line.group], assets: [line.asset] });
      expect(sums).toMatchObject([{ debit: line.debit, credit: line.credit, accounts: line.accounts }]);
    }
  });
});

describe('the trial balance', () => {
  it('has equal columns per asset, with an overdrawn balance in the other column', async () => {
    const lines = await trialBalance();
    for (const asset of ['MXN', 'CLP']) {
      const of = lines.filter((line) => line.asset === asset);
      expect(of.reduce((sum, { debit: amount }) => sum + amount, 0n)).toBe(
        of.reduce((sum, { credit: amount }) => sum + amount, 0n),
      );
    }
    expect(lines.find(({ group }) => group === 'house_operating')).toMatchObject({ debit: 70n, credit: 0n });
    expect(lines.find(({ group }) => group === 'customer_available')).toMatchObject({ credit: 6_000n });
  });
});

describe('the entries of an account', () => {
  it('come latest first, each once, with the balance that each left', async () => {
    const { items } = await listLedgerAccounts({ text: bank.code, assets: ['MXN'] });
    expect(items).toMatchObject([{ code: bank.code, asset: 'MXN' }]);
    const id = items[0]?.id ?? 0n;
    const first = await explainBalance({ accountId: id });
    const second = await explainBalance({ accountId: id, cursor: first.nextCursor ?? '' });
    const entries = [...first.items, ...second.items];
    expect(entries.map(({ sequence }) => Number(sequence))).toEqual(
      Array.from({ length: 62 }, (_, nth) => 62 - nth),
    );
    for (const [nth, entry] of entries.entries()) {
      expect(entry.balanceAfter).toBe((entries[nth + 1]?.balanceAfter ?? 0n) + entry.amount);
    }
    expect(entries[0]?.balanceAfter).toBe((await getLedgerAccount(id)).balance);
  });

  it('of an account that is not there is an error that the page can show', async () => {
    await expect(getLedgerAccount(999_999n)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the list of transactions', () => {
  it('filters by kind, by when it happened at the bank and by an exact id', async () => {
    expect((await listLedgerTransactions({ kinds: ['payout_settled'] })).items).toHaveLength(1);
    expect((await listLedgerTransactions({ kinds: ['deposit'], since: DAY_2 })).items).toHaveLength(2);
    expect((await listLedgerTransactions({ kinds: ['deposit'], before: DAY_1 })).items).toHaveLength(0);
    const byTransfer = await listLedgerTransactions({ text: 'tr_7' });
    expect(byTransfer.items.map(saysCause)).toEqual(['transfer:deposit:7:test']);
    const id = byTransfer.items[0]?.id;
    expect((await listLedgerTransactions({ text: String(id) })).items[0]?.id).toBe(id);
  });

  it('starts at the beginning for a cursor that is none', async () => {
    const cursor = Buffer.from('2026-11-01T00:00:00Z|x').toString('base64url');
    const { items } = await listLedgerTransactions({ cursor });
    expect(items).toHaveLength(50);
    expect(items).toEqual((await listLedgerTransactions({})).items);
  });
});
