import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { PAGE_SIZE } from '~/lib/pagination';
import { pageOf } from '~/lib/search/page';
import { typedSearch } from '~/lib/search/typed';
import {
  type TransferFilter,
  transferConditions,
  transferSearch,
  type WithdrawalFilter,
  withdrawalConditions,
  withdrawalSearch,
} from '~/lib/transfers/matching';
import { Prisma } from '~/prisma/generated/client';

type WithdrawalPage = WithdrawalFilter & {
  cursor?: string | undefined;
  /** For an inbox: who waits longest comes first. */
  oldestFirst?: boolean | undefined;
  size?: number | undefined;
};

export async function listWithdrawals(filter: WithdrawalPage, size = PAGE_SIZE) {
  const { cursor, oldestFirst = false, text, wholeOnly = true } = filter;
  const typed = await typedSearch(text);
  const { items, nextCursor } = await pageOf(
    {
      from: Prisma.sql`withdrawals d`,
      id: Prisma.sql`d.id`,
      ids: 'uuid',
      by: { column: Prisma.sql`d.created_at`, kind: 'time', direction: oldestFirst ? 'asc' : 'desc' },
      where: withdrawalConditions(filter),
      search: typed && withdrawalSearch(typed, wholeOnly),
      cursor,
    },
    filter.size ?? size,
    (ids) =>
      db().withdrawal.findMany({
        where: { id: { in: ids } },
        include: {
          wallet: {
            select: { id: true, name: true, houseRole: true, customer: { select: { id: true, name: true } } },
          },
          transfer: { select: { id: true, trackingKey: true } },
        },
      }),
  );
  const names = await operatorNames(items.map(({ requestedById }) => requestedById));
  return {
    items: items.map((item) => ({ ...item, requestedBy: names.get(item.requestedById) ?? '' })),
    nextCursor,
  };
}

export type TimelineItem = {
  at: Date;
  /** An audit action (`withdrawal.approved`) or the kind of a ledger transaction (`payout_settled`). */
  kind: string;
  actor: string | null;
  reason: string | null;
  transactionId: bigint | null;
};

export async function getWithdrawal(id: string) {
  const withdrawal = await db().withdrawal.findUnique({
    where: { id },
    include: {
      wallet: { include: { customer: true, terms: true } },
      endings: { orderBy: { at: 'asc' } },
      transfer: { include: { wallet: { select: { id: true, name: true, houseRole: true } } } },
    },
  });
  if (!withdrawal) throw notFound('withdrawal', id);
  const names = await operatorNames(
    [withdrawal.requestedById, withdrawal.approvedById].filter((item) => item !== null),
  );
  return {
    ...withdrawal,
    requestedBy: names.get(withdrawal.requestedById) ?? '',
    approvedBy: withdrawal.approvedById ? (names.get(withdrawal.approvedById) ?? '') : null,
    timeline: await timelineOf('withdrawal', id, { withdrawalId: id }),
  };
}

/**
 * What people did and what the books say, in the order in which we knew. Who looked at personal data is told only to
 * who may read the audit log (lib/reveals.ts).
 */
export async function timelineOf(
  subjectType: string,
  subjectId: string,
  ledger?: { withdrawalId: string } | { transferId: string } | { source: { startsWith: string } },
): Promise<TimelineItem[]> {
  const [audit, transactions] = await Promise.all([
    db().auditEntry.findMany({
      where: { subjectType, subjectId, NOT: { action: { startsWith: 'person.' } } },
      orderBy: { id: 'asc' },
      take: 200,
    }),
    ledger ? db().ledgerTransaction.findMany({ where: ledger, orderBy: { id: 'asc' }, take: 200 }) : [],
  ]);
  return [
    ...audit.map(({ at, action, actorName, reason }) => ({
      at,
      kind: action,
      actor: actorName,
      reason,
      transactionId: null,
    })),
    ...transactions.map(({ postedAt, kind, note, id }) => ({
      at: postedAt,
      kind,
      actor: null,
      reason: note,
      transactionId: id,
    })),
  ].sort((a, b) => momentOf(a) - momentOf(b));
}

/** A posting bears the time at which its database transaction began, the act that caused it the time of its end. */
function momentOf({ at, transactionId }: TimelineItem): number {
  return at.getTime() + (transactionId === null ? 0 : 500);
}

export async function operatorNames(ids: string[]): Promise<Map<string, string>> {
  const operators = await db().operator.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  return new Map(operators.map(({ id, name }) => [id, name]));
}

/** Transfers as Fintoc knows them, newest first. Those whose money waits for an operator: lib/transfers/inbox.ts. */
export async function listTransfers(
  filter: TransferFilter & { cursor?: string | undefined },
  size = PAGE_SIZE,
) {
  return transfersBy({ column: Prisma.sql`f.transacted_at`, kind: 'time', direction: 'desc' }, filter, size);
}

/** Transfers in an order of their own; `beside` is what each has to meet besides the filter. */
export async function transfersBy(
  by: Parameters<typeof pageOf>[0]['by'],
  filter: TransferFilter & { cursor?: string | undefined },
  size: number,
  beside?: Prisma.Sql,
) {
  const { text, wholeOnly = true, cursor } = filter;
  const typed = await typedSearch(text);
  return pageOf(
    {
      from: Prisma.sql`transfers f`,
      id: Prisma.sql`f.id`,
      ids: 'word',
      by,
      where: [beside, ...transferConditions(filter)],
      search: typed && transferSearch(typed, wholeOnly),
      cursor,
    },
    size,
    (ids) =>
      db().transfer.findMany({
        where: { id: { in: ids } },
        include: {
          wallet: {
            select: { id: true, name: true, houseRole: true, customer: { select: { id: true, name: true } } },
          },
        },
      }),
  );
}

export async function getTransferPage(id: string) {
  const transfer = await db().transfer.findUnique({
    where: { id },
    include: { wallet: { include: { customer: true } }, withdrawal: { select: { id: true, status: true } } },
  });
  if (!transfer) throw notFound('transfer', id);
  const unexplained =
    transfer.purpose === 'unexplained'
      ? await db().proofBreak.findFirst({
          where: { transferId: id, kind: 'unexplained_payout' },
          select: { id: true },
        })
      : null;
  const events = await db().webhookEvent.findMany({
    where: { objectId: id },
    orderBy: { receivedAt: 'asc' },
    select: { id: true, type: true, state: true, origin: true, receivedAt: true },
  });
  return { ...transfer, unexplained, events, timeline: await timelineOf('transfer', id, { transferId: id }) };
}
