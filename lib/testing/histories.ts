import fc from 'fast-check';
import { CLOCKS, type Moment } from '~/lib/ledger/moment';
import { tamper } from '~/lib/testing/tampering';

/** Histories of three ledger accounts with times of their own, for whatever looks back. */
export const START = Date.parse('2026-03-01T06:00:00Z');
const ACCOUNTS = [
  { name: 'cash', side: 'debit' },
  { name: 'one', side: 'credit' },
  { name: 'two', side: 'credit' },
] as const;

/** Known so long after the posting before it, and so long after (or, below zero, ahead of) when it happened. */
export type Happening = { gapMs: number; lagMs: number; from: number; to: number; amount: number };

const lag = fc.oneof(
  fc.integer({ min: 0, max: 3_000 }),
  fc.constantFrom(-10_001, -10_000, -9_999, 9_999, 10_000, 10_001, 0),
  fc.integer({ min: -3_600_000, max: -1 }),
  fc.integer({ min: 10_000, max: 40 * 86_400_000 }),
);
export const happening: fc.Arbitrary<Happening> = fc.record({
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

export type Entry = { account: number; amount: bigint; effective: number; posted: number };

/** Writes a history with times of its own, as ledger_post would have at those times. */
export async function writeHistory(scope: string, happenings: Happening[]) {
  const accounts = await newAccounts(scope);
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
        account_id: String(accounts[account]),
        sequence: String(of.sequence),
        amount: String(signed),
        balance_after: String(of.balance),
        ...times,
      });
    }
  }
  await insert(transactions, rows);
  for (const [nth, id] of accounts.entries())
    await tamper('UPDATE ledger_accounts SET sequence = $2, balance = $3 WHERE id = $1', [
      id,
      state[nth]?.sequence,
      state[nth]?.balance,
    ]);
  return { ids: accounts, entries };
}

async function newAccounts(scope: string): Promise<bigint[]> {
  const rows = await tamper<{ id: string }>(
    `INSERT INTO ledger_accounts (code, asset, side, bucket, non_negative)
     SELECT $1 || '/' || name, 'MXN', side::ledger_side, CASE name WHEN 'cash' THEN 'cash' ELSE 'available' END, false
     FROM jsonb_to_recordset($2) AS x(name text, side text) RETURNING id`,
    [scope, JSON.stringify(ACCOUNTS)],
  );
  return rows.map(({ id }) => BigInt(id));
}

async function insert(transactions: object[], entries: object[]): Promise<void> {
  await tamper(
    `WITH t AS (
      INSERT INTO ledger_transactions (cause_kind, cause_id, step, kind, effective_at, posted_at, entry_count)
      SELECT 'transfer', source, 'test', 'adjustment', effective_at, posted_at, 2
      FROM jsonb_to_recordset($1::jsonb) AS x(source text, effective_at timestamptz, posted_at timestamptz)
      RETURNING id, cause_id
    )
    INSERT INTO ledger_entries (transaction_id, line, account_id, sequence, asset, amount, balance_after, kind, effective_at, posted_at)
    SELECT t.id, x.line, x.account_id, x.sequence, 'MXN', x.amount, x.balance_after, 'test', x.effective_at, x.posted_at
    FROM jsonb_to_recordset($2::jsonb) AS x(
      source text, line int, account_id bigint, sequence bigint, amount bigint, balance_after bigint,
      effective_at timestamptz, posted_at timestamptz)
    JOIN t ON t.cause_id = x.source`,
    [JSON.stringify(transactions), JSON.stringify(entries)],
  );
}

/** Moments at, just before, just after and some seconds beside the times that there are. */
export function momentsAround(entries: Entry[], picks: number[]): Moment[] {
  return picks.flatMap((pick) => {
    const { effective, posted } = entries[pick % entries.length] ?? { effective: START, posted: START };
    const beside = [0, 1, -1, 10_000, -10_000, 9_999][pick % 6] ?? 0;
    return CLOCKS.flatMap((clock) =>
      [effective, posted].map((time) => ({ before: new Date(time + beside), clock })),
    );
  });
}

/** The balances in the plainest words. */
export function foldOf(entries: Entry[], { before, clock }: Moment): bigint[] {
  return ACCOUNTS.map(({ side }, account) =>
    entries
      .filter((entry) => entry.account === account && entry[clock] < before.getTime())
      .reduce((sum, { amount }) => sum + (side === 'debit' ? amount : -amount), 0n),
  );
}
