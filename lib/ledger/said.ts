import { db } from '~/lib/db';
import { typedCause } from '~/lib/ledger/cause';
import { isUuid } from '~/lib/uuid';
import { Prisma } from '~/prisma/generated/client';

/** What is typed into a search of the ledger, and what it may mean besides: whose accounts, whose transactions. */
type Said = { text?: string | undefined; owners?: string[] | undefined };
export type Besides = { transferIds: string[]; withdrawalIds: string[]; owners: string[] };

/** So many accounts that a text finds are sorted; of more, a page is soon met by walking. */
const MOST_SORTED = 20_000;

/** What a text finds, as a condition: the accounts themselves where they are few. */
export async function accountsSaid(filter: Said): Promise<Prisma.Sql | null> {
  if (!filter.text) return null;
  const said = saysAccount(filter);
  const rows = await db().$queryRaw<{ id: bigint }[]>`
    SELECT id FROM ledger_accounts WHERE ${said} LIMIT ${MOST_SORTED + 1}`;
  return rows.length > MOST_SORTED ? said : Prisma.sql`id = ANY (${rows.map(({ id }) => id)}::bigint[])`;
}

/** A part of a code, or whose account it is. */
export function saysAccount({ text, owners = [] }: Said): Prisma.Sql {
  const like = `%${(text ?? '').replace(/[\\%_]/g, (special) => `\\${special}`)}%`;
  return Prisma.sql`(code ILIKE ${like} OR owner_id = ANY (${owners}::text[]))`;
}

/** What a text finds of a transaction, any of it. */
export function transactionsSaid(
  text: string,
  besides: Besides | undefined,
  ofOwners: bigint[],
): Prisma.LedgerTransactionWhereInput[] {
  const { transferIds = [], withdrawalIds = [] } = besides ?? {};
  return [
    ...sameAs(text),
    ...(transferIds.length > 0 ? [{ transferId: { in: transferIds } }] : []),
    ...(withdrawalIds.length > 0 ? [{ withdrawalId: { in: withdrawalIds } }] : []),
    ...(ofOwners.length > 0 ? [{ id: { in: ofOwners } }] : []),
  ];
}

/** The newest so many transactions that moved an account of one of these owners and meet the rest of a filter. */
export async function transactionsOfOwners(
  owners: readonly string[],
  within: Prisma.Sql,
  limit: number,
): Promise<bigint[]> {
  if (owners.length === 0) return [];
  // Of an account the numbers of its entries and of their transactions rise together: each gives its newest few.
  const rows = await db().$queryRaw<{ id: bigint }[]>`
    SELECT DISTINCT n.id FROM ledger_accounts a CROSS JOIN LATERAL (
      SELECT t.id FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
      WHERE e.account_id = a.id AND ${within} ORDER BY e.sequence DESC LIMIT ${limit}) n
    WHERE a.owner_id = ANY (${[...owners]}::text[]) ORDER BY n.id DESC LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

function sameAs(text: string): Prisma.LedgerTransactionWhereInput[] {
  return [
    typedCause(text) ?? { causeId: text },
    { transferId: text },
    { eventId: text },
    ...(isUuid(text) ? [{ withdrawalId: text }] : []),
    ...(/^\d{1,18}$/.test(text) ? [{ id: BigInt(text) }] : []),
  ];
}
