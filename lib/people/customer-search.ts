import type { Search } from '~/lib/search/page';
import { anyOf, beginsSo, saysWords, type Typed } from '~/lib/search/typed';
import { Prisma } from '~/prisma/generated/client';

/** How customers `c` are found: by words, and by whole values, for whoever sees them as well: what is sealed is found in no other way. */
export function customerSearch(typed: Typed, wholeValues: Prisma.Sql[]): Search {
  const { whole, uuid } = typed;
  const whoever = [
    ...wholeValues,
    Prisma.sql`c.external_id = ${whole}`,
    uuid !== null && Prisma.sql`c.id = ${uuid}::uuid`,
  ];
  const own = anyOf([saysWords(Prisma.sql`c.search_text`, typed), ...whoever]);
  // What says a word and doesn't begin with it says it behind the first letter, for which a capital stands that nobody types.
  const begins = beginsSo(Prisma.sql`c.search_text COLLATE "C"`, typed);
  const others = anyOf([saysWords(Prisma.sql`('X' || substr(c.search_text, 3))`, typed), ...whoever]);
  return { own, begun: begins && { begins, others }, elsewhere: [], matches: own };
}
