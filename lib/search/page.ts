import { db } from '~/lib/db';
import { type Cursor, decodeCursor, encodeCursor, type IdShape, type Page } from '~/lib/pagination';
import { allOf } from '~/lib/search/typed';
import { Prisma } from '~/prisma/generated/client';

/** So many found rows are sorted; of more, a page is soon met by walking the list from its beginning. */
export const FEW = 5_000;

/** A search of one list: where its rows are found by indexes, and what one row of it has to meet. */
export type Search = {
  /** Each answers `id`s. */
  found: Prisma.Sql[];
  /** The same of a row that is there, without any index. */
  matches: Prisma.Sql;
};

type ListOf = {
  /** The table with its alias: `withdrawals d`. */
  from: Prisma.Sql;
  /** The row's id: `d.id`. */
  id: Prisma.Sql;
  ids: IdShape;
  /** By what it is sorted, beside the id. A name is sorted as people sort: by Spanish. */
  by: { column: Prisma.Sql; kind: 'time' | 'name'; direction: 'asc' | 'desc' };
  where: (Prisma.Sql | null | false | undefined | '')[];
  search: Search | null;
  cursor: string | undefined;
};

export type ListedId = { id: string; key: Date | string };

/** The ids of a list's page, one more than it holds where there is a next one, with what each is sorted by. */
export async function idsOf(
  { from, id, ids, by, where, search, cursor }: ListOf,
  limit: number,
): Promise<ListedId[]> {
  const isTime = by.kind === 'time';
  const column = isTime ? by.column : Prisma.sql`${by.column} COLLATE "es-x-icu"`;
  const [beyond, order] =
    by.direction === 'asc' ? [Prisma.sql`>`, Prisma.sql`ASC`] : [Prisma.sql`<`, Prisma.sql`DESC`];
  const after = isTime ? decodeCursor(cursor, ids) : decodeNameCursor(cursor, ids);
  const cast = ids === 'uuid' ? Prisma.sql`::uuid` : Prisma.empty;
  return db().$queryRaw<ListedId[]>`
    SELECT ${id}::text AS id, ${by.column} AS key FROM ${from}
    WHERE ${allOf([
      ...where,
      search && (await searched(id, cast, search)),
      after &&
        Prisma.sql`(${column}, ${id}) ${beyond} (${'at' in after ? after.at : after.name}, ${after.id}${cast})`,
    ])}
    ORDER BY ${column} ${order}, ${id} ${order} LIMIT ${limit}`;
}

async function searched(id: Prisma.Sql, cast: Prisma.Sql, { found, matches }: Search): Promise<Prisma.Sql> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT DISTINCT id::text AS id FROM (${Prisma.join(
      found.map((each) => Prisma.sql`(SELECT id FROM (${each}) f LIMIT ${FEW + 1})`),
      ' UNION ALL ',
    )}) found LIMIT ${FEW + 1}`;
  if (rows.length > FEW) return matches;
  const ids = rows.map((row) => row.id);
  return Prisma.sql`${id} = ANY (${ids}${cast === Prisma.empty ? Prisma.sql`::text[]` : Prisma.sql`::uuid[]`})`;
}

/** A page of rows in the order of its ids, which `read` may answer in any. */
export async function pageOf<Row extends { id: string }>(
  list: ListOf,
  size: number,
  read: (ids: string[]) => Promise<Row[]>,
): Promise<Page<Row>> {
  const listed = await idsOf(list, size + 1);
  const shown = listed.slice(0, size);
  const rows = new Map((await read(shown.map(({ id }) => id))).map((row) => [row.id, row]));
  const last = shown.at(-1);
  return {
    items: shown.flatMap(({ id }) => rows.get(id) ?? []),
    nextCursor: listed.length > size && last ? cursorOf(last) : null,
  };
}

function cursorOf({ id, key }: ListedId): string {
  return key instanceof Date ? encodeCursor({ at: key, id }) : encodeNameCursor({ name: key, id });
}

type NameCursor = { name: string; id: string };

function encodeNameCursor({ name, id }: NameCursor): string {
  return Buffer.from(JSON.stringify([name, id])).toString('base64url');
}

/** Null for a cursor that nobody here made: the list then starts at its beginning. */
function decodeNameCursor(text: string | undefined, ids: IdShape): (NameCursor & Partial<Cursor>) | null {
  try {
    const made: unknown = JSON.parse(Buffer.from(text ?? '', 'base64url').toString('utf8'));
    const [name, id] = Array.isArray(made) ? (made as unknown[]) : [];
    if (typeof name !== 'string' || typeof id !== 'string') return null;
    const checked = decodeCursor(encodeCursor({ at: new Date(0), id }), ids);
    return checked && !/[\0\p{Cs}]/u.test(name) ? { name, id } : null;
  } catch {
    return null;
  }
}
