import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { decodeCursor, PAGE_SIZE, toPage } from '~/lib/pagination';
import {
  type TransferFilter,
  transfersMatching,
  type WithdrawalFilter,
  withdrawalsMatching,
} from '~/lib/transfers/matching';

type WithdrawalPage = WithdrawalFilter & {
  cursor?: string | undefined;
  /** For an inbox: who waits longest comes first. */
  oldestFirst?: boolean | undefined;
  size?: number | undefined;
};

export async function listWithdrawals(filter: WithdrawalPage) {
  const { cursor, oldestFirst = false, size = PAGE_SIZE } = filter;
  const after = decodeCursor(cursor, 'uuid');
  const [order, beyond] = oldestFirst ? (['asc', 'gt'] as const) : (['desc', 'lt'] as const);
  const rows = await db().withdrawal.findMany({
    where: {
      AND: [
        withdrawalsMatching(filter),
        after
          ? {
              OR: [
                { createdAt: { [beyond]: after.at } },
                { createdAt: after.at, id: { [beyond]: after.id } },
              ],
            }
          : {},
      ],
    },
    orderBy: [{ createdAt: order }, { id: order }],
    take: size + 1,
    include: {
      wallet: {
        select: { id: true, name: true, houseRole: true, customer: { select: { id: true, name: true } } },
      },
      transfer: { select: { id: true, trackingKey: true } },
    },
  });
  const { items, nextCursor } = toPage(rows, size, ({ createdAt, id }) => ({ at: createdAt, id }));
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
  const from = decodeCursor(filter.cursor, 'word');
  const rows = await db().transfer.findMany({
    where: {
      AND: [
        transfersMatching(filter),
        from
          ? { OR: [{ transactedAt: { lt: from.at } }, { transactedAt: from.at, id: { lt: from.id } }] }
          : {},
      ],
    },
    orderBy: [{ transactedAt: 'desc' }, { id: 'desc' }],
    take: size + 1,
    include: {
      wallet: {
        select: { id: true, name: true, houseRole: true, customer: { select: { id: true, name: true } } },
      },
    },
  });
  return toPage(rows, size, ({ transactedAt, id }) => ({ at: transactedAt, id }));
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
