import { type AuditFilter, listAudit } from '~/lib/audit/read';
import { listJournal } from '~/lib/books/books';
import { db } from '~/lib/db';
import {
  type LedgerAccountFilter,
  type LedgerTransactionFilter,
  listLedgerAccounts,
  sumLedgerAccounts,
} from '~/lib/ledger/read';
import { type Reader, seesAll } from '~/lib/people/sight';
import { late } from '~/lib/replica';
import { saysSeenWords, saysWords, type Typed, typedSearch } from '~/lib/search/typed';
import { transfersOfKey } from '~/lib/transfers/keys';
import { walletsNamed } from '~/lib/wallets/search';
import { PAYOUT_SAYS } from '~/lib/withdrawals/matching';
import { Prisma } from '~/prisma/generated/client';

/** So many things of a kind are looked for under one name. */
const MOST = 200;

const ids = async (query: Prisma.Sql) =>
  (await db().$queryRaw<{ id: string }[]>`SELECT id::text AS id FROM (${query}) f LIMIT ${MOST}`).map(
    ({ id }) => id,
  );

/** Ledger accounts by their code, or by whose wallet it is: its name, or its customer's. */
export async function searchLedgerAccounts(filter: LedgerAccountFilter, size?: number) {
  return listLedgerAccounts(await withOwners(filter), size);
}

/** What those come to, per asset. Null for a text that finds too many. */
export async function sumSearchedAccounts(filter: LedgerAccountFilter) {
  return sumLedgerAccounts(await withOwners(filter));
}

async function withOwners(filter: LedgerAccountFilter): Promise<LedgerAccountFilter> {
  const typed = await typedSearch(filter.text);
  return typed ? { ...filter, owners: await ids(walletsNamed(typed)) } : filter;
}

/** Ledger transactions also by the clave de rastreo of their transfer, or its end, and by whose wallet they are of. */
export const searchLedgerTransactions = late(pageOfTransactions);

async function pageOfTransactions(reader: Reader, filter: LedgerTransactionFilter, size?: number) {
  const typed = await typedSearch(filter.text);
  const transferIds = typed ? await transfersOfKey(typed) : [];
  // A withdrawal's own steps stand under the withdrawal.
  const withdrawals = await db().withdrawal.findMany({
    where: { transferId: { in: transferIds } },
    select: { id: true },
  });
  const owners = typed ? await ids(walletsNamed(typed)) : [];
  const withdrawalIds = withdrawals.map(({ id }) => id);
  return listJournal(reader, { ...filter, besides: { transferIds, withdrawalIds, owners } }, size);
}

export type AuditSearch = AuditFilter & { text?: string | undefined };

/** The audit log by who did it, by the words of what was done, and by what it was done to: its name, or its id's end. */
export const searchAudit = late(pageOfAudit);

async function pageOfAudit(reader: Reader, { text, ...filter }: AuditSearch, size?: number) {
  const typed = await typedSearch(text);
  if (!typed) return listAudit(reader, filter, size);
  const { whole } = typed;
  return listAudit(
    reader,
    { ...filter, about: { ...(await peopleAndThings(typed, !seesAll(reader))), id: whole } },
    size,
  );
}

/** Each by its index; the people who sign in are few. */
async function peopleAndThings(typed: Typed, wholeOnly: boolean) {
  const [operators, customers, wallets, withdrawals, transfers] = await Promise.all([
    ids(
      Prisma.sql`SELECT o.id FROM operators o WHERE ${saysWords(Prisma.sql`search_text(o.name || ' ' || o.email)`, typed)}`,
    ),
    ids(Prisma.sql`SELECT c.id FROM customers c WHERE ${saysWords(Prisma.sql`c.search_text`, typed)}`),
    ids(walletsNamed(typed)),
    ids(Prisma.sql`SELECT d.id FROM withdrawals d WHERE ${saysSeenWords(PAYOUT_SAYS, typed, wholeOnly)}`),
    transfersOfKey(typed),
  ]);
  const subjects = Object.entries({
    operator: operators,
    customer: customers,
    wallet: wallets,
    withdrawal: withdrawals,
    transfer: transfers,
  });
  return {
    actorIds: operators,
    subjects: subjects.flatMap(([type, found]) => found.map((id) => ({ type, id }))),
  };
}
