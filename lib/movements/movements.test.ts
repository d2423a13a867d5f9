import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { db, transaction } from '~/lib/db';
import { cash, walletAccount } from '~/lib/ledger/chart';
import { credit, debit, type Posting, postTransactions } from '~/lib/ledger/post';
import { listMovements, type Movement } from '~/lib/movements/movements';
import type { MovementFilter } from '~/lib/movements/search';
import { textOf } from '~/lib/people/masking';
import { someCause } from '~/lib/testing/causes';
import { withTestDatabase } from '~/lib/testing/database';
import { type OpenWallet, someCustomer, someOperator, someWallet } from '~/lib/testing/factories';
import { hasWords } from '~/lib/testing/movements';
import { ANYBODY } from '~/lib/testing/reader';
import { houseWallets } from '~/lib/wallets/house';

withTestDatabase();

const RUNS = Number(process.env.FAST_CHECK_RUNS ?? 120);
const START = Date.parse('2026-05-01T06:00:00Z');
const HOUR_MS = 3_600_000;
const NAMES = ['José Peña Ruiz', 'Berta Ruiz', 'ACME, S.A. de C.V.', 'Ximena Robles'];
const CONCEPTS = ['Renta de mayo', 'Factura 10451', 'Nómina', null];
const KINDS = ['deposit', 'withdrawal', 'adjustment', 'deposit_fee'] as const;

let wallets: OpenWallet[] = [];
/** Whose each of them is: the first two are one customer's. */
let owners: string[] = [];
let settlementId = '';
let everything: Movement[] = [];

beforeAll(async () => {
  wallets = [await someWallet(), await someWallet(), await someWallet()];
  const named = await someCustomer({ name: 'Zoé Ibarra' });
  await db().wallet.update({ where: { id: wallets[2]?.id ?? '' }, data: { customerId: named.id } });
  const first = await db().wallet.findUniqueOrThrow({ where: { id: wallets[0]?.id ?? '' } });
  await db().wallet.update({ where: { id: wallets[1]?.id ?? '' }, data: { customerId: first.customerId } });
  owners = [first.customerId ?? '', first.customerId ?? '', named.id];
  const houses = await transaction((tx) => houseWallets(tx, 'MXN'));
  settlementId = houses.settlement.id;
  const operator = await someOperator();
  const random = fc.sample(
    fc.record({
      wallet: fc.integer({ min: 0, max: 2 }),
      name: fc.constantFrom(...NAMES),
      concept: fc.constantFrom(...CONCEPTS),
      amount: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 1_000_000 })),
      hours: fc.integer({ min: 0, max: 60 }),
      what: fc.constantFrom('deposit', 'deposit', 'deposit', 'withdrawal', 'adjustment', 'sweep'),
    }),
    { numRuns: 260, seed: 11 },
  );
  const postings: Posting[] = [];
  for (const [nth, { wallet: at, what, ...facts }] of random.entries()) {
    const wallet = wallets[at];
    if (!wallet) throw new Error('No such wallet.');
    const amount = BigInt(facts.amount);
    const available = walletAccount({ ...wallet, kind: 'general' }, 'available');
    const bank = cash('acc_1', 'MXN');
    const posting = {
      cause: someCause(`m:${nth}`),
      effectiveAt: new Date(START + facts.hours * HOUR_MS),
      transferId: `tr_${nth}`,
    };
    if (what === 'sweep') {
      const lines = [debit(walletAccount(houses.settlement, 'available'), amount), credit(bank, amount)];
      postings.push({ ...posting, kind: 'payout_settled', lines });
      continue;
    }
    if (what === 'adjustment') {
      const other = walletAccount(houses.operating, 'available');
      postings.push({
        cause: posting.cause,
        effectiveAt: posting.effectiveAt,
        kind: 'adjustment',
        note: nth % 2 === 0 ? 'Corrección de mayo' : 'Cortesía',
        lines: [debit(available, amount), credit(other, amount)],
      });
      continue;
    }
    if (what === 'withdrawal') {
      const withdrawal = await db().withdrawal.create({
        data: {
          walletId: wallet.id,
          accountId: wallet.accountId,
          asset: 'MXN',
          amount,
          feeAmount: 0n,
          beneficiaryName: facts.name,
          destinationKind: 'clabe',
          destination: `0121800${String(nth).padStart(11, '0')}`,
          comment: facts.concept,
          status: 'pending',
          firstSeen: false,
          requestedById: operator.id,
          requestId: crypto.randomUUID(),
          transferId: (await transfer(nth, 'outbound', amount, { ...facts, wallet })).id,
        },
      });
      postings.push({
        cause: posting.cause,
        effectiveAt: posting.effectiveAt,
        kind: 'withdrawal_hold',
        withdrawalId: withdrawal.id,
        lines: [
          debit(available, amount, 'withdrawal'),
          credit(walletAccount({ ...wallet, kind: 'general' }, 'reserved'), amount),
        ],
      });
      continue;
    }
    await transfer(nth, 'inbound', amount, { ...facts, wallet });
    postings.push({
      ...posting,
      kind: 'deposit',
      lines: [
        debit(bank, amount),
        credit(available, amount),
        ...(nth % 5 === 0
          ? [
              debit(available, 1n, 'deposit_fee'),
              credit(walletAccount(houses.fees, 'available'), 1n, 'deposit_fee'),
            ]
          : []),
      ],
    });
  }
  await transaction((tx) => postTransactions(tx, postings));
  everything = await pages({}, 40);
});

