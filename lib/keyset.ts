import type { Page } from '~/lib/pagination';
import { isUuid } from '~/lib/uuid';
import { Prisma } from '~/prisma/generated/client';

/** What a column that a list is sorted by holds. `word`: an id of a rail or the like; `text`: what people write. */
type Values = { time: Date; number: bigint; uuid: string; word: string; text: string };
type Columns = Record<string, keyof Values>;
type Key<Of extends Columns> = { [Name in keyof Of]: Values[Of[Name]] };
type Met<Of extends Columns> = {
  [Name in keyof Of]?: Values[Of[Name]] | { lt?: Values[Of[Name]]; gt?: Values[Of[Name]] };
};
type Direction = 'asc' | 'desc';

/**
 * Pages by key: a list is sorted by its columns, all in one direction, which together no two rows share, and a page
 * begins behind the row that the one before it ended with. So rows that come and go meanwhile neither repeat nor hide
 * another. The cursor is that row's key, opaque to whoever holds it; one that nobody here made begins the list.
 */
export function keyset<const Of extends Columns>(columns: Of, direction: Direction) {
  const names = Object.keys(columns) as (keyof Of & string)[];
  const beyond = direction === 'asc' ? 'gt' : 'lt';
  const read = (cursor: string | undefined) => decode(columns, cursor);
  return {
    /** The key in a cursor; null for the list's beginning. */
    read,
    /** For Prisma's `where`. */
    where(cursor: string | undefined): { OR?: Met<Of>[] } {
      const key = read(cursor);
      return key === null ? {} : { OR: names.map((_, nth) => stepOf(key, names.slice(0, nth + 1), beyond)) };
    },
    /** For Prisma's `orderBy`. */
    orderBy: names.map((name) => ({ [name]: direction })) as { [Name in keyof Of]?: Direction }[],
    /** For SQL, over expressions of the columns in their order; null at the list's beginning. */
    after(cursor: string | undefined, expressions: Prisma.Sql[]): Prisma.Sql | null {
      const key = read(cursor);
      if (key === null) return null;
      const values = names.map((name) => Prisma.sql`${key[name]}${CASTS[columns[name] as keyof Values]}`);
      const sign = direction === 'asc' ? Prisma.sql`>` : Prisma.sql`<`;
      return Prisma.sql`(${Prisma.join(expressions)}) ${sign} (${Prisma.join(values)})`;
    },
    /** Cuts what was read with one row too many, and points behind its last row. */
    page<Row extends Key<Of>>(rows: Row[], size: number): Page<Row> {
      const items = rows.slice(0, size);
      const last = items.at(-1);
      return { items, nextCursor: rows.length > size && last ? encode(columns, last) : null };
    },
    cursorOf: (row: Key<Of>) => encode(columns, row),
  };
}

const CASTS: Record<keyof Values, Prisma.Sql> = {
  time: Prisma.sql`::timestamptz`,
  number: Prisma.sql`::bigint`,
  uuid: Prisma.sql`::uuid`,
  word: Prisma.sql`::text`,
  text: Prisma.sql`::text`,
};

/** Equal in all columns but the last, and beyond in that. */
function stepOf<Of extends Columns>(key: Key<Of>, names: (keyof Of & string)[], beyond: 'gt' | 'lt') {
  const last = names.length - 1;
  return Object.fromEntries(
    names.map((name, nth) => [name, nth === last ? { [beyond]: key[name] } : key[name]]),
  ) as Met<Of>;
}

function encode<Of extends Columns>(columns: Of, row: Key<Of>): string {
  const texts = Object.keys(columns).map((name) => {
    const value: Values[keyof Values] = row[name] as Values[keyof Values];
    return value instanceof Date ? value.toISOString() : String(value);
  });
  return Buffer.from(JSON.stringify(texts)).toString('base64url');
}

function decode<Of extends Columns>(columns: Of, cursor: string | undefined): Key<Of> | null {
  const texts = textsOf(cursor);
  const entries = Object.entries(columns).map(([name, kind], nth) => [name, READ[kind](texts[nth] ?? '')]);
  const isWhole = texts.length === entries.length && entries.every(([, value]) => value !== null);
  return isWhole ? (Object.fromEntries(entries) as Key<Of>) : null;
}

function textsOf(cursor: string | undefined): string[] {
  if (!cursor) return [];
  try {
    const made: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(made) && made.every((text) => typeof text === 'string') ? made : [];
  } catch {
    return [];
  }
}

const MOMENT = /^(19|20|21)\d\d-\d\d-\d\dT[\d:.]+Z$/;
const NUMBER = /^-?\d{1,18}$/;
const WORD = /^[\w/:.-]{1,200}$/;

/** Null for what the database would refuse, or what no list's column holds. */
const READ: { [Kind in keyof Values]: (text: string) => Values[Kind] | null } = {
  time: (text) => {
    const at = new Date(text);
    return MOMENT.test(text) && !Number.isNaN(at.getTime()) ? at : null;
  },
  number: (text) => (NUMBER.test(text) ? BigInt(text) : null),
  uuid: (text) => (isUuid(text) ? text : null),
  word: (text) => (WORD.test(text) ? text : null),
  text: (text) => (/[\0\p{Cs}]/u.test(text) ? null : text),
};
