import { authorize } from '~/lib/actor';
import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { keyset } from '~/lib/keyset';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import { operatorNames } from '~/lib/people/operator-names';
import { type Reader, seesAll } from '~/lib/people/sight';
import { isUuid } from '~/lib/uuid';
import type { Prisma } from '~/prisma/generated/client';
import { StatementFormat, StatementScope, StatementState } from '~/prisma/generated/enums';

export const STATEMENT_SCOPES = Object.values(StatementScope);
export const STATEMENT_FORMATS = Object.values(StatementFormat);
export const STATEMENT_STATES = Object.values(StatementState);

export type StatementFilter = {
  walletId?: string | undefined;
  customerId?: string | undefined;
  portfolioId?: string | undefined;
  state?: StatementState[] | undefined;
  format?: StatementFormat[] | undefined;
  /** Who asked: an operator or a key. */
  askedById?: string | undefined;
  cursor?: string | undefined;
};

const NEWEST = keyset({ createdAt: 'time', id: 'uuid' }, 'desc');

const WHOSE = {
  wallet: {
    select: { id: true, name: true, houseRole: true, customer: { select: { id: true, name: true } } },
  },
  customer: { select: { id: true, name: true } },
  portfolio: { select: { id: true, name: true, customer: { select: { id: true, name: true } } } },
  mails: {
    select: { address: true, state: true, isAttached: true, taken: true },
    orderBy: { id: 'asc' },
  },
} satisfies Prisma.StatementInclude;

type Kept = Prisma.StatementGetPayload<{ include: typeof WHOSE }>;

export type StatementRow = Kept & { askedBy: string | null };

/** Statements that were asked for, the newest first, with whose they are and who asked; for who may take lists away. */
export async function listStatements(
  reader: Reader,
  filter: StatementFilter,
  size = PAGE_SIZE,
): Promise<Page<StatementRow>> {
  authorize(reader, 'lists:export');
  const { walletId, customerId, portfolioId, state, format, askedById, cursor } = filter;
  const rows = await db().statement.findMany({
    where: {
      ...(walletId && { walletId }),
      ...(customerId && { customerId }),
      ...(portfolioId && { portfolioId }),
      ...(state && { state: { in: state } }),
      ...(format && { format: { in: format } }),
      ...(askedById && { askedById }),
      ...NEWEST.where(cursor),
    },
    orderBy: NEWEST.orderBy,
    take: size + 1,
    include: WHOSE,
  });
  return named(reader, NEWEST.page(rows, size));
}

/** One of them. Throws `not_found`. */
export async function getStatement(reader: Reader, id: string): Promise<StatementRow> {
  authorize(reader, 'lists:export');
  const row = isUuid(id) ? await db().statement.findUnique({ where: { id }, include: WHOSE }) : null;
  if (!row) throw notFound('statement', id);
  const {
    items: [found],
  } = await named(reader, { items: [row], nextCursor: null });
  return found as StatementRow;
}

/** With who asked; whom it was mailed to only for who sees everybody. */
async function named(reader: Reader, { items, nextCursor }: Page<Kept>): Promise<Page<StatementRow>> {
  const names = await operatorNames(items.map(({ askedById }) => askedById));
  return {
    items: items.map((row) => ({
      ...row,
      mails: seesAll(reader) ? row.mails : [],
      askedBy: names.get(row.askedById) ?? null,
    })),
    nextCursor,
  };
}
