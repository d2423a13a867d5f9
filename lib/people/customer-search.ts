import { ownSearch, type Search } from '~/lib/search/page';
import { saysWords, type Typed } from '~/lib/search/typed';
import { Prisma } from '~/prisma/generated/client';

/** How customers `c` are found: by words, and by whole values, for whoever sees them as well: what is sealed is found in no other way. */
export function customerSearch(typed: Typed, wholeValues: Prisma.Sql[]): Search {
  const { whole, uuid } = typed;
  return ownSearch([
    saysWords(Prisma.sql`c.search_text`, typed),
    ...wholeValues,
    Prisma.sql`c.external_id = ${whole}`,
    uuid !== null && Prisma.sql`c.id = ${uuid}::uuid`,
  ]);
}