type Facts = { name: string; concept: string | null; hours: number; wallet: OpenWallet };

function transfer(nth: number, direction: 'inbound' | 'outbound', amount: bigint, facts: Facts) {
  return db().transfer.create({
    data: {
      id: `tr_${nth}`,
      direction,
      status: 'succeeded',
      amount,
      asset: 'MXN',
      accountId: facts.wallet.accountId,
      walletId: facts.wallet.id,
      counterpartyName: facts.name,
      counterpartyNumber: `0021800${String(nth).padStart(11, '0')}`,
      trackingKey: `MOV-${String(nth).padStart(6, '0')}`,
      referenceId: String(7_000_000 + nth),
      comment: facts.concept,
      origin: 'webhook',
      mode: 'test',
      transactedAt: new Date(START + facts.hours * HOUR_MS),
    },
  });
}

/** All pages of a list, one after another. */
async function pages(filter: MovementFilter, size?: number): Promise<Movement[]> {
  const found: Movement[] = [];
  let cursor: string | undefined;
  do {
    const page = await listMovements(ANYBODY, { ...filter, cursor }, size);
    found.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return found;
}

const ids = (movements: Movement[]) => movements.map(({ id }) => id);
const lastBookedFirst = (a: Movement, b: Movement) => Number(b.sequence - a.sequence);

/** What a filter means, in the plainest words. */
function meets(movement: Movement, filter: MovementFilter): boolean {
  const { walletId, customerId, from, to, kind, direction, asset, minAmount = 0n, maxAmount } = filter;
  const size = movement.amount < 0n ? -movement.amount : movement.amount;
  return (
    (!walletId || movement.walletId === walletId) &&
    (!customerId || isOf(customerId, movement)) &&
    (!from || movement.effectiveAt >= from) &&
    (!to || movement.effectiveAt < to) &&
    (!kind || kind.includes(movement.kind)) &&
    (!direction || movement.amount > 0n === (direction === 'in')) &&
    (!asset || asset.includes(movement.asset)) &&
    size >= minAmount &&
    (maxAmount === undefined || size <= maxAmount) &&
    (!filter.text || hasWords(movement, filter.text))
  );
}

function isOf(customerId: string, { walletId }: Movement): boolean {
  return wallets.some(({ id }, nth) => id === walletId && owners[nth] === customerId);
}

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 });
const hour = fc.integer({ min: -1, max: 61 }).map((hours) => new Date(START + hours * HOUR_MS));
const anyFilter = fc.record({
  walletId: maybe(fc.integer({ min: 0, max: 3 })),
  customer: maybe(fc.integer({ min: 0, max: 2 })),
  from: maybe(hour),
  to: maybe(hour),
  kind: maybe(fc.subarray([...KINDS, 'payout_settled'], { minLength: 1 })),
  direction: maybe(fc.constantFrom('in' as const, 'out' as const)),
  asset: maybe(fc.subarray(['MXN', 'CLP'], { minLength: 1 })),
  minAmount: maybe(fc.bigInt(0n, 30n)),
  maxAmount: maybe(fc.bigInt(1n, 1_000_000n)),
  text: maybe(
    fc.constantFrom(
      'ruiz',
      'RUI',
      'pena jose',
      'mayo',
      'cortesia',
      'acme',
      's a de',
      'zoe',
      'nomina berta',
      'nadie',
      '10451',
    ),
  ),
});

