import { z } from 'zod';
import { db, transaction } from '~/lib/db';
import { log } from '~/lib/log';
import { isAsset } from '~/lib/money';
import type { Fault, Range, Rules, Table } from '~/lib/proof/ranges';
import { RUNNING_RULES, RUNNING_WARNINGS, TRANSFER_RULES } from '~/lib/proof/rules';
import { type Held, runOnce, stillHeld } from '~/lib/queue';
import { Prisma } from '~/prisma/generated/client';

/**
 * The ledger's own promises, looked at again and again: what was posted since the last look, a slice of all that is
 * older, some of the accounts in turn, and the sums over all of them. `npm run verify` looks at everything at once.
 */
const KEY = 'ledgerChecked';
const LOOKS = { name: 'ledger_check', leaseSeconds: 60, backoff: { firstMs: 5_000, mostMs: 60_000 } };
const ROWS = 50_000;
/** Transactions whose transfers and withdrawals are looked at again at once: each takes many look-ups. */
const TRANSFER_ROWS = 5_000;
/** Ids are drawn before their transaction commits: the newest are left for the next look. */
const SETTLED_SECONDS = 60;
/** After so many looks everything old was looked at again: every 15 seconds, that is four hours. */
const LOOKS_PER_ROUND = 960;
/** A wrong slice is looked at each time until it is mended; beyond this many the round waits. */
const MOST_WRONG = 20;

const id = z.string().regex(/^\d+$/).default('0');
const fault = z.object({ rule: z.string(), subject: z.string(), expected: z.string(), actual: z.string() });
const slice = z.object({
  table: z.enum(['ledger_transactions', 'ledger_entries', 'transfers']),
  after: z.string().regex(/^-?\d+$/),
  to: id,
});
const schema = z.object({
  ledger_transactions: id,
  ledger_entries: id,
  ledger_accounts: id,
  /** How far the round over what is old has come. */
  again: z
    .object({ ledger_transactions: id, ledger_entries: id, transfers: id })
    .default({ ledger_transactions: '0', ledger_entries: '0', transfers: '0' }),
  wrong: z.array(slice).default([]),
  /** When a round over all old entries came to its end. */
  roundAt: z.iso.datetime().nullable().default(null),
  at: z.iso.datetime().nullable().default(null),
  faults: z.array(fault).default([]),
  /** What people should know, though it breaks no rule. */
  warnings: z.array(fault).default([]),
});
export type LedgerCheck = z.infer<typeof schema>;

type Old = keyof LedgerCheck['again'];
type Watched = Extract<Table, 'ledger_transactions' | 'ledger_entries' | 'ledger_accounts'>;
const WATCHED: Watched[] = ['ledger_transactions', 'ledger_entries', 'ledger_accounts'];
/** `transfers`: what transactions are about, by ranges of the transactions. */
const OLD: Old[] = ['ledger_transactions', 'ledger_entries', 'transfers'];
const EVERYTHING: Range = { after: '', to: '' };

export async function lastLedgerCheck(): Promise<LedgerCheck> {
  const row = await db().setting.findUnique({ where: { key: KEY } });
  return schema.parse(row?.value ?? {});
}

/**
 * One look, one worker's at a time. `rows` of each table at most are new or old in it. Returns whether more is waiting to
 * be looked at.
 */
export async function checkLedger({ rows = ROWS } = {}): Promise<number> {
  return (await runOnce(LOOKS, (held) => look(held, rows))) ?? 0;
}

async function look(held: Held, rows: number): Promise<number> {
  const before = await lastLedgerCheck();
  const next: LedgerCheck = { ...before, at: new Date().toISOString(), faults: [], warnings: [] };
  let more = 0;
  for (const table of WATCHED) {
    const range = await rangeOf(table, before[table], rows);
    const found = range ? await faultsOf(rulesOf(table), range) : [];
    if (range && table === 'ledger_transactions')
      found.push(...(await faultsOf(TRANSFER_RULES, { ...range, ofTransactions: true })));
    next.faults.push(...found);
    // What is wrong stays in sight until it isn't wrong any more.
    if (range && found.length === 0) next[table] = range.through;
    if (range?.full && found.length === 0) more = 1;
  }
  await lookAgain(next, before, rows);
  next.faults.push(...(await faultsOf(rulesOf(null), EVERYTHING)));
  next.warnings.push(...(await faultsOf(RUNNING_WARNINGS, EVERYTHING)));
  next.faults = firstOfEach(next.faults);
  if (next.faults.length > before.faults.length) log.error({ faults: next.faults }, 'the ledger is wrong');
  await transaction(async (tx) => {
    await stillHeld(tx, held);
    const found = { key: KEY, value: next };
    await tx.setting.upsert({ where: { key: KEY }, create: found, update: found });
  });
  return more;
}

