import { type AccountingRules, accountFor } from '~/lib/accounting/chart';
import { accountingRules } from '~/lib/accounting/rules';
import { authorize, type Requester } from '~/lib/actor';
import { db } from '~/lib/db';
import { DomainError, InvalidInputError } from '~/lib/errors';
import { saysCause } from '~/lib/ledger/cause';
import { LEDGER_GROUPS, type LedgerGroup } from '~/lib/ledger/read';
import { uuidFrom } from '~/lib/once';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import { isTimeZone } from '~/lib/time-zones';
import { Prisma } from '~/prisma/generated/client';

/** What one póliza holds: a ledger transaction, or all of a day in one asset. */
export const POLIZAS_PER = ['day', 'transaction'] as const;
export type PolizasPer = (typeof POLIZAS_PER)[number];

/** By when it was booked, so that a month that is over never changes. `before` is exclusive. */
export type PolizaFilter = {
  since: Date;
  before: Date;
  assets?: string[] | undefined;
  per: PolizasPer;
  /** Whose days are days. */
  timeZone: string;
};

/** A line of a póliza. The lines of one number and asset come together and sum to zero. */
export type PolizaLine = {
  /** Of the line: the póliza's number, and which of its lines it is. */
  id: string;
  /** Money came in on a rail, went out, or neither. */
  type: 'income' | 'expense' | 'journal';
  number: string;
  day: string;
  /** Of the ledger's transactions. */
  kind: string;
  account: string;
  debit: bigint | null;
  credit: bigint | null;
  asset: string;
  reference: string;
  /** The same for the same póliza, however often it is taken. */
  uuid: string;
};

type Asked = PolizaFilter & { rules: AccountingRules; cursor?: string | undefined };

/** Pólizas in the order in which they were booked, whole ones: of so many transactions, or of days with at least so many lines. */
export function listPolizaLines(asked: Asked, size = PAGE_SIZE): Promise<Page<PolizaLine>> {
  return asked.per === 'day' ? ofDays(asked, size) : ofTransactions(asked, size);
}

export type AskedJournal = Pick<PolizaFilter, 'assets' | 'per' | 'timeZone'> & {
  /** Days of the zone, both included. */
  from: string;
  to: string;
  cursor?: string | undefined;
};

/**
 * The journal of some days by the rules in force, for who may take lists away. Throws `invalid` for what is no day or
 * turned round, and `postings_unmapped`.
 */
export async function journalOf(
  actor: Requester,
  { from, to, cursor, ...rest }: AskedJournal,
  size = PAGE_SIZE,
): Promise<Page<PolizaLine>> {
  authorize(actor, 'lists:export');
  const { rules } = await accountingRules();
  const asked = { ...rest, ...(await spanOf({ from, to, timeZone: rest.timeZone })), rules, cursor };
  await requireMapped(asked);
  return listPolizaLines(asked, size);
}

type Span = Pick<PolizaFilter, 'since' | 'before'>;

async function spanOf({ from, to, timeZone }: Pick<AskedJournal, 'from' | 'to' | 'timeZone'>): Promise<Span> {
  const faults = {
    ...(!isDay(from) && { from: 'day_format' }),
    ...(!isDay(to) && { to: 'day_format' }),
    ...(!isTimeZone(timeZone) && { timeZone: 'time_zone' }),
  };
  if (Object.keys(faults).length > 0) throw new InvalidInputError(faults);
  if (to < from) throw new InvalidInputError({ to: 'before_start' });
  const [span] = await db().$queryRaw<Span[]>`
    SELECT ${from}::date::timestamp AT TIME ZONE ${timeZone} AS since,
           (${to}::date + 1)::timestamp AT TIME ZONE ${timeZone} AS before`;
  if (!span) throw new Error('PostgreSQL answered nothing.');
  return span;
}

/** A day of a century that has anything to do with money. */
function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return /^20/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}

export type Unmapped = { group: LedgerGroup; kind: string };

