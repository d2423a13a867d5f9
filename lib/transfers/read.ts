import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { decodeCursor, PAGE_SIZE, type Page, toPage } from '~/lib/pagination';
import {
  type TransferFilter,
  transfersMatching,
  type WithdrawalFilter,
  withdrawalsMatching,
} from '~/lib/transfers/matching';
import { Prisma } from '~/prisma/generated/client';

/** One line of a wallet's history. `amount` is signed: what it changed in the available balance. */
export type Movement = {
  id: bigint;
  kind: string;
  asset: string;
  amount: bigint;
  /** The wallet's available balance right after, in posting order. */
  balanceAfter: bigint;
  effectiveAt: Date;
  postedAt: Date;
  transactionId: bigint;
  walletId: string;
  walletName: string;
  customerName: string | null;
  transferId: string | null;
  withdrawalId: string | null;
  /** Of the withdrawal or transfer behind it; null for a movement without a rail. */
  status: string | null;
  counterpartyName: string | null;
  counterpartyNumber: string | null;
  counterpartyBank: string | null;
  trackingKey: string | null;
  referenceId: string | null;
  comment: string | null;
  /** webhook, poll, submission, operator */
  origin: string | null;
};

export type MovementFilter = {
  walletId?: string | undefined;
  from?: Date | undefined;
  /** Exclusive. */
  to?: Date | undefined;
  /** Any of these. */
  kind?: string[] | undefined;
  direction?: 'in' | 'out' | undefined;
  /** Any of these. */
  asset?: string[] | undefined;
  /** Of the absolute amount, inclusive, in the smallest unit. */
  minAmount?: bigint | undefined;
  maxAmount?: bigint | undefined;
  /** Part of a name, CLABE, clave de rastreo, reference or concept, or an id. */
  text?: string | undefined;
  cursor?: string | undefined;
};

/** Movements, newest at the bank first, one page by key. */
export async function listMovements(filter: MovementFilter): Promise<Page<Movement>> {
  const where = Prisma.join([Prisma.sql`e.wallet_id IS NOT NULL`, ...conditions(filter)], ' AND ');
  const rows = await db().$queryRaw<Movement[]>`
    SELECT e.id, e.kind, e.asset, CASE a.side WHEN 'debit' THEN e.amount ELSE -e.amount END AS amount,
           e.balance_after AS "balanceAfter", e.effective_at AS "effectiveAt", e.posted_at AS "postedAt",
           t.id AS "transactionId", e.wallet_id AS "walletId", w.name AS "walletName", c.name AS "customerName",
           coalesce(t.transfer_id, d.transfer_id) AS "transferId", t.withdrawal_id AS "withdrawalId",
           coalesce(d.status::text, f.state::text) AS status,
           coalesce(d.beneficiary_name, f.counterparty_name) AS "counterpartyName",
           coalesce(d.beneficiary_number, f.counterparty_number) AS "counterpartyNumber",
           coalesce(d.beneficiary_bank, f.counterparty_bank) AS "counterpartyBank",
           f.tracking_key AS "trackingKey", coalesce(d.reference_id, f.reference_id) AS "referenceId",
           coalesce(t.note, d.comment, f.comment) AS comment, f.origin
    FROM ledger_entries e
    JOIN ledger_accounts a ON a.id = e.account_id
    JOIN ledger_transactions t ON t.id = e.transaction_id
    JOIN wallets w ON w.id = e.wallet_id
    LEFT JOIN customers c ON c.id = w.customer_id
    LEFT JOIN withdrawals d ON d.id = t.withdrawal_id
    LEFT JOIN transfers f ON f.id = coalesce(t.transfer_id, d.transfer_id)
    WHERE ${where}
    ORDER BY e.effective_at DESC, e.id DESC
    LIMIT ${PAGE_SIZE + 1}`;
  return toPage(rows, PAGE_SIZE, ({ effectiveAt, id }) => ({ at: effectiveAt, id: String(id) }));
}

