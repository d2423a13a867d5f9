import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { db, transaction } from '~/lib/db';
import { suspense, walletAccount } from '~/lib/ledger/chart';
import { balancesAt, explainBalance } from '~/lib/ledger/history';
import { CLOCKS, type Moment } from '~/lib/ledger/moment';
import { credit, debit, postTransaction } from '~/lib/ledger/post';
import { listLedgerAccounts, sumLedgerAccounts, trialBalance } from '~/lib/ledger/read';
import { withTestDatabase } from '~/lib/testing/database';

withTestDatabase();

const RUNS = Number(process.env.FAST_CHECK_RUNS ?? 60);
const START = Date.parse('2026-03-01T06:00:00Z');
const ACCOUNTS = [
  { name: 'cash', side: 'debit' },
  { name: 'one', side: 'credit' },
  { name: 'two', side: 'credit' },
] as const;

/** Known so long after the posting before it, and so long after (or, below zero, ahead of) when it happened. */
type Happening = { gapMs: number; lagMs: number; from: number; to: number; amount: number };

const lag = fc.oneof(
  fc.integer({ min: 0, max: 3_000 }),
  fc.constantFrom(-10_001, -10_000, -9_999, 9_999, 10_000, 10_001, 0),
  fc.integer({ min: -3_600_000, max: -1 }),
  fc.integer({ min: 10_000, max: 40 * 86_400_000 }),
);
const happening: fc.Arbitrary<Happening> = fc.record({
  // Several postings of one batch bear one time.
  gapMs: fc.oneof(
    fc.constant(0),
    fc.integer({ min: 1, max: 30_000 }),
    fc.integer({ min: 1, max: 86_400_000 }),
  ),
  lagMs: lag,
  from: fc.integer({ min: 0, max: 2 }),
  to: fc.integer({ min: 0, max: 2 }),
  amount: fc.integer({ min: 1, max: 1_000_000 }),
});

type Entry = { account: number; amount: bigint; effective: number; posted: number };

describe('a balance at a moment', () => {
  it('is the fold of what came before it, by either clock, however late or early it came', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 1, maxLength: 60 }),
        fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 6 }),
        async (happenings, picks) => {
          run += 1;
          const scope = `r${run}`;
          const { ids, entries } = await write(scope, happenings);
          for (const moment of momentsAround(entries, picks)) {
            const balances = await balancesAt(ids, moment);
            expect(ids.map((id) => balances.get(id))).toEqual(fold(entries, moment));
          }
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
  }, 120_000);

  it('adds up to a trial balance of that moment, whose columns are equal', async () => {
    for (const before of [START - 1, START + 3_600_000, START + 5 * 86_400_000, Date.now()]) {
      for (const clock of CLOCKS) {
        const at = { before: new Date(before), clock };
        const lines = await trialBalance(at);
        const sum = (side: 'debit' | 'credit') => lines.reduce((total, line) => total + line[side], 0n);
        expect(sum('debit')).toBe(sum('credit'));
        const accounts = await allListed(at);
        for (const { group, asset, debit, credit } of lines) {
          const [listed] = await sumLedgerAccounts({ groups: [group], assets: [asset], at });
          expect(listed).toMatchObject({ debit, credit });
          const net = accounts
            .filter((account) => account.group === group)
            .reduce((total, { side, balance }) => total + (side === 'debit' ? balance : -balance), 0n);
          expect(net).toBe(debit - credit);
        }
      }
    }
  });

  it('is today what the account says, and nothing before its first entry', async () => {
    const accounts = await db().ledgerAccount.findMany({ take: 30 });
    for (const clock of CLOCKS) {
      const ids = accounts.map(({ id }) => id);
      const now = await balancesAt(ids, { before: new Date(), clock });
      const never = await balancesAt(ids, { before: new Date(START - 90 * 86_400_000), clock });
      for (const { id, balance } of accounts) {
        expect(now.get(id)).toBe(balance);
        expect(never.get(id)).toBe(0n);
      }
    }
  });
});

