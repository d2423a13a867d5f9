import { db } from '~/lib/db';
import { keyset } from '~/lib/keyset';
import type { Page } from '~/lib/pagination';
import { allOf, anyOf, type Condition } from '~/lib/search/typed';
import { firstSaying } from '~/lib/search/weeks';
import { Prisma } from '~/prisma/generated/client';

/** Of a list's rows, so many are walked from where the page begins before any index is asked. */
const FIRST = 2_000;
/** So many of those that match among the first say that a page is met by walking on, so far at most. */
const PROMISING = 8;
const FURTHEST = 15_000;

/** A search of one list. */
export type Search = {
  /** What a row has to meet to be found by its own columns; each part has an index. */
  own: Prisma.Sql;
  /**
   * The same by its words, where their index has beside them the week of a moment (`search_week`): then it is no part
   * of `own`.
   */
  said?: { words: Prisma.Sql; at: Prisma.Sql };
  /**
   * `own` of a list in the order of names, of one word that many may have: rows whose name begins with it, which an index
   * has with their names, and all others. Then they are found one apart from the other.
   */
  begun?: { begins: Prisma.Sql; others: Prisma.Sql } | null;
  /** What it is found by elsewhere: `ids`, all of them, that stand in one of the row's columns, each with an index. */
  elsewhere: { ids: Prisma.Sql; columns: Prisma.Sql[] }[];
  /** Both, of a row that is there. */
  matches: Prisma.Sql;
};

/** A search of one table's own columns alone. */
export function ownSearch(conditions: Condition[]): Search {
  const own = anyOf(conditions);
  return { own, elsewhere: [], matches: own };
}

export type ListOf = {
  /** The table, and the alias that all conditions call it by: `withdrawals` and `d`. */
  table: Prisma.Sql;
  alias: Prisma.Sql;
  ids: 'uuid' | 'word';
  /** By what it is sorted, beside the id. A name is sorted as people sort: by Spanish. */
  by: { column: Prisma.Sql; kind: 'time' | 'name'; direction: 'asc' | 'desc' };
  where: Condition[];
  search: Search | null;
  cursor: string | undefined;
};

export type ListedId = { id: string; key: Date | string };

/**
 * The ids of a list's page, one more than it holds where there is a next one, with what each is sorted by.
 *
 * What many rows have fills a page from the first rows behind the cursor. What is rarer is found by its indexes, all of
 * it, and sorted: that costs what is found, which is little where hardly any of the first rows match.
 */
export async function idsOf(list: ListOf, limit: number): Promise<ListedId[]> {
  const { table, alias, search } = list;
  const within = withinOf(list);
  if (!search)
    return db()
      .$queryRaw`${select(list)} FROM ${table} ${alias} WHERE ${within} ${inOrder(list)} LIMIT ${limit}`;
  const walked = (rows: number) => db().$queryRaw<ListedId[]>`
    ${select(list)}
    FROM (SELECT ${alias}.* FROM ${table} ${alias} WHERE ${within} ${inOrder(list)} LIMIT ${rows}) ${alias}
    WHERE ${search.matches} ${inOrder(list)} LIMIT ${limit}`;
  const first = await walked(FIRST);
  if (first.length === limit) return first;
  if (first.length >= PROMISING) {
    const further = await walked(FURTHEST);
    if (further.length === limit) return further;
  }
  return found(list, search, { within, limit });
}

type PageOf = { within: Prisma.Sql; limit: number };

/** By its indexes, wherever it stands. Apart from its order: the planner would rather walk the whole list for it. */
async function found(list: ListOf, { own, begun, said, elsewhere }: Search, page: PageOf) {
  const { by } = list;
  const rows = rowsOf(list, page.within);
  // One by one and as a range, so by the column's index: of an equality the planner thinks what is so on average, and
  // would read the whole table where one wallet has most of it.
  const beside = elsewhere.map(({ ids, columns }) => {
    const having = columns.map(
      (column) => Prisma.sql`(${rows} AND ${column} >= x.id AND ${column} <= x.id OFFSET 0)`,
    );
    return Prisma.sql`
      SELECT r.id, r.key FROM (${ids}) x(id) CROSS JOIN LATERAL (${Prisma.join(having, ' UNION ALL ')}) r`;
  });
  const words = said && (await bySaying(list, said, page));
  const order = directionOf(list);
  const collation = by.kind === 'time' ? Prisma.empty : SPANISH;
  const owns = by.kind === 'name' && begun ? [begun.begins, begun.others] : [own];
  const parts = [
    ...owns.map((each) => Prisma.sql`${rows} AND ${each}`),
    ...(words ? [words] : []),
    ...beside,
  ];
  return db().$queryRaw<ListedId[]>`
    WITH found AS MATERIALIZED (${Prisma.join(parts, ' UNION ')})
    SELECT id::text AS id, key FROM found ORDER BY key ${collation} ${order}, found.id ${order} LIMIT ${page.limit}`;
}

