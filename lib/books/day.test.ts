import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Day, type DayBucket, readDay } from '~/lib/books/day';
import { listDayLines } from '~/lib/books/day-lines';
import { db } from '~/lib/db';
import { CASH_IN, CASH_OUT, FIGURES, type Figure, type Flow, isOf } from '~/lib/ledger/figures';
import { type FlowFilter, listFlowEntries, sumFlowEntries } from '~/lib/ledger/flow-entries';
import { type FlowScope, type Span, STRIDES } from '~/lib/ledger/flows';
import { foldEntries } from '~/lib/ledger/moment';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, someWallet } from '~/lib/testing/factories';
import { happening, START, writeHistory } from '~/lib/testing/histories';
import { ANYBODY } from '~/lib/testing/reader';
import { tamper } from '~/lib/testing/tampering';

withTestDatabase();

const RUNS = Math.ceil(Number(process.env.FAST_CHECK_RUNS ?? 60) / 4);
const MEXICO = 'America/Mexico_City';
const KINDS = [
  'deposit',
  'withdrawal_release',
  'withdrawal_return',
  'payout_accepted',
  'deposit_return',
  'move',
];
const HOUR_MS = 3_600_000;

const spanned = fc.record({
  first: fc.integer({ min: 0, max: 10_000 }),
  last: fc.integer({ min: 0, max: 10_000 }),
  // On the hour, as days begin, or within it, as days under way are cut.
  whole: fc.boolean(),
  stride: fc.constantFrom(...STRIDES),
  oneAccount: fc.boolean(),
});

describe('a day', () => {
  it('takes the opening balance to the closing one by what its figures say, and each figure is the sum of its entries', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(happening, { minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 2 }),
        fc.array(spanned, { minLength: 1, maxLength: 2 }),
        fc.boolean(),
        async (parts, spans, foldLast) => {
          for (const [nth, happenings] of parts.entries()) {
            run += 1;
            const { entries } = await writeHistory(`day${run}`, happenings);
            await dress(`day${run}`);
            // What the later parts add is dated among what is in the sums already.
            if (nth < parts.length - 1 || foldLast) await foldAll();
            for (const { first, last, whole, stride, oneAccount } of spans) {
              const time = (pick: number) => {
                const of = entries[pick % entries.length]?.effective ?? START;
                return whole ? of - (of % HOUR_MS) : of + (pick % 3) - 1;
              };
              const ends = [time(first), time(last)].sort((one, other) => one - other);
              const span = { since: new Date(ends[0] ?? 0), before: new Date(ends[1] ?? 0) };
              const accountId = oneAccount ? `acc_day${run}` : undefined;
              await expectWhole({ asset: 'MXN', accountId }, span, stride);
            }
          }
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
  });

  it('counts a deposit and its fee by what they are, and leads to the deposit', async () => {
    const wallet = await someWallet();
    await fundWallet(wallet, 59_013n);
    const now = Date.now();
    const span = { since: new Date(now - HOUR_MS), before: new Date(now + HOUR_MS) };
    const day = await dayOf({ asset: 'MXN', accountId: wallet.accountId }, span, 'hour');
    expect(day.figures.in).toEqual({ amount: 59_013n, entries: 1 });
    expect(day.cash).toMatchObject({ opening: 0n, closing: 59_013n });
    // Whose money is in suspense, and what is owed, no account says.
    expect({ suspense: day.suspense, owed: day.owed }).toEqual({ suspense: null, owed: null });
    const { items } = await listDayLines(ANYBODY, {
      ...{ asset: 'MXN', accountId: wallet.accountId, figure: 'in', span, timeZone: MEXICO },
    });
    expect(items.map(({ amount }) => amount)).toEqual([59_013n]);
  });
});

describe('the figures', () => {
  it('have each entry of a side in one part of it, whatever its kind', () => {
    const flows = [...KINDS, 'something_new'].flatMap((kind) =>
      [true, false].flatMap((inward) =>
        [true, false].map((ofWithdrawal): Flow => ({ class: 'cash', kind, inward, ofWithdrawal })),
      ),
    );
    for (const flow of flows) {
      const parts = [...CASH_IN, ...CASH_OUT].filter((figure) => isOf(figure, flow));
      expect(parts, JSON.stringify(flow)).toHaveLength(1);
      expect(isOf(flow.inward ? 'in' : 'out', flow)).toBe(true);
    }
  });
});

