import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db, transaction } from '~/lib/db';
import { toTransfer } from '~/lib/rails/fintoc/translate';
import { noteOf } from '~/lib/rails/fintoc/words';
import { balanceOf, expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { fintocTransfer } from '~/lib/testing/deliveries';
import {
  fundWallet,
  type OpenWallet,
  someClabe,
  someOperator,
  someSentWithdrawal,
  someTerms,
  someWallet,
} from '~/lib/testing/factories';
import { applySightings } from '~/lib/transfers/apply';
import type { Sighting } from '~/lib/transfers/records';
import { requestWithdrawal } from '~/lib/withdrawals/withdrawals';
import type { Withdrawal } from '~/prisma/generated/client';

withTestDatabase();

const AMOUNT = 10_000;
const FEE = 350n;

/** `arrived`: Fintoc shows the receipt that it has once the beneficiary's bank has the money. */
type Word = { status: string; type?: string; arrived?: true };
type Effect = Partial<
  Record<'cash' | 'in_transit' | 'available' | 'reserved' | 'fees' | 'operating', number>
>;
type Life = { words: Word[]; state: string; effect: Effect };

/** For titles: what is said, in the words of the types where they say more. */
const told = <L extends Life>(lives: L[]) =>
  lives.map((life) => ({
    ...life,
    said: life.words.map(({ status, type }) => type?.split('.').at(-1) ?? status).join(', '),
  }));

const say = (status: string, type?: string): Word => ({ status, ...(type && { type }) });
const arrived = (status: string): Word => ({ status, arrived: true });

const INBOUND: Life[] = [
  { words: [say('succeeded')], state: 'succeeded', effect: { cash: 10_000, available: 10_000 } },
  { words: [say('rejected')], state: 'rejected', effect: {} },
  { words: [say('succeeded'), say('returned')], state: 'returned', effect: {} },
  { words: [say('succeeded'), say('succeeded', 'transfer.inbound.reversed')], state: 'returned', effect: {} },
  {
    words: [say('succeeded'), say('succeeded', 'transfer.inbound.return_failed')],
    state: 'succeeded',
    effect: { cash: 10_000, available: 10_000 },
  },
];

const PAID: Effect = { cash: -10_000, reserved: -10_350, fees: 350 };
const UNDONE: Effect = { available: 10_350, reserved: -10_350 };
const FEE_KEPT: Effect = { available: 10_000, reserved: -10_350, fees: 350 };

const OUTBOUND: (Life & { withoutRefund?: Effect })[] = [
  { words: [say('pending'), arrived('succeeded')], state: 'succeeded', effect: PAID },
  { words: [say('pending'), say('failed')], state: 'failed', effect: UNDONE },
  { words: [say('pending'), say('rejected')], state: 'rejected', effect: UNDONE },
  // It never got there: no fee for that, whatever the terms keep.
  { words: [say('pending'), say('returned')], state: 'returned', effect: UNDONE },
  {
    words: [say('pending'), arrived('succeeded'), arrived('returned')],
    state: 'returned',
    effect: UNDONE,
    withoutRefund: FEE_KEPT,
  },
];

let wallet: OpenWallet;
let strict: OpenWallet;
let operator: OperatorActor;
let serial = 0;

beforeAll(async () => {
  operator = await someOperator();
  wallet = await someWallet({ termsId: (await someTerms({ withdrawalFeeAmount: FEE })).id });
  const terms = await someTerms({ withdrawalFeeAmount: FEE, refundFeeOnReturn: false });
  strict = await someWallet({ termsId: terms.id });
  await fundWallet(wallet, 1_000_000_000n);
  await fundWallet(strict, 1_000_000_000n);
});

afterEach(expectSoundBooks);

describe('every order of what is said of a transfer, each word twice', () => {
  it.each(told(INBOUND))(
    'inbound $said: ends as $state with the same money',
    async ({ words, state, effect }) => {
      const orders = permutations([...words, ...words]);
      const ids = orders.map(nextId);
      await applyAll(orders.flatMap((order, nth) => order.map((word) => deposit(ids[nth] ?? '', word))));
      for (const id of ids) expect(await lifeOf(id)).toEqual({ state, effect });
    },
  );

  it.each(told(OUTBOUND))(
    'a withdrawal $said: ends as $state with the same money',
    async ({ words, state, effect }) => {
      await payOut(wallet, words, state, effect);
    },
  );

  it.each(told(OUTBOUND))(
    'a withdrawal $said: the terms keep the fee of what was returned, in any order',
    async (life) => {
      await payOut(strict, life.words, life.state, life.withoutRefund ?? life.effect);
    },
  );
});

describe('shuffled and repeated words, each in a transaction of its own', () => {
  it('end as they would in order', async () => {
    const lives = fc.constantFrom(...OUTBOUND).chain((life) =>
      fc
        .array(fc.constantFrom(...life.words), { maxLength: 3 })
        .chain((again) =>
          fc.shuffledSubarray([...life.words, ...again], { minLength: life.words.length + again.length }),
        )
        .map((heard) => ({ ...life, heard })),
    );
    await fc.assert(
      fc.asyncProperty(lives, async ({ heard, state, effect }) => {
        const withdrawal = await someSentWithdrawal(wallet, operator, { fee: FEE });
        const id = nextId();
        for (const word of heard) await applyAll([payment(id, withdrawal, word)]);
        expect(await lifeOf(id)).toEqual({ state, effect });
        expect(await db().withdrawal.findUnique({ where: { id: withdrawal.id } })).toMatchObject({
          status: state,
        });
      }),
      { numRuns: 15, endOnFailure: true },
    );
  });

  it('come from many workers at once, and still count once', async () => {
    const withdrawal = await someSentWithdrawal(wallet, operator, { fee: FEE });
    const id = nextId();
    const words = [say('pending'), say('succeeded'), say('pending'), say('succeeded'), say('succeeded')];
    await Promise.all(
      Array.from({ length: 30 }, (_, nth) =>
        applyAll([payment(id, withdrawal, words[nth % 5] ?? say('pending'))]),
      ),
    );
    expect(await lifeOf(id)).toEqual({ state: 'succeeded', effect: PAID });
  });

  it('deposits and requests of one wallet, all at once, neither deadlock nor lose anything', async () => {
    const busy = await someWallet();
    await fundWallet(busy, 100_000n);
    const before = await deadlocks();
    await Promise.all(
      Array.from({ length: 40 }, (_, nth) => {
        if (nth % 2 === 0) return applyAll([deposit(nextId(), say('succeeded'), busy)]);
        const destination = someClabe('012');
        const request = { walletId: busy.id, amount: 1_000n, destination, requestId: `busy ${nth}` };
        return requestWithdrawal(operator, request);
      }),
    );
    expect(await moneyOf(busy)).toEqual({ available: 280_000n, reserved: 20_000n });
    expect(await deadlocks()).toBe(before);
  });
});

describe('returns against withdrawals of the same money', () => {
  it('every return goes through, no one goes below zero, and what lacked is a receivable', async () => {
    const busy = await someWallet();
    const ids = Array.from({ length: 12 }, nextId);
    await applyAll(ids.map((id) => deposit(id, say('succeeded'), busy)));
    const requests = Array.from({ length: 8 }, (_, nth) => {
      const destination = someClabe('012');
      return { walletId: busy.id, amount: 10_000n, destination, requestId: `race ${nth}` };
    });
    const results = await Promise.allSettled([
      ...requests.map((request) => requestWithdrawal(operator, request)),
      ...ids.map((id) => applyAll([deposit(id, say('returned'), busy)])),
    ]);
    const [asked, returned] = [results.slice(0, 8), results.slice(8)];
    expect(returned.filter(({ status }) => status === 'rejected')).toEqual([]);
    const held = BigInt(asked.filter(({ status }) => status === 'fulfilled').length) * 10_000n;
    expect(await moneyOf(busy)).toEqual({ available: 0n, reserved: held });
    expect(await balanceOf(`receivable/${busy.id}`)).toBe(held);
  });
});

async function payOut(from: OpenWallet, words: Word[], state: string, effect: Effect): Promise<void> {
  const orders = permutations([...words, ...words]);
  const ids = orders.map(nextId);
  const sightings: Sighting[] = [];
  const sent = await Promise.all(orders.map(() => someSentWithdrawal(from, operator, { fee: FEE })));
  for (const [nth, withdrawal] of sent.entries()) {
    sightings.push(...(orders[nth] ?? []).map((word) => payment(ids[nth] ?? '', withdrawal, word)));
  }
  await applyAll(sightings);
  for (const id of ids) expect(await lifeOf(id)).toEqual({ state, effect });
}

function nextId(): string {
  serial += 1;
  return `tr_order_${serial}`;
}

function deposit(id: string, word: Word, into = wallet): Sighting {
  const { accountId, numberId, number } = into;
  return heard(
    fintocTransfer({ id, status: word.status, amount: AMOUNT, accountId, numberId, number }),
    word,
  );
}

function payment(id: string, withdrawal: Withdrawal, word: Word): Sighting {
  const { accountId } = withdrawal;
  const metadata = { withdrawal_id: withdrawal.id };
  const facts = {
    id,
    direction: 'outbound',
    status: word.status,
    amount: AMOUNT,
    accountId,
    metadata,
    receiptUrl: word.arrived ? 'https://receipts.test/cep' : null,
  } as const;
  return heard(fintocTransfer(facts), word);
}

function heard(raw: object, { type }: Word): Sighting {
  return {
    transfer: toTransfer(raw),
    origin: 'webhook',
    saidAt: new Date(),
    ...(type && { note: noteOf(type) }),
  };
}

function applyAll(sightings: Sighting[]) {
  return transaction((tx) => applySightings(tx, sightings));
}

/** Where a transfer ended, and what it changed in each kind of account. */
async function lifeOf(id: string): Promise<{ state: string; effect: Effect }> {
  const { state } = await db().transfer.findUniqueOrThrow({ where: { id } });
  const rows = await db().$queryRaw<{ kind: string; change: number }[]>`
    SELECT CASE WHEN a.code LIKE 'house/%' THEN split_part(a.code, '/', 2) ELSE a.bucket END AS kind,
           sum(CASE a.side WHEN 'debit' THEN e.amount ELSE -e.amount END)::int AS change
    FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id JOIN ledger_transactions t ON t.id = e.transaction_id
    WHERE t.transfer_id = ${id} GROUP BY 1 HAVING sum(e.amount) <> 0`;
  return { state, effect: Object.fromEntries(rows.map(({ kind, change }) => [kind, change])) };
}

async function deadlocks(): Promise<number> {
  const [row] = await db().$queryRaw<{ deadlocks: number }[]>`
    SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()`;
  return row?.deadlocks ?? 0;
}

function permutations<Item>(items: Item[]): Item[][] {
  if (items.length === 0) return [[]];
  const first = new Set<Item>();
  return items.flatMap((item, place) => {
    if (first.has(item)) return [];
    first.add(item);
    return permutations(items.toSpliced(place, 1)).map((rest) => [item, ...rest]);
  });
}
