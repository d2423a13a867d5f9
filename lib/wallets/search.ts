import type { Search } from '~/lib/search/page';
import { anyOf, like, saysWords, type Typed } from '~/lib/search/typed';
import { Prisma } from '~/prisma/generated/client';

/** So many digits of a CLABE's beginning or end find it. */
const LEAST_DIGITS = 3;

/** Wallets by their name, their customer's, or their CLABE, also one from before they moved: its beginning, or its end, which is what lists show. Not `ofCustomers`: whose they are doesn't find them. */
export function walletSearch(typed: Typed, { ofCustomers = true } = {}): Search {
  const own = anyOf([
    saysWords(Prisma.sql`w.search_text`, typed),
    typed.uuid !== null && Prisma.sql`w.id = ${typed.uuid}::uuid`,
  ]);
  const customer =
    ofCustomers &&
    anyOf([saysWords(Prisma.sql`c.search_text`, typed), Prisma.sql`c.external_id = ${typed.whole}`]);
  const numbers = ownNumber(typed);
  // A deleted CLABE may be another wallet's by now.
  const number = numbers.length > 0 && Prisma.sql`n.status <> 'deleted' AND ${anyOf(numbers)}`;
  return {
    own,
    elsewhere: [
      ...(customer
        ? [
            {
              ids: Prisma.sql`SELECT c.id FROM customers c WHERE ${customer}`,
              columns: [Prisma.sql`w.customer_id`],
            },
          ]
        : []),
      ...(number
        ? [
            {
              ids: Prisma.sql`SELECT h.wallet_id FROM account_numbers n JOIN wallet_assets h ON h.account_number_id = n.id WHERE ${number}`,
              columns: [Prisma.sql`w.id`],
            },
            {
              ids: Prisma.sql`SELECT m.wallet_id FROM account_numbers n JOIN pattern_moves m ON m.from_number_id = n.id AND m.state = 'moved' WHERE ${number}`,
              columns: [Prisma.sql`w.id`],
            },
          ]
        : []),
    ],
    matches: anyOf([
      own,
      customer && Prisma.sql`(SELECT ${customer} FROM customers c WHERE c.id = w.customer_id)`,
      number &&
        Prisma.sql`EXISTS (SELECT 1 FROM wallet_assets h JOIN account_numbers n ON n.id = h.account_number_id WHERE h.wallet_id = w.id AND ${number})`,
      number &&
        Prisma.sql`EXISTS (SELECT 1 FROM pattern_moves m JOIN account_numbers n ON n.id = m.from_number_id WHERE m.wallet_id = w.id AND m.state = 'moved' AND ${number})`,
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

/** Wallets that a payment's or an adjustment's list finds by: by their name or their customer's. All of them. */
export function walletsNamed(typed: Typed): Prisma.Sql {
  return Prisma.sql`
    (SELECT w.id FROM wallets w WHERE ${saysWords(Prisma.sql`w.search_text`, typed)})
    UNION ALL
    (SELECT w.id FROM customers c JOIN wallets w ON w.customer_id = c.id
     WHERE ${saysWords(Prisma.sql`c.search_text`, typed)})`;
}

/** The same of one wallet. A scalar: of what exists the planner would look up all that there are, for a few rows. */
export function isWalletNamed(walletId: Prisma.Sql, typed: Typed): Prisma.Sql {
  return Prisma.sql`(
    SELECT ${saysWords(Prisma.sql`w.search_text`, typed)} OR ${saysWords(Prisma.sql`c.search_text`, typed)}
    FROM wallets w LEFT JOIN customers c ON c.id = w.customer_id WHERE w.id = ${walletId})`;
}