/** A slice of what was found right before, and those that weren't right when they were looked at again. */
async function lookAgain(next: LedgerCheck, before: LedgerCheck, rows: number): Promise<void> {
  next.wrong = [];
  const lookAt = async (each: z.infer<typeof slice>) => {
    const found =
      each.table === 'transfers'
        ? await faultsOf(TRANSFER_RULES, { ...each, ofTransactions: true })
        : await faultsOf(rulesOf(each.table), each);
    next.faults.push(...found);
    if (found.length > 0) next.wrong.push(each);
  };
  for (const each of before.wrong) await lookAt(each);
  if (next.wrong.length >= MOST_WRONG) return;
  const ends = OLD.map((table) => {
    const last = BigInt(before[table === 'transfers' ? 'ledger_transactions' : table]);
    const after = BigInt(before.again[table]);
    const atOnce = table === 'transfers' ? Math.min(rows, TRANSFER_ROWS) : rows;
    const size = BigInt(Math.max(atOnce, Math.ceil(Number(last) / LOOKS_PER_ROUND)));
    const to = after + size < last ? after + size : last;
    return { table, after, to, last };
  });
  for (const { table, after, to, last } of ends) {
    const isWhole = to >= last;
    next.again = { ...next.again, [table]: isWhole ? '0' : String(to) };
    if (table === 'ledger_entries' && isWhole && last > 0n) next.roundAt = next.at;
    if (to <= after) continue;
    // What points at a row before the first one is wrong too.
    const each = { table, after: after === 0n ? FIRST : String(after), to: String(to) };
    const isKnown = next.wrong.some(
      (known) => known.table === table && BigInt(known.to) > after && BigInt(known.after) < to,
    );
    if (!isKnown) await lookAt(each);
  }
}

const FIRST = String(-(2n ** 63n));

const rulesOf = (table: Table | null) => RUNNING_RULES.filter((each) => each.table === table);

async function faultsOf(rules: Rules[], range: Range): Promise<Fault[]> {
  const found: Fault[] = [];
  for (const each of rules) found.push(...(await db().$queryRaw<Fault[]>(each.wrong(range))));
  return firstOfEach(found);
}

/** Of each rule the first; of one that is told per asset the first in each. */
function firstOfEach(faults: Fault[]): Fault[] {
  const keyOf = ({ rule, subject }: Fault) => (isAsset(subject) ? `${rule} ${subject}` : rule);
  return [...new Map([...faults].reverse().map((each) => [keyOf(each), each])).values()].reverse();
}

type Looked = Range & { through: string; full: boolean };

async function rangeOf(table: Watched, after: string, rows: number): Promise<Looked | null> {
  const since = table === 'ledger_accounts' ? Prisma.sql`created_at` : Prisma.sql`posted_at`;
  const [row] = await db().$queryRaw<{ to: string | null; rows: number }[]>`
    SELECT max(id)::text AS to, count(*)::int AS rows
    FROM (SELECT id, ${since} AS since FROM ${Prisma.raw(table)} WHERE id > ${BigInt(after)} ORDER BY id LIMIT ${rows}) r
    WHERE since < now() - make_interval(secs => ${SETTLED_SECONDS})`;
  // Accounts are checked in a circle: after the last comes the first.
  const round = table === 'ledger_accounts' && (row?.rows ?? 0) < rows;
  if (!row?.to) return round && after !== '0' ? rangeOf(table, '0', rows) : null;
  const full = row.rows === rows;
  return { after, to: row.to, through: round ? '0' : row.to, full: full && table !== 'ledger_accounts' };
}
