import { FEW, type Search } from '~/lib/search/page';
import { anyOf, like, ownSearch, saysWords, type Typed } from '~/lib/search/typed';
import { Prisma } from '~/prisma/generated/client';

/** So many digits of a CLABE's beginning or end find it. */
const LEAST_DIGITS = 3;

/** Wallets by their name, their customer's, or their CLABE: its beginning, or its end, which is what lists show. */
export function walletSearch(typed: Typed): Search {
  const own = ownSearch(Prisma.sql`wallets w`, Prisma.sql`w.id`, [
    saysWords(Prisma.sql`w.search_text`, typed),
    typed.uuid !== null && Prisma.sql`w.id = ${typed.uuid}::uuid`,
  ]);
  const customer = anyOf([
    saysWords(Prisma.sql`c.search_text`, typed),
    Prisma.sql`c.external_id = ${typed.whole}`,
  ]);
  const numbers = ownNumber(typed);
  // A deleted CLABE may be another wallet's by now.
  const live = Prisma.sql`n.status <> 'deleted'`;
  return {
    found: [
      ...own.found,
      Prisma.sql`SELECT w.id FROM customers c JOIN wallets w ON w.customer_id = c.id WHERE ${customer}`,
      ...numbers.map(
        (number) =>
          Prisma.sql`SELECT w.id FROM account_numbers n JOIN wallets w ON w.account_number_id = n.id WHERE ${number} AND ${live}`,
      ),
    ],
    matches: anyOf([
      own.matches,
      Prisma.sql`EXISTS (SELECT 1 FROM customers c WHERE c.id = w.customer_id AND ${customer})`,
      numbers.length > 0 &&
        Prisma.sql`EXISTS (SELECT 1 FROM account_numbers n WHERE n.id = w.account_number_id AND ${live} AND ${anyOf(numbers)})`,
    ]),
  };
}

/** Of our own CLABEs `n`, which nobody sees masked: those that begin or end so. */
export function ownNumber({ code }: Typed): Prisma.Sql[] {
  if (!/^\d+$/.test(code) || code.length < LEAST_DIGITS) return [];
  return [
    Prisma.sql`n.number LIKE ${`${like(code)}%`}`,
    Prisma.sql`reverse(n.number) LIKE ${`${[...code].reverse().join('')}%`}`,
  ];
}

/** Wallets that a payment's or an adjustment's list finds by: by their name or their customer's. At most FEW and one. */
export function walletsNamed(typed: Typed): Prisma.Sql {
  return Prisma.sql`
    (SELECT w.id FROM wallets w WHERE ${saysWords(Prisma.sql`w.search_text`, typed)} LIMIT ${FEW + 1})
    UNION ALL
    (SELECT w.id FROM customers c JOIN wallets w ON w.customer_id = c.id
     WHERE ${saysWords(Prisma.sql`c.search_text`, typed)} LIMIT ${FEW + 1})`;
}

/** The same of one wallet. */
export function isWalletNamed(walletId: Prisma.Sql, typed: Typed): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT 1 FROM wallets w LEFT JOIN customers c ON c.id = w.customer_id
    WHERE w.id = ${walletId} AND (${saysWords(Prisma.sql`w.search_text`, typed)} OR ${saysWords(Prisma.sql`c.search_text`, typed)}))`;
}
