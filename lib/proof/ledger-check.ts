import { z } from 'zod';
import { db } from '~/lib/db';
import { log } from '~/lib/log';
import { type Fault, RUNNING_RULES, type Rules, type Table } from '~/lib/proof/rules';
import { Prisma } from '~/prisma/generated/client';

/**
 * The ledger's own promises, looked at again and again: what was posted since the last look, some of the accounts in
 * turn, and the sums over all of them. `npm run verify` looks at everything at once.
 */
const KEY = 'ledgerChecked';
const ROWS = 50_000;
/** Numbers are given out before their transaction commits: the newest are left for the next look. */
const SETTLED_SECONDS = 60;

const id = z.string().regex(/^\d+$/).default('0');
const schema = z.object({
  ledger_transactions: id,
  ledger_entries: id,
  ledger_accounts: id,
  at: z.iso.datetime().nullable().default(null),
  faults: z
    .array(z.object({ rule: z.string(), subject: z.string(), expected: z.string(), actual: z.string() }))
    .default([]),
});
export type LedgerCheck = z.infer<typeof schema>;

type Watched = Extract<Table, 'ledger_transactions' | 'ledger_entries' | 'ledger_accounts'>;
const WATCHED: Watched[] = ['ledger_transactions', 'ledger_entries', 'ledger_accounts'];

export async function lastLedgerCheck(): Promise<LedgerCheck> {
  const row = await db().setting.findUnique({ where: { key: KEY } });
  return schema.parse(row?.value ?? {});
}

/** One look. Answers whether more is waiting to be looked at. */
export async function checkLedger(): Promise<number> {
  const before = await lastLedgerCheck();
  const next = { ...before, at: new Date().toISOString(), faults: [] as Fault[] };
  let more = 0;
  for (const table of WATCHED) {
    const range = await rangeOf(table, before[table]);
    const found = range
      ? await faultsOf(
          RUNNING_RULES.filter((each) => each.table === table),
          range,
        )
      : [];
    next.faults.push(...found);
    // What is wrong stays in sight until it isn't wrong any more.
    if (range && found.length === 0) next[table] = range.through;
    if (range?.full && found.length === 0) more = 1;
  }
  next.faults.push(
    ...(await faultsOf(
      RUNNING_RULES.filter(({ table }) => table === null),
      { after: '', to: '' },
    )),
  );
  if (next.faults.length > before.faults.length) log.error({ faults: next.faults }, 'the ledger is wrong');
  await db().setting.upsert({
    where: { key: KEY },
    create: { key: KEY, value: next },
    update: { value: next },
  });
  return more;
}

async function faultsOf(rules: Rules[], range: { after: string; to: string }): Promise<Fault[]> {
  const found = new Map<string, Fault>();
  for (const each of rules) {
    for (const fault of await db().$queryRaw<Fault[]>(each.wrong(range)))
      if (!found.has(fault.rule)) found.set(fault.rule, fault);
  }
  return [...found.values()];
}

type Looked = { after: string; to: string; through: string; full: boolean };

async function rangeOf(table: Watched, after: string): Promise<Looked | null> {
  const since = table === 'ledger_accounts' ? Prisma.sql`created_at` : Prisma.sql`posted_at`;
  const [row] = await db().$queryRaw<{ to: string | null; rows: number }[]>`
    SELECT max(id)::text AS to, count(*)::int AS rows
    FROM (SELECT id, ${since} AS since FROM ${Prisma.raw(table)} WHERE id > ${BigInt(after)} ORDER BY id LIMIT ${ROWS}) r
    WHERE since < now() - make_interval(secs => ${SETTLED_SECONDS})`;
  // Accounts are gone round: behind the last comes the first again.
  const round = table === 'ledger_accounts' && (row?.rows ?? 0) < ROWS;
  if (!row?.to) return round && after !== '0' ? rangeOf(table, '0') : null;
  const full = row.rows === ROWS;
  return { after, to: row.to, through: round ? '0' : row.to, full: full && table !== 'ledger_accounts' };
}