/** The rows that say the words: of a list that is sorted by the moment beside them the first, a page of them; or all. */
async function bySaying(list: ListOf, { words, at }: NonNullable<Search['said']>, page: PageOf) {
  const { alias, by, ids } = list;
  const isWeekly = at.sql === by.column.sql;
  const first = isWeekly
    ? await firstSaying({ ...list, at, direction: by.direction }, { ...page, words })
    : null;
  if (!first) return rowsOf(list, Prisma.sql`${page.within} AND ${words}`);
  const cast = ids === 'uuid' ? Prisma.sql`::uuid[]` : Prisma.sql`::text[]`;
  return rowsOf(list, Prisma.sql`${alias}.id = ANY (${first.map(({ id }) => id)}${cast})`);
}

function rowsOf({ table, alias, by }: ListOf, within: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`SELECT ${alias}.id, ${by.column} AS key FROM ${table} ${alias} WHERE ${within}`;
}

function directionOf({ by }: Pick<ListOf, 'by'>): Prisma.Sql {
  return by.direction === 'asc' ? Prisma.sql`ASC` : Prisma.sql`DESC`;
}

const SPANISH = Prisma.sql`COLLATE "es-x-icu"`;

function select({ alias, by }: ListOf): Prisma.Sql {
  return Prisma.sql`SELECT ${alias}.id::text AS id, ${by.column} AS key`;
}

function columnOf({ by }: ListOf): Prisma.Sql {
  return by.kind === 'time' ? by.column : Prisma.sql`${by.column} ${SPANISH}`;
}

function inOrder(list: ListOf): Prisma.Sql {
  const order = directionOf(list);
  return Prisma.sql`ORDER BY ${columnOf(list)} ${order}, ${list.alias}.id ${order}`;
}

/** What every row of the page meets, but for the search. */
function withinOf(list: ListOf): Prisma.Sql {
  const { alias, where, cursor } = list;
  return allOf([...where, orderOf(list).after(cursor, [columnOf(list), Prisma.sql`${alias}.id`])]);
}

function orderOf({ by, ids }: ListOf) {
  return keyset({ key: by.kind === 'time' ? 'time' : 'text', id: ids }, by.direction);
}

/** All rows of a list that meet its filter, in no order: `columns` of each, under the list's alias. */
export function allOfList(list: Omit<ListOf, 'cursor' | 'by'>, columns: Prisma.Sql): Prisma.Sql {
  const { table, alias, where, search } = list;
  const rows = Prisma.sql`SELECT ${columns} FROM ${table} ${alias} WHERE ${allOf(where)}`;
  if (!search) return rows;
  const { own, said, elsewhere } = search;
  const beside = elsewhere.flatMap(({ ids, columns }) =>
    columns.map((column) => Prisma.sql`${rows} AND ${column} IN (${ids})`),
  );
  return Prisma.join([Prisma.sql`${rows} AND ${anyOf([own, said?.words])}`, ...beside], ' UNION ');
}

/** A page of rows in the order of its ids, which `read` may answer in any. */
export async function pageOf<Row extends { id: string }>(
  list: ListOf,
  size: number,
  read: (ids: string[]) => Promise<Row[]>,
): Promise<Page<Row>> {
  const { items, nextCursor } = orderOf(list).page(await idsOf(list, size + 1), size);
  const rows = new Map((await read(items.map(({ id }) => id))).map((row) => [row.id, row]));
  return { items: items.flatMap(({ id }) => rows.get(id) ?? []), nextCursor };
}
