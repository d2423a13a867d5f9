import { ownSearch, type Search } from '~/lib/search/page';
import { like, saysWords, type Typed } from '~/lib/search/typed';
import { taxIdSpellings } from '~/lib/tax-id';
import { Prisma } from '~/prisma/generated/client';

/** How customers `c` are found by what was typed. */
export function customerSearch(typed: Typed, wholeOnly: boolean): Search {
  const { whole, uuid, code } = typed;
  return ownSearch([
    saysWords(Prisma.sql`c.search_text`, typed),
    Prisma.sql`c.tax_id = ANY (${taxIdSpellings(whole)})`,
    !wholeOnly && code.length > 2 && Prisma.sql`c.tax_id LIKE ${`${like(code.toUpperCase())}%`}`,
    Prisma.sql`c.external_id = ${whole}`,
    whole.includes('@') && Prisma.sql`lower(c.email) = ${whole.toLowerCase()}`,
    !wholeOnly && whole.length > 2 && Prisma.sql`lower(c.email) LIKE ${`${like(whole.toLowerCase())}%`}`,
    isPhoneOf(whole, wholeOnly),
    uuid !== null && Prisma.sql`c.id = ${uuid}::uuid`,
  ]);
}

/**
 * Whether the customer `c` has the phone that was typed, however each is written: with a country's code, without it, and
 * of Chile without the nine before it. To who sees phones masked a part of one says nothing: theirs is the whole number,
 * which leaves out a country's code of two digits, or in Mexico whatever stands before the ten.
 */
function isPhoneOf(whole: string, wholeOnly: boolean): Prisma.Sql | false {
  const typed = whole.replace(/\D/g, '');
  if (typed.length < LEAST_PHONE || typed.length > MOST_PHONE) return false;
  const kept = Prisma.sql`regexp_replace(c.phone, '\\D', '', 'g')`;
  const digits = Prisma.sql`least(length(${kept}), ${typed.length}::int)`;
  const apart = wholeOnly
    ? Prisma.sql`AND abs(length(${kept}) - ${typed.length}::int) IN (0, 2)`
    : Prisma.empty;
  return Prisma.sql`(right(${kept}, 8) = ${typed.slice(-LEAST_PHONE)} AND (
    (${digits} >= 10 AND right(${kept}, 10) = ${typed.slice(-10)})
    OR (right(${kept}, ${digits}) = right(${typed}, ${digits}) ${apart})))`;
}

/** As `isPhone` takes them (lib/text). */
const [LEAST_PHONE, MOST_PHONE] = [8, 15] as const;