describe('the times of an account’s entries', () => {
  it('follow their sequence, also of who waited for one account while another was posted to', async () => {
    const wallet = (serial: number) => {
      const id = `00000000-0000-4000-8000-${String(serial).padStart(12, '0')}`;
      return walletAccount({ id, kind: 'general', houseRole: null, asset: 'CLP' }, 'available');
    };
    const [first, second] = [wallet(1), wallet(2)];
    const post = (source: string, accounts: { from: typeof first; to: typeof first }) =>
      transaction((tx) =>
        postTransaction(tx, {
          source,
          kind: 'test',
          effectiveAt: new Date(),
          lines: [debit(accounts.from, 1n), credit(accounts.to, 1n)],
        }),
      );
    await post('both', { from: first, to: second });
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const holder = transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 AS locked FROM ledger_accounts WHERE code = ${first.code} FOR UPDATE`;
      await held;
    });
    const waiting = post('waits for the first', { from: first, to: second });
    await expect.poll(waitingBackends).toBe(1);
    await post('only the second', { from: second, to: suspense('CLP') });
    letGo();
    await Promise.all([holder, waiting]);
    const entries = await db().ledgerEntry.findMany({
      where: { account: { code: second.code } },
      orderBy: { sequence: 'asc' },
      include: { transaction: true },
    });
    expect(entries.map(({ transaction: { source } }) => source)).toEqual([
      'both',
      'only the second',
      'waits for the first',
    ]);
    const times = entries.map(({ postedAt }) => postedAt.getTime());
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });
});

async function waitingBackends(): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return row?.count ?? 0;
}

describe('the explanation of a balance', () => {
  it('leads over its pages from the balance down to nothing, each entry leaving what the next starts from', async () => {
    const many = Array.from({ length: 120 }, (_, nth) => ({
      gapMs: 1_000,
      lagMs: nth % 7 === 0 ? 86_400_000 : 500,
      from: nth % 3 === 0 ? 1 : 0,
      to: nth % 3 === 0 ? 0 : 1,
      amount: 100 + nth,
    }));
    const { ids, entries } = await write('explained', many);
    const accountId = ids[1] ?? 0n;
    for (const before of [undefined, new Date((entries.at(-60)?.posted ?? 0) + 1)]) {
      let expected = fold(entries, { before: before ?? new Date(), clock: 'posted' })[1];
      let cursor: string | undefined;
      let seen = 0;
      do {
        const page = await explainBalance({ accountId, before, cursor });
        for (const item of page.items) {
          expect(item.balanceAfter).toBe(expected);
          expected = item.balanceAfter - item.change;
          seen += 1;
        }
        expect(page.carried).toBe(expected);
        expect(page.balance).toBe(fold(entries, { before: before ?? new Date(), clock: 'posted' })[1]);
        cursor = page.nextCursor ?? undefined;
        if (!cursor) expect(seen).toBe(Number(page.count));
      } while (cursor);
      expect(expected).toBe(0n);
    }
  });
});

/** Writes a history with times of its own, as ledger_post would have at those times. */
async function write(scope: string, happenings: Happening[]) {
  const accounts = await db().ledgerAccount.createManyAndReturn({
    data: ACCOUNTS.map(({ name, side }) => ({
      code: `${scope}/${name}`,
      asset: 'MXN',
      side,
      bucket: name === 'cash' ? 'cash' : 'available',
      nonNegative: false,
    })),
  });
  const state = accounts.map(() => ({ sequence: 0n, balance: 0n }));
  const entries: Entry[] = [];
  const rows: object[] = [];
  const transactions: object[] = [];
  let posted = START;
  for (const [nth, { gapMs, lagMs, from, to, amount }] of happenings.entries()) {
    posted += gapMs;
    const times = { effective_at: new Date(posted - lagMs), posted_at: new Date(posted) };
    transactions.push({ source: `${scope}:${nth}`, ...times });
    for (const [line, account, signed] of [
      [1, from, BigInt(amount)],
      [2, to, -BigInt(amount)],
    ] as const) {
      const of = state[account];
      if (!of) throw new Error('No such account.');
      of.sequence += 1n;
      of.balance += ACCOUNTS[account]?.side === 'debit' ? signed : -signed;
      entries.push({ account, amount: signed, effective: posted - lagMs, posted });
      rows.push({
        source: `${scope}:${nth}`,
        line,
        account_id: String(accounts[account]?.id),
        sequence: String(of.sequence),
        amount: String(signed),
        balance_after: String(of.balance),
        ...times,
      });
    }
  }
  await insert(transactions, rows);
  for (const [nth, { id }] of accounts.entries())
    await db().ledgerAccount.update({ where: { id }, data: { ...state[nth] } });
  return { ids: accounts.map(({ id }) => id), entries };
}

async function insert(transactions: object[], entries: object[]): Promise<void> {
  await db().$executeRaw`
    WITH t AS (
      INSERT INTO ledger_transactions (source, kind, effective_at, posted_at, entry_count)
      SELECT source, 'test', effective_at, posted_at, 2
      FROM jsonb_to_recordset(${JSON.stringify(transactions)}::jsonb) AS x(source text, effective_at timestamptz, posted_at timestamptz)
      RETURNING id, source
    )
    INSERT INTO ledger_entries (transaction_id, line, account_id, sequence, asset, amount, balance_after, kind, effective_at, posted_at)
    SELECT t.id, x.line, x.account_id, x.sequence, 'MXN', x.amount, x.balance_after, 'test', x.effective_at, x.posted_at
    FROM jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) AS x(
      source text, line int, account_id bigint, sequence bigint, amount bigint, balance_after bigint,
      effective_at timestamptz, posted_at timestamptz)
    JOIN t ON t.source = x.source`;
}

/** Moments at, just before, just after and some seconds beside the times that there are. */
function momentsAround(entries: Entry[], picks: number[]): Moment[] {
  return picks.flatMap((pick) => {
    const { effective, posted } = entries[pick % entries.length] ?? { effective: START, posted: START };
    const beside = [0, 1, -1, 10_000, -10_000, 9_999][pick % 6] ?? 0;
    return CLOCKS.flatMap((clock) =>
      [effective, posted].map((time) => ({ before: new Date(time + beside), clock })),
    );
  });
}

/** The balances in the plainest words. */
function fold(entries: Entry[], { before, clock }: Moment): bigint[] {
  return ACCOUNTS.map(({ side }, account) =>
    entries
      .filter((entry) => entry.account === account && entry[clock] < before.getTime())
      .reduce((sum, { amount }) => sum + (side === 'debit' ? amount : -amount), 0n),
  );
}

async function allListed(at: Moment) {
  const items: Awaited<ReturnType<typeof listLedgerAccounts>>['items'] = [];
  let cursor: string | undefined;
  do {
    const page = await listLedgerAccounts({ at, cursor });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return items;
}