function conditions(filter: MovementFilter): Prisma.Sql[] {
  const { walletId, from, to, kind, direction, asset, minAmount, maxAmount } = filter;
  const cursor = decodeCursor(filter.cursor);
  const text = filter.text?.trim();
  return [
    walletId && Prisma.sql`e.wallet_id = ${walletId}::uuid`,
    from && Prisma.sql`e.effective_at >= ${from}`,
    to && Prisma.sql`e.effective_at < ${to}`,
    kind && Prisma.sql`e.kind = ANY(${kind})`,
    asset && Prisma.sql`e.asset = ANY(${asset})`,
    direction === 'in' && Prisma.sql`(e.amount < 0) = (a.side = 'credit')`,
    direction === 'out' && Prisma.sql`(e.amount < 0) <> (a.side = 'credit')`,
    minAmount !== undefined && Prisma.sql`abs(e.amount) >= ${minAmount}`,
    maxAmount !== undefined && Prisma.sql`abs(e.amount) <= ${maxAmount}`,
    cursor && Prisma.sql`(e.effective_at, e.id) < (${cursor.at}, ${BigInt(cursor.id)})`,
    text && matchingText(text),
  ].filter((condition) => condition instanceof Prisma.Sql);
}

function matchingText(text: string): Prisma.Sql {
  const like = `%${text.replace(/[\\%_]/g, (special) => `\\${special}`)}%`;
  const bare = text.replace(/\s/g, '');
  return Prisma.sql`(
    f.tracking_key = ${bare} OR f.id = ${bare} OR t.withdrawal_id::text = ${bare}
    OR f.counterparty_number = ${bare} OR d.beneficiary_number = ${bare}
    OR f.reference_id = ${bare} OR d.reference_id = ${bare}
    OR f.counterparty_name ILIKE ${like} OR d.beneficiary_name ILIKE ${like} OR c.name ILIKE ${like}
    OR f.comment ILIKE ${like} OR d.comment ILIKE ${like} OR t.note ILIKE ${like})`;
}

type WithdrawalPage = WithdrawalFilter & {
  cursor?: string | undefined;
  /** For an inbox: who waits longest comes first. */
  oldestFirst?: boolean | undefined;
  size?: number | undefined;
};

export async function listWithdrawals(filter: WithdrawalPage) {
  const { cursor, oldestFirst = false, size = PAGE_SIZE } = filter;
  const after = decodeCursor(cursor);
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
      wallet: { select: { id: true, name: true, customer: { select: { id: true, name: true } } } },
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
    include: { wallet: { include: { customer: true, terms: true } }, transfer: true },
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

/** What people did and what the books say, in the order in which we knew. */
export async function timelineOf(
  subjectType: string,
  subjectId: string,
  ledger?: { withdrawalId: string } | { transferId: string },
): Promise<TimelineItem[]> {
  const [audit, transactions] = await Promise.all([
    db().auditEntry.findMany({ where: { subjectType, subjectId }, orderBy: { id: 'asc' }, take: 200 }),
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

async function operatorNames(ids: string[]): Promise<Map<string, string>> {
  const operators = await db().operator.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  return new Map(operators.map(({ id, name }) => [id, name]));
}

/** Transfers as Fintoc knows them, newest first. Those whose money waits for an operator: lib/transfers/inbox.ts. */
export async function listTransfers(filter: TransferFilter & { cursor?: string | undefined }) {
  const from = decodeCursor(filter.cursor);
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
    take: PAGE_SIZE + 1,
    include: { wallet: { select: { id: true, name: true, customer: { select: { id: true, name: true } } } } },
  });
  return toPage(rows, PAGE_SIZE, ({ transactedAt, id }) => ({ at: transactedAt, id }));
}

export async function getTransferPage(id: string) {
  const transfer = await db().transfer.findUnique({
    where: { id },
    include: { wallet: { include: { customer: true } }, withdrawal: { select: { id: true, status: true } } },
  });
  if (!transfer) throw notFound('transfer', id);
  const events = await db().webhookEvent.findMany({
    where: { objectId: id },
    orderBy: { receivedAt: 'asc' },
    select: { id: true, type: true, state: true, receivedAt: true },
  });
  return { ...transfer, events, timeline: await timelineOf('transfer', id, { transferId: id }) };
}
