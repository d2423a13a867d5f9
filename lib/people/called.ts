import { db } from '~/lib/db';
import { type CustomerRow, listCustomers } from '~/lib/people/customers';
import type { Reader } from '~/lib/people/sight';
import { like, typedSearch } from '~/lib/search/typed';
import { Prisma } from '~/prisma/generated/client';

/** Ids of customers whose whole name begins with what was typed: who is called just so first, then by name. */
export async function customersCalled(text: string, most: number): Promise<string[]> {
  const typed = await typedSearch(text);
  if (!typed?.line) return [];
  const begin = Prisma.sql`c.search_text COLLATE "C"`;
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT c.id::text AS id FROM customers c WHERE ${begin} LIKE ${` ${like(typed.line)}%`}
    ORDER BY ${begin}, c.id LIMIT ${most}`;
  return rows.map(({ id }) => id);
}

/** Other customers who are called just so, in any spelling, as the reader sees them: so many at most. */
export async function namesakesOf(
  reader: Reader,
  { id, name }: { id: string; name: string },
  most = 4,
): Promise<CustomerRow[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT c.id::text AS id FROM customers c
    WHERE c.search_text COLLATE "C" = search_text(${name}) AND c.id <> ${id}::uuid ORDER BY c.id LIMIT ${most}`;
  if (rows.length === 0) return [];
  return (await listCustomers(reader, { ids: rows.map((row) => row.id) }, most)).items;
}

/** How alike two words have to be, as pg_trgm counts it. */
const ALIKE = 0.35;
/** A word with one letter too many, or with two that changed places, is as good as spelt. */
const SLIP = 0.8;
/** More words, or words for one, than make sense of what was meant. */
const MOST_WORDS = 4;
const MOST_ALIKE = 3;
const LEAST_LETTERS = 3;

/**
 * What was typed with its words as customers' names have them, what is likeliest first: of `soraida` `zoraida`, of `jaun`
 * `juan`. Empty where a word is like no name's.
 */
export async function spellings(text: string, most: number): Promise<string[]> {
  const typed = await typedSearch(text);
  const words = (typed?.line ?? '')
    .split(' ')
    .filter((word) => /\p{L}/u.test(word) && word.length >= LEAST_LETTERS);
  if (words.length === 0 || words.length > MOST_WORDS) return [];
  const meant = await alike(words);
  return combined(words.map((_, nth) => meant.filter((each) => each.nth === nth))).slice(0, most);
}

type Alike = { nth: number; word: string; likeness: number };

async function alike(words: readonly string[]): Promise<Alike[]> {
  const asked = words.map((word, nth) => ({ nth, word, slips: slipsOf(word) }));
  return db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT set_config('pg_trgm.similarity_threshold', ${String(ALIKE)}, true) AS set`;
    return tx.$queryRaw<Alike[]>`
      SELECT t.nth, m.word, m.likeness
      FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS t(nth int, word text, slips text[])
      CROSS JOIN LATERAL (
        SELECT f.word, max(f.likeness)::float8 AS likeness FROM (
          SELECT n.word, similarity(n.word, t.word) AS likeness FROM name_words n WHERE n.word % t.word
          UNION ALL
          SELECT n.word, ${SLIP} FROM name_words n WHERE n.word = ANY (t.slips)) f
        GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${MOST_ALIKE}) m
      ORDER BY 1, 3 DESC, 2`;
  });
}

/** What was meant where two letters changed places or one is too many: of short words too few trigrams are left to tell. */
function slipsOf(word: string): string[] {
  const letters = [...word];
  return letters.flatMap((letter, at) => {
    const [before, after] = [letters.slice(0, at).join(''), letters.slice(at + 1).join('')];
    const next = letters[at + 1];
    const swapped = next === undefined ? [] : [`${before}${next}${letter}${letters.slice(at + 2).join('')}`];
    return [`${before}${after}`, ...swapped];
  });
}

/** Every way to take one of each, the likeliest first. */
function combined(each: readonly Alike[][]): string[] {
  const ways = each.reduce<{ text: string; likeness: number }[]>(
    (made, words) =>
      made.flatMap(({ text, likeness }) =>
        words.map((word) => ({ text: `${text} ${word.word}`.trim(), likeness: likeness + word.likeness })),
      ),
    [{ text: '', likeness: 0 }],
  );
  return ways.sort((one, other) => other.likeness - one.likeness).map(({ text }) => text);
}