/** What is booked in this time and has no account, so that no file can be whole. */
export async function unmappedPostings({ rules, since, before, assets }: Asked): Promise<Unmapped[]> {
  const without = LEDGER_GROUPS.filter((group) => rules.accounts[group] === undefined);
  if (without.length === 0) return [];
  const found = await db().$queryRaw<Unmapped[]>`
    SELECT DISTINCT ${GROUP} AS "group", t.kind
    FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id JOIN ledger_transactions t ON t.id = e.transaction_id
    WHERE e.posted_at >= ${since} AND e.posted_at < ${before} AND ${inAssets(assets)} AND ${GROUP} = ANY (${without})
    ORDER BY 1, 2`;
  return found.filter(({ group, kind }) => accountFor(rules, group, kind) === null);
}

/** Throws `postings_unmapped` where something that the file would hold has no account. */
export async function requireMapped(asked: Asked): Promise<void> {
  const missing = await unmappedPostings(asked);
  if (missing.length > 0) throw unmapped(missing);
}

function unmapped(missing: readonly Unmapped[]): DomainError {
  const said = missing.map(({ group, kind }) => `${group} × ${kind}`).join(', ');
  return new DomainError('postings_unmapped', `No account: ${said}.`, { missing: said });
}

const GROUP = Prisma.sql`ledger_class(a.code, a.bucket, a.non_negative)`;

function inAssets(assets: string[] | undefined): Prisma.Sql {
  return assets ? Prisma.sql`e.asset = ANY (${assets})` : Prisma.sql`true`;
}

function accountOf(rules: AccountingRules, group: LedgerGroup, kind: string): string {
  const account = accountFor(rules, group, kind);
  if (account === null) throw unmapped([{ group, kind }]);
  return account;
}

type EntryRow = {
  id: bigint;
  kind: string;
  causeKind: string;
  causeId: string;
  step: string;
  round: number;
  day: string;
  line: number;
  asset: string;
  amount: bigint;
  group: LedgerGroup;
  /** What of the póliza is on rails, above zero where more came in than went out. */
  cash: bigint;
};

/** Where the list goes on: after a transaction, and none after another. */
const PLACE = /^(\d{1,18})\.(\d{1,18})$/;

async function ofTransactions(asked: Asked, size: number): Promise<Page<PolizaLine>> {
  const { since, before, assets, timeZone, rules } = asked;
  const place = PLACE.exec(asked.cursor ?? '');
  const [after, last] = place ? [BigInt(place[1] ?? 0), BigInt(place[2] ?? 0)] : await boundsOf(asked);
  const ids = await db().$queryRaw<{ id: bigint }[]>`
    SELECT id FROM ledger_transactions
    WHERE id > ${after} AND id <= ${last} AND posted_at >= ${since} AND posted_at < ${before} ORDER BY id LIMIT ${size + 1}`;
  const page = ids.slice(0, size).map(({ id }) => id);
  const rows = await db().$queryRaw<EntryRow[]>`
    SELECT t.id, t.kind, t.cause_kind AS "causeKind", t.cause_id AS "causeId", t.step, t.round,
           (t.posted_at AT TIME ZONE ${timeZone})::date::text AS day, e.line, e.asset, e.amount, ${GROUP} AS "group",
           coalesce(sum(e.amount) FILTER (WHERE a.bucket = 'cash') OVER (PARTITION BY t.id, e.asset), 0)::bigint AS cash
    FROM ledger_transactions t JOIN ledger_entries e ON e.transaction_id = t.id JOIN ledger_accounts a ON a.id = e.account_id
    WHERE t.id = ANY (${page}::bigint[]) AND ${inAssets(assets)} ORDER BY t.id, e.asset, e.line`;
  const items = rows.map(({ amount, cash, group, ...row }): PolizaLine => {
    const number = String(row.id);
    return {
      id: `${number}-${row.line}`,
      ...{ type: cash > 0n ? 'income' : cash < 0n ? 'expense' : 'journal', number },
      ...{ day: row.day, kind: row.kind, account: accountOf(rules, group, row.kind), asset: row.asset },
      ...{ debit: amount > 0n ? amount : null, credit: amount < 0n ? -amount : null },
      ...{ reference: saysCause(row), uuid: uuidFrom(`poliza transaction ${number} ${row.asset}`) },
    };
  });
  return { items, nextCursor: ids.length > size ? `${page.at(-1)}.${last}` : null };
}

