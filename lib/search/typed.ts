import { banksCalled } from '~/lib/banks';
import { db } from '~/lib/db';
import { ASSETS, type AssetCode, parseAmount } from '~/lib/money';
import { bareOf, lineOf } from '~/lib/text';
import { isUuid } from '~/lib/uuid';
import { Prisma } from '~/prisma/generated/client';

/** What somebody typed into a search, read in all the ways in which it may be meant. */
export type Typed = {
  /** Its words, as `search_text` has them: one way of cutting them, or two. */
  words: string[][];
  /** All of it in one line, folded as `search_text` begins. */
  line: string;
  /** As one number or code, without blanks, dots and hyphens. Empty when there are no digits in it. */
  code: string;
  /** As it stands, trimmed: an id, an e-mail. */
  whole: string;
  uuid: string | null;
  amounts: { asset: string; amount: bigint }[];
  /** The digits of banks that are called so. */
  banks: string[];
};

/** More words than anybody types. */
const MOST_WORDS = 8;

/** Null for nothing typed. */
export async function typedSearch(text: string | undefined): Promise<Typed | null> {
  const typed = text?.replace(/[\0\p{Cs}]/gu, '').trim() ?? '';
  if (typed === '') return null;
  // Of nothing but what nobody sees: it is a search all the same, and finds nothing.
  const whole = lineOf(typed) || typed;
  const [folded] = await db().$queryRaw<{ joined: string; parted: string }[]>`
    SELECT search_folded(${whole}, true) AS joined, search_folded(${whole}, false) AS parted`;
  const ways = [...new Set([folded?.joined ?? '', folded?.parted ?? ''])];
  return {
    words: ways.map(wordsOf).filter((words) => words.length > 0),
    line: ways[0] ?? '',
    code: /\p{Nd}/u.test(whole) ? bareOf(whole) : '',
    whole,
    uuid: isUuid(whole) ? whole.toLowerCase() : null,
    amounts: amountsOf(typed),
    banks: banksCalled(whole),
  };
}

function wordsOf(folded: string): string[] {
  return [...new Set(folded.split(' ').filter(Boolean))].slice(0, MOST_WORDS);
}

function amountsOf(typed: string): Typed['amounts'] {
  return (Object.keys(ASSETS) as AssetCode[]).flatMap((asset) => {
    const amount = parseAmount(typed, asset);
    return amount ? [{ asset, amount }] : [];
  });
}

/** Whether a search text has all the words, in any order; one of one or two letters only at a word's beginning. */
export function saysWords(text: Prisma.Sql, { words }: Typed): Prisma.Sql {
  if (words.length === 0) return Prisma.sql`false`;
  const ways = words.map((all) => {
    const each = all.map((word) => Prisma.sql`${text} LIKE ${patternOf(word)}`);
    return Prisma.sql`(${Prisma.join(each, ' AND ')})`;
  });
  return Prisma.sql`(${Prisma.join(ways, ' OR ')})`;
}

/** Whether a search text begins with the one word that was typed; null for several, which may stand in any order. */
export function beginsSo(text: Prisma.Sql, { words }: Typed): Prisma.Sql | null {
  if (words.length === 0 || words.some((all) => all.length > 1)) return null;
  return anyOf(words.flat().map((word) => Prisma.sql`${text} LIKE ${` ${like(word)}%`}`));
}

/** A text that is searched: how it stands in its index, and of what it was made. */
export type Sayings = { text: Prisma.Sql; of: readonly Prisma.Sql[] };

/**
 * The same, of free text that may hold what its reader sees masked. To who does (`wholeOnly`), that says nothing by its
 * parts: a row is found by the other words, or by all of what is masked.
 */
export function saysSeenWords({ text, of }: Sayings, typed: Typed, wholeOnly: boolean): Prisma.Sql {
  const found = saysWords(text, typed);
  if (!wholeOnly || typed.words.length === 0) return found;
  const veiled = Prisma.join(
    of.map((each) => Prisma.sql`search_veiled(${each})`),
    ', ',
  );
  // The text is veiled once for all words, and only where the index has found it.
  const ways = typed.words.map(
    (all) => Prisma.sql`search_text(concat_ws(' ', ${veiled})) LIKE ALL (${all.map(patternOf)}::text[])`,
  );
  const told = of.map((each) => Prisma.sql`coalesce(search_tells(${each}, ${typed.whole}), false)`);
  return Prisma.sql`(${found} AND (${Prisma.join([...ways, ...told], ' OR ')}))`;
}

function patternOf(word: string): string {
  return isShort(word) ? `% ${like(word)}%` : `%${like(word)}%`;
}

/** One or two letters are everywhere within words. */
function isShort(word: string): boolean {
  return word.length < 3 && /[\p{L}\p{N}]/u.test(word);
}

/** A pattern in which `%`, `_` and `\` are what they are: letters. */
export function like(text: string): string {
  return text.replace(/[\\%_]/g, (letter) => `\\${letter}`);
}

/** Whether an amount in one of the assets is what was typed. */
export function isAmount(asset: Prisma.Sql, amount: Prisma.Sql, { amounts }: Typed): Prisma.Sql | null {
  if (amounts.length === 0) return null;
  const each = amounts.map((one) => Prisma.sql`(${amount} = ${one.amount} AND ${asset} = ${one.asset})`);
  return Prisma.sql`(${Prisma.join(each, ' OR ')})`;
}

/** So much of the end of a clave de rastreo finds it. */
const LEAST_END = 5;

/** Whether a clave de rastreo is, or ends with, what was typed. */
export function isTrackingKey(key: Prisma.Sql, { code }: Typed): Prisma.Sql | null {
  const bare = code.replace(/[^0-9A-Za-z]/g, '').toUpperCase();
  if (bare.length < LEAST_END) return null;
  const end = `${[...bare].reverse().join('')}%`;
  return Prisma.sql`(${key} IS NOT NULL AND search_code_end(${key}) LIKE ${end})`;
}

export type Condition = Prisma.Sql | null | false | undefined | '';

/** Any of them; none is no row. */
export function anyOf(conditions: Condition[]): Prisma.Sql {
  const real = conditions.filter((condition) => condition instanceof Prisma.Sql);
  return real.length === 0 ? Prisma.sql`false` : Prisma.sql`(${Prisma.join(real, ' OR ')})`;
}

/** All of them. */
export function allOf(conditions: Condition[]): Prisma.Sql {
  const real = conditions.filter((condition) => condition instanceof Prisma.Sql);
  return real.length === 0 ? Prisma.sql`true` : Prisma.sql`(${Prisma.join(real, ' AND ')})`;
}
