import { type Fault, type Range, type Rules, TABLES, type Table } from '~/lib/proof/ranges';
import { ALL_RULES } from '~/lib/proof/rules';
import { Prisma } from '~/prisma/generated/client';

/** Runs a query; amounts and ids come as text. */
export type Ask = (query: Prisma.Sql) => Promise<unknown[]>;

export type Progress = { table: Table | 'whole'; done: number; total: number; faults: number };

type Options = {
  rules?: Rules[];
  /** Rows of one table that are checked at once. */
  rangeSize?: number;
  onProgress?: (progress: Progress) => void;
};

const RANGE_SIZE = 100_000;

/** Checks every rule over the whole database, range by range. Returns the first wrong row of each rule. */
export async function verifyBooks(
  ask: Ask,
  { rules = ALL_RULES, rangeSize = RANGE_SIZE, onProgress }: Options = {},
): Promise<Fault[]> {
  const first = new Map<string, Fault>();
  const check = async (each: Rules, range: Range) => {
    for (const fault of (await ask(each.wrong(range))) as Fault[])
      if (!first.has(fault.rule)) first.set(fault.rule, fault);
  };
  for (const table of Object.keys(TABLES) as Table[]) {
    const ofTable = rules.filter((each) => each.table === table);
    if (ofTable.length === 0) continue;
    let done = 0;
    const total = onProgress ? await countOf(ask, table) : 0;
    for await (const { rows, ...range } of rangesOf(ask, table, rangeSize)) {
      for (const each of ofTable) await check(each, range);
      done += rows;
      onProgress?.({ table, done, total, faults: first.size });
    }
  }
  const whole = rules.filter(({ table }) => table === null);
  for (const [nth, each] of whole.entries()) {
    await check(each, { after: '', to: '' });
    onProgress?.({ table: 'whole', done: nth + 1, total: whole.length, faults: first.size });
  }
  return [...first.values()];
}

async function countOf(ask: Ask, table: Table): Promise<number> {
  const [row] = (await ask(Prisma.sql`SELECT count(*)::text AS rows FROM ${Prisma.raw(table)}`)) as {
    rows: string;
  }[];
  return Number(row?.rows ?? 0);
}

/** A table's ids in their order, cut into ranges that are read one after the other along the primary key. */
async function* rangesOf(ask: Ask, table: Table, size: number): AsyncGenerator<Range & { rows: number }> {
  const [first, last] = ENDS[TABLES[table]];
  let after: string = first;
  for (;;) {
    const [range] = (await ask(rangeAfter(table, after, size))) as { to: string | null; rows: string }[];
    if (!range || range.to === null) return;
    const rows = Number(range.rows);
    // What points at a row after the last one is wrong too.
    yield { after, to: rows < size ? (last ?? range.to) : range.to, rows };
    if (rows < size) return;
    after = range.to;
  }
}

const ENDS = {
  bigint: [String(-(2n ** 63n)), String(2n ** 63n - 1n)],
  text: ['', null],
  uuid: ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
} as const;

function rangeAfter(table: Table, after: string, size: number): Prisma.Sql {
  const type = Prisma.raw(TABLES[table]);
  // PostgreSQL before 18 has no largest of uuids; as texts they are in the same order.
  const last = Prisma.raw(TABLES[table] === 'uuid' ? 'max(id::text COLLATE "C")' : 'max(id)::text');
  return Prisma.sql`
    SELECT ${last} AS to, count(*)::text AS rows
    FROM (SELECT id FROM ${Prisma.raw(table)} WHERE id > ${after}::${type} ORDER BY id LIMIT ${size}) r`;
}
