import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { db, transaction } from '~/lib/db';
import { cash, receivable, walletAccount } from '~/lib/ledger/chart';
import { credit, debit, type Line, type Posting, postTransactions } from '~/lib/ledger/post';
import { listMovements, type Movement } from '~/lib/movements/movements';
import type { MovementFilter } from '~/lib/movements/search';
import { someCause } from '~/lib/testing/causes';
import { withTestDatabase } from '~/lib/testing/database';
import { type OpenWallet, someWallet } from '~/lib/testing/factories';
import { ANYBODY } from '~/lib/testing/reader';
import { houseWallets } from '~/lib/wallets/house';

withTestDatabase();

const RUNS = Number(process.env.FAST_CHECK_RUNS ?? 12);
const DAY_MS = 86_400_000;

/** What a posting does to the wallet; `agoMs` is how long ago it happened at the bank, below zero dated ahead. */
type Happening = {
  what: 'deposit' | 'with_fee' | 'with_debt' | 'hold' | 'sent';
  amount: number;
  agoMs: number;
};

const happening: fc.Arbitrary<Happening> = fc.record({
  what: fc.constantFrom('deposit', 'deposit', 'with_fee', 'with_debt', 'hold', 'sent'),
  amount: fc.integer({ min: 10, max: 1_000_000 }),
  // Many of one second, some late by minutes or weeks, some dated ahead.
  agoMs: fc.oneof(
    fc.constantFrom(0, 0, 1_000, 9_999, 10_000, 10_001, 60_000, -4_000, -60_000),
    fc.integer({ min: 0, max: 40 * DAY_MS }),
  ),
});

let serial = 0;

/** Books a history in batches, as the worker does, and answers when it began. */
async function book(wallet: OpenWallet, batches: Happening[][]): Promise<number> {
  const second = Math.floor(Date.now() / 1000) * 1000;
  for (const batch of batches) {
    const postings = await transaction((tx) =>
      Promise.all(batch.map((each) => postingOf(tx, wallet, each, second))),
    );
    await transaction((tx) => postTransactions(tx, postings));
  }
  return second;
}

async function postingOf(
  tx: Parameters<typeof houseWallets>[0],
  wallet: OpenWallet,
  { what, amount: size, agoMs }: Happening,
  second: number,
): Promise<Posting> {
  serial += 1;
  const house = await houseWallets(tx, 'MXN');
  // Without a floor, so that any order of postings can be booked.
  const available = walletAccount({ ...wallet, kind: 'general' }, 'available');
  const [amount, bank] = [BigInt(size), cash(wallet.accountId, 'MXN')];
  const fees = walletAccount(house.fees, 'available');
  const lines: Record<Happening['what'], Line[]> = {
    deposit: [debit(bank, amount), credit(available, amount)],
    with_fee: [
      debit(bank, amount),
      credit(available, amount),
      debit(available, 7n, 'deposit_fee'),
      credit(fees, 7n, 'deposit_fee'),
    ],
    with_debt: [
      debit(bank, amount),
      credit(available, amount),
      debit(available, 3n, 'debt_repaid'),
      credit(receivable(wallet.id, 'MXN'), 3n, 'debt_repaid'),
      debit(available, 2n, 'deposit_fee'),
      credit(fees, 2n, 'deposit_fee'),
    ],
    hold: [
      debit(available, amount, 'withdrawal'),
      debit(available, 5n, 'withdrawal_fee'),
      credit(walletAccount({ ...wallet, kind: 'general' }, 'reserved'), amount + 5n),
    ],
    sent: [debit(available, amount, 'adjustment'), credit(fees, amount, 'adjustment')],
  };
  return {
    cause: someCause(`order:${serial}`),
    kind: 'deposit',
    effectiveAt: new Date(second - agoMs),
    lines: lines[what],
  };
}

async function pagesOf(filter: MovementFilter, size: number): Promise<Movement[]> {
  const found: Movement[] = [];
  let cursor: string | undefined;
  do {
    const page = await listMovements(ANYBODY, { ...filter, cursor }, size);
    found.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return found;
}

const history = fc.array(fc.array(happening, { minLength: 1, maxLength: 12 }), {
  minLength: 1,
  maxLength: 4,
});

describe("a wallet's movements", () => {
  it('run: from below, each balance is the one under it plus the amount, over any pages of any history', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.integer({ min: 1, max: 9 }), async (batches, size) => {
        const wallet = await someWallet();
        await book(wallet, batches);
        const movements = await pagesOf({ walletId: wallet.id }, size);
        const sums = movements.map(({ amount }, at) => (movements[at + 1]?.balanceAfter ?? 0n) + amount);
        expect(movements.map(({ balanceAfter }) => balanceAfter)).toEqual(sums);
        const { sequence, balance } = await db().ledgerAccount.findFirstOrThrow({
          where: { ownerId: wallet.id, bucket: 'available' },
        });
        expect(movements.length).toBe(Number(sequence));
        expect(movements[0]?.balanceAfter).toBe(balance);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  });

  it('of some days are those that happened then, whenever they were booked, in the order of the whole list', async () => {
    await fc.assert(
      fc.asyncProperty(
        history,
        fc.integer({ min: 1, max: 9 }),
        fc.array(fc.integer({ min: -70_000, max: 41 * DAY_MS }), { minLength: 2, maxLength: 2 }),
        fc.constantFrom('from', 'to', 'both'),
        async (batches, size, [first = 0, second = 0], ends) => {
          const wallet = await someWallet();
          const began = await book(wallet, batches);
          const from = ends === 'to' ? undefined : new Date(began - Math.max(first, second));
          const to = ends === 'from' ? undefined : new Date(began - Math.min(first, second));
          const whole = await pagesOf({ walletId: wallet.id }, 50);
          const expected = whole.filter(
            ({ effectiveAt }) => (!from || effectiveAt >= from) && (!to || effectiveAt < to),
          );
          const found = await pagesOf({ walletId: wallet.id, from, to }, size);
          expect(found.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
  });

  it('begin at their beginning for a cursor that nobody here made, and are none of days that end before they begin', async () => {
    const wallet = await someWallet();
    await book(wallet, [[{ what: 'deposit', amount: 500, agoMs: 0 }]]);
    for (const cursor of [
      'x',
      '-1',
      '1e3',
      '9'.repeat(40),
      Buffer.from('2026-05-01T00:00:00Z|x').toString('base64url'),
    ]) {
      expect((await listMovements(ANYBODY, { walletId: wallet.id, cursor })).items, cursor).toHaveLength(1);
      expect((await listMovements(ANYBODY, { cursor })).items.length, cursor).toBeGreaterThan(0);
    }
    const [from, to] = [new Date('2026-05-02T00:00:00Z'), new Date('2026-05-01T00:00:00Z')];
    expect((await listMovements(ANYBODY, { walletId: wallet.id, from, to })).items).toEqual([]);
  });
});