/** Ids rise with time, but for those that were drawn side by side: a walk begins and ends near its days. */
async function boundsOf({ since, before }: Asked): Promise<[bigint, bigint]> {
  const [row] = await db().$queryRaw<{ low: bigint | null; high: bigint | null }[]>`
    SELECT min(transaction_id) AS low, max(transaction_id) AS high FROM ledger_entries
    WHERE posted_at >= ${since} AND posted_at < ${before}`;
  return [(row?.low ?? 1n) - 1n, row?.high ?? 0n];
}

type SumRow = { kind: string; asset: string; group: LedgerGroup; debit: bigint; credit: bigint };

/** Whole days, until there are so many lines. */
async function ofDays(asked: Asked, size: number): Promise<Page<PolizaLine>> {
  const items: PolizaLine[] = [];
  for (const { day, since, before } of await daysOf(asked)) {
    if (items.length >= size) return { items, nextCursor: day };
    const rows = await db().$queryRaw<SumRow[]>`
      SELECT t.kind, e.asset, ${GROUP} AS "group",
             coalesce(sum(e.amount) FILTER (WHERE e.amount > 0), 0)::bigint AS debit,
             coalesce(-sum(e.amount) FILTER (WHERE e.amount < 0), 0)::bigint AS credit
      FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id JOIN ledger_transactions t ON t.id = e.transaction_id
      WHERE e.posted_at >= ${since} AND e.posted_at < ${before} AND ${inAssets(asked.assets)} GROUP BY 1, 2, 3`;
    items.push(...linesOfDay(asked, day, rows));
  }
  return { items, nextCursor: null };
}

/** A day of those asked for on which anything was booked. */
type Day = { day: string; since: Date; before: Date };

function daysOf({ since, before, timeZone, assets, cursor }: Asked): Promise<Day[]> {
  const from = /^\d{4}-\d{2}-\d{2}$/.test(cursor ?? '') ? cursor : null;
  return db().$queryRaw<Day[]>`
    WITH span AS (
      SELECT greatest(${since}::timestamptz, (SELECT posted_at - interval '1 day' FROM ledger_entries ORDER BY id LIMIT 1)) AS since,
             least(${before}::timestamptz, now() + interval '1 day') AS before
      WHERE EXISTS (SELECT FROM ledger_entries)),
    days AS (
      SELECT d::date::text AS day, greatest(d AT TIME ZONE ${timeZone}, since) AS since,
             least((d + interval '1 day') AT TIME ZONE ${timeZone}, before) AS before
      FROM span, generate_series((since AT TIME ZONE ${timeZone})::date::timestamp,
                                 (before AT TIME ZONE ${timeZone} - interval '1 millisecond')::date::timestamp, interval '1 day') d
      WHERE ${from}::text IS NULL OR d >= ${from}::text::timestamp)
    SELECT day, since, before FROM days d
    WHERE EXISTS (SELECT FROM ledger_entries e WHERE e.posted_at >= d.since AND e.posted_at < d.before AND ${inAssets(assets)})
    ORDER BY day`;
}

/** What a kind of transactions came to in an account that day: its debits in a line, its credits in another. */
function linesOfDay({ rules, timeZone }: Asked, day: string, rows: readonly SumRow[]): PolizaLine[] {
  const sums = new Map<
    string,
    { kind: string; asset: string; account: string; debit: bigint; credit: bigint }
  >();
  for (const { kind, asset, group, debit, credit } of rows) {
    const account = accountOf(rules, group, kind);
    const key = [asset, kind, account].join(' ');
    const sum = sums.get(key) ?? { kind, asset, account, debit: 0n, credit: 0n };
    sums.set(key, { ...sum, debit: sum.debit + debit, credit: sum.credit + credit });
  }
  const lines = [...sums.entries()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, { debit, credit, ...line }]) => {
      const number = `${day.replaceAll('-', '')}-${line.asset}`;
      const uuid = uuidFrom(`poliza day ${number} ${timeZone}`);
      const whole = { type: 'journal' as const, number, day, ...line, reference: line.kind, uuid };
      return [
        ...(debit > 0n ? [{ ...whole, debit, credit: null }] : []),
        ...(credit > 0n ? [{ ...whole, debit: null, credit }] : []),
      ];
    });
  const nth = new Map<string, number>();
  return lines.map((line) => {
    const count = (nth.get(line.number) ?? 0) + 1;
    nth.set(line.number, count);
    return { id: `${line.number}-${count}`, ...line };
  });
}