/** Kinds, an account of its own and a class of every sort, for a history that has none of them. */
async function dress(scope: string): Promise<void> {
  await tamper(`UPDATE ledger_accounts SET owner_id = 'acc_' || $1 WHERE code = $1 || '/cash'`, [scope]);
  await tamper(`UPDATE ledger_accounts SET bucket = 'suspense' WHERE code = $1 || '/one'`, [scope]);
  await tamper(
    `UPDATE ledger_entries e SET kind = ($2::text[])[1 + e.transaction_id % 6] FROM ledger_accounts a
     WHERE a.id = e.account_id AND a.code LIKE $1 || '/%'`,
    [scope, KINDS],
  );
  await tamper(
    `UPDATE ledger_transactions SET withdrawal_id = gen_random_uuid() WHERE cause_id LIKE $1 || ':%' AND id % 2 = 0`,
    [scope],
  );
}

function dayOf(scope: FlowScope, span: Span, stride: (typeof STRIDES)[number]): Promise<Day> {
  const length = span.before.getTime() - span.since.getTime();
  const compared = { since: new Date(span.since.getTime() - length), before: span.since };
  return readDay(scope, { span, compared, stride, timeZone: MEXICO });
}

async function expectWhole(scope: FlowScope, span: Span, stride: (typeof STRIDES)[number]): Promise<void> {
  const day = await dayOf(scope, span, stride);
  const plain = await plainEntries(scope, span);
  expect(day.isWhole).toBe(true);
  for (const figure of FIGURES) {
    const made = plain.filter((entry) => isOf(figure, entry));
    expect(day.figures[figure], figure).toEqual(sumOf(made));
  }
  // The days before end where these begin.
  const { prior, opening } = day.cash;
  expect(prior + day.before.in.amount - day.before.out.amount).toBe(opening);
  const told = (of: readonly (DayBucket | Day['hours'][number])[], side: 'in' | 'out') =>
    of.reduce((sum, bucket) => sum + bucket[side].amount, 0n);
  for (const side of ['in', 'out'] as const)
    for (const of of [day.buckets, day.hours]) expect(told(of, side)).toBe(day.figures[side].amount);
  if (day.buckets.length > 0) expect(day.buckets.at(-1)?.closing).toBe(day.cash.closing);
  const [busiest] = [...day.hours].sort((one, other) => other.in.entries - one.in.entries);
  await expectListed({ ...scope, figure: 'in', span, timeZone: MEXICO }, day.figures.in);
  await expectListed({ ...scope, figure: 'otherOut', span, timeZone: MEXICO }, day.figures.otherOut);
  if (busiest)
    await expectListed(
      { ...scope, figure: 'in', span, timeZone: MEXICO, weekday: busiest.weekday, hour: busiest.hour },
      busiest.in,
    );
}

/** All pages of a figure's list come to the figure, none twice, the latest first. */
async function expectListed(filter: FlowFilter, told: { amount: bigint; entries: number }): Promise<void> {
  const found: { id: bigint; at: Date; amount: bigint }[] = [];
  let cursor: string | undefined;
  do {
    const page = await listFlowEntries({ ...filter, cursor }, 7);
    found.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
  const times = found.map(({ at }) => at.getTime());
  expect(times).toEqual(times.toSorted((one, other) => other - one));
  const amount = found.reduce((sum, each) => sum + (each.amount < 0n ? -each.amount : each.amount), 0n);
  expect({ amount, entries: found.length }).toEqual(told);
  expect(await sumFlowEntries(filter)).toEqual(told);
}

/** The entries in the plainest words. */
function plainEntries({ asset, accountId }: FlowScope, { since, before }: Span) {
  return db().$queryRaw<(Flow & { figure?: Figure; amount: bigint })[]>`
    SELECT ledger_class(a.code, a.bucket, a.non_negative) AS class, e.kind, t.withdrawal_id IS NOT NULL AS "ofWithdrawal",
           (e.amount > 0) = (a.side = 'debit') AS inward, abs(e.amount) AS amount
    FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id JOIN ledger_transactions t ON t.id = e.transaction_id
    WHERE e.asset = ${asset} AND e.effective_at >= ${since} AND e.effective_at < ${before}
      AND (${accountId ?? ''} = '' OR (a.owner_id = ${accountId ?? ''} AND a.bucket = 'cash'))`;
}

function sumOf(made: { amount: bigint }[]) {
  return { amount: made.reduce((sum, { amount }) => sum + amount, 0n), entries: made.length };
}

/** Until everything is in the sums. */
async function foldAll(): Promise<void> {
  await expect
    .poll(
      async () => {
        await foldEntries();
        const [row] = await db().$queryRaw<{ left: bigint }[]>`
          SELECT (SELECT max(id) FROM ledger_entries) - through AS left FROM ledger_folds`;
        return row?.left;
      },
      { interval: 5 },
    )
    .toBe(0n);
}