describe('the list of movements', () => {
  it('is everything once, newest at the bank first, in the order of its pages', () => {
    const keys = everything.map(({ effectiveAt, id }) => [effectiveAt.getTime(), Number(id)] as const);
    expect(keys).toEqual([...keys].sort((a, b) => b[0] - a[0] || b[1] - a[1]));
    expect(new Set(ids(everything)).size).toBe(everything.length);
    expect(everything.length).toBeGreaterThan(260);
  });

  it('under any filter is what meets it, in the same order, over any pages', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyFilter,
        fc.integer({ min: 1, max: 60 }),
        async ({ walletId, customer, ...rest }, size) => {
          const wallet =
            walletId === 3 ? settlementId : walletId === undefined ? undefined : wallets[walletId]?.id;
          const filter = { ...rest, walletId: wallet, customerId: owners[customer ?? -1] };
          const expected = everything.filter((movement) => meets(movement, filter));
          if (wallet) expected.sort(lastBookedFirst);
          expect(ids(await pages(filter, size))).toEqual(ids(expected));
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
  });

  it('of a customer without a wallet is empty', async () => {
    const { id: customerId } = await someCustomer();
    expect(await pages({ customerId })).toEqual([]);
    expect(await pages({ customerId, text: 'ruiz', minAmount: 1n })).toEqual([]);
  });

  it('counts as coming in what the daily settlement swept out of Fintoc: it stands there as ours to have', async () => {
    const swept = everything.filter(({ walletId }) => walletId === settlementId).sort(lastBookedFirst);
    expect(swept.length).toBeGreaterThan(0);
    expect(ids(await pages({ walletId: settlementId, direction: 'in' }))).toEqual(ids(swept));
    expect(await pages({ walletId: settlementId, direction: 'out' })).toEqual([]);
    const incoming = everything.filter(({ amount }) => amount > 0n);
    expect(ids(await pages({ direction: 'in' }))).toEqual(ids(incoming));
  });
});

describe('the search for a movement', () => {
  it('finds it by CLABE, clave de rastreo, reference and id, however they are written', async () => {
    const [deposit] = everything.filter(({ kind, transferId }) => kind === 'deposit' && transferId);
    const [payout] = everything.filter(({ kind }) => kind === 'withdrawal');
    if (!deposit || !payout) throw new Error('Nothing was posted.');
    const numberOf = ({ counterpartyNumber: number }: Movement) => (number ? textOf(number) : '');
    const spaced = (digits: string) => digits.replace(/(\d{3})(?=\d)/g, '$1 ');
    const asked: [string, Movement][] = [
      [numberOf(deposit), deposit],
      [spaced(numberOf(deposit)), deposit],
      [deposit.trackingKey ?? '', deposit],
      [deposit.referenceId ?? '', deposit],
      [deposit.transferId ?? '', deposit],
      [numberOf(payout), payout],
      [payout.trackingKey ?? '', payout],
      [payout.transferId ?? '', payout],
      [payout.withdrawalId ?? '', payout],
    ];
    for (const [text, { transactionId }] of asked) {
      const found = await pages({ text });
      expect(
        found.map((movement) => movement.transactionId),
        text,
      ).toContain(transactionId);
      expect(new Set(found.map((movement) => movement.transactionId)).size, text).toBe(1);
    }
  });

  it('takes what is no word for a question that nothing answers, never for an error', async () => {
    for (const text of ["'", '&', '!', ':*', '—', "a' | b", 'x'.repeat(200), '%', '\\'])
      expect(await pages({ text })).toEqual([]);
  });
});
