import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { decodeCursor, PAGE_SIZE, toPage } from '~/lib/pagination';
import { inCausalOrder, type TimelineItem } from '~/lib/timeline';
import {
  type TransferFilter,
  transfersMatching,
  type WithdrawalFilter,
  withdrawalsMatching,
} from '~/lib/transfers/matching';
import { depositsOfKey, sharedKeys } from '~/lib/transfers/shared-keys';

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
      retry: { select: { id: true, status: true } },
    },
  });
  const { items, nextCursor } = toPage(rows, size, ({ createdAt, id }) => ({ at: createdAt, id }));
  const names = await operatorNames(items.map(({ requestedById }) => requestedById));
  return {
    items: items.map((item) => ({ ...item, requestedBy: names.get(item.requestedById) ?? '' })),
    nextCursor,
  };
}

export async function getWithdrawal(id: string) {
  const withdrawal = await db().withdrawal.findUnique({
    where: { id },
    include: {
      wallet: { include: { customer: true, terms: true } },
      endings: { orderBy: { at: 'asc' } },
      retryOf: { select: { id: true, status: true, createdAt: true } },
      retry: { select: { id: true, status: true, createdAt: true } },
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

/** So many of each: what is older is in the audit log and in the ledger. */
const TIMELINE = 200;

/**
 * What people did and what the books say, by what caused what. Who looked at personal data is told only to who may read
 * the audit log (lib/reveals.ts).
 */
export async function timelineOf(
  subjectType: string,
  subjectId: string,
  ledger?: { withdrawalId: string } | { transferId: string } | { source: { startsWith: string } },
): Promise<TimelineItem[]> {
  const [acts, postings] = await Promise.all([
    db().auditEntry.findMany({
      where: { subjectType, subjectId, NOT: { action: { startsWith: 'person.' } } },
      orderBy: { id: 'desc' },
      take: TIMELINE,
    }),
    ledger ? db().ledgerTransaction.findMany({ where: ledger, orderBy: { id: 'desc' }, take: TIMELINE }) : [],
  ]);
  return inCausalOrder(
    acts.reverse().map(({ at, action, actorName, reason }) => ({
      ...{ at, kind: action, actor: actorName, reason, transactionId: null },
    })),
    postings.reverse().map(({ postedAt, kind, note, id, source }) => ({
      ...{ at: postedAt, kind, actor: null, reason: note, transactionId: id, source },
    })),
  );
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
  const { items, nextCursor } = toPage(rows, size, ({ transactedAt, id }) => ({ at: transactedAt, id }));
  const shared = await sharedKeys(items);
  return { items: items.map((item) => ({ ...item, sharesKey: shared.has(item.id) })), nextCursor };
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
  return {
    ...transfer,
    unexplained,
    events,
    ofKey: await depositsOfKey(transfer),
    timeline: await timelineOf('transfer', id, { transferId: id }),
  };
}
