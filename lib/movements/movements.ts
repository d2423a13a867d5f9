import { db } from '~/lib/db';
import { movementOrder } from '~/lib/movements/order';
import { type MovementFilter, movementSource } from '~/lib/movements/search';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import { type Reader, type Shown, seesAll, shownAll } from '~/lib/people/sight';
import { late } from '~/lib/replica';
import { type ListTotals, MOST_TOTALLED, totalsOf } from '~/lib/search/totals';
import { Prisma } from '~/prisma/generated/client';

/** One line of a wallet's history as its reader sees it. */
export type Movement = Shown<'movement', Booked>;

/** `amount` is signed: what it changed in the available balance. */
type Booked = {
  id: bigint;
  kind: string;
  asset: string;
  amount: bigint;
  /** Of the wallet's available balance: in this order its movements were booked, without gaps. */
  sequence: bigint;
  /** The wallet's available balance right after it was booked. */
  balanceAfter: bigint;
  effectiveAt: Date;
  postedAt: Date;
  transactionId: bigint;
  walletId: string;
  walletName: string;
  /** What a house wallet is for: its name is told by that, in the reader's language. */
  walletHouseRole: string | null;
  customerId: string | null;
  customerName: string | null;
  transferId: string | null;
  withdrawalId: string | null;
  adjustmentId: string | null;
  holdId: string | null;
  /** Of the withdrawal, transfer, adjustment or hold behind it; null for the platform's own. */
  status: string | null;
  counterpartyName: string | null;
  /** Set when the other side is a house wallet. */
  counterpartyHouseRole: string | null;
  counterpartyNumber: string | null;
  counterpartyBank: string | null;
  trackingKey: string | null;
  referenceId: string | null;
  comment: string | null;
  /** webhook, poll, submission, operator */
  origin: string | null;
};

/**
 * Movements, one page by key: one wallet's in one asset in the order in which they were booked, the latest first, so that each line's
 * balance is the one below it plus its amount; all others by when they happened at the bank.
 */
export const listMovements = late(pageOfMovements);

async function pageOfMovements(
  reader: Reader,
  filter: MovementFilter & { cursor?: string | undefined },
  size = PAGE_SIZE,
): Promise<Page<Movement>> {
  const order = await movementOrder(filter, filter.cursor);
  const source = await movementSource({ ...filter, wholeOnly: !seesAll(reader) }, order, size + 1);
  const rows = await booked(Prisma.sql`${source} ORDER BY ${order.by} LIMIT ${size + 1}`, order.by);
  const { items, nextCursor } = order.page(rows, size);
  return { items: shownAll(reader, 'movement', items), nextCursor };
}

/** Of every wallet that a customer has, so many of those that were opened last are looked at. */
const MOST_WALLETS = 200;

/** The last movements of all of a customer's wallets together, the latest at the bank first. */
export const latestOfCustomer = late(newestOfCustomer);

async function newestOfCustomer(reader: Reader, customerId: string, size: number): Promise<Movement[]> {
  const rows = await booked(
    Prisma.sql`
      SELECT e.id, e.effective_at FROM (
        SELECT w.id FROM wallets w WHERE w.customer_id = ${customerId}::uuid ORDER BY w.created_at DESC LIMIT ${MOST_WALLETS}) w
      JOIN ledger_accounts a ON a.owner_id = w.id::text AND a.bucket = 'available'
      CROSS JOIN LATERAL (
        SELECT l.id, l.effective_at FROM ledger_entries l
        WHERE l.account_id = a.id AND l.wallet_id IS NOT NULL ORDER BY l.sequence DESC LIMIT ${size}) e
      ORDER BY e.effective_at DESC, e.id DESC LIMIT ${size}`,
    Prisma.sql`effective_at DESC, id DESC`,
  );
  return shownAll(reader, 'movement', rows);
}

/**
 * An account's movements as they were booked, the oldest first: those numbered after `after` and up to `through`. Each
 * balance is the one before it plus its amount.
 */
export async function listBooked(
  reader: Reader,
  { accountId, after, through }: { accountId: bigint; after: bigint; through: bigint },
  size: number,
): Promise<Movement[]> {
  const rows = await booked(
    Prisma.sql`
      SELECT e.id, e.sequence FROM ledger_entries e
      WHERE e.account_id = ${accountId} AND e.sequence > ${after} AND e.sequence <= ${through} ORDER BY e.sequence LIMIT ${size}`,
    Prisma.sql`sequence`,
  );
  return shownAll(reader, 'movement', rows);
}

/** Movements with all that is told of them, in an order: `page` is of `id` and what it is ordered by. */
function booked(page: Prisma.Sql, by: Prisma.Sql): Promise<Booked[]> {
  return db().$queryRaw<Booked[]>`
    WITH page AS MATERIALIZED (
      SELECT row_number() OVER (ORDER BY ${by}) AS nth, id FROM (${page}) found)
    SELECT e.id, e.kind, e.asset, CASE a.side WHEN 'debit' THEN e.amount ELSE -e.amount END AS amount,
           e.sequence, e.balance_after AS "balanceAfter", e.effective_at AS "effectiveAt", e.posted_at AS "postedAt",
           t.id AS "transactionId", e.wallet_id AS "walletId", w.name AS "walletName", w.house_role AS "walletHouseRole", w.customer_id AS "customerId",
           c.name AS "customerName",
           coalesce(t.transfer_id, d.transfer_id) AS "transferId", t.withdrawal_id AS "withdrawalId",
           j.id AS "adjustmentId", h.id AS "holdId", coalesce(d.status::text, f.state::text, j.status::text, h.state::text) AS status,
           coalesce(d.beneficiary_name, f.counterparty_name, o.name) AS "counterpartyName", o.house_role AS "counterpartyHouseRole",
           coalesce(d.destination, f.counterparty_number) AS "counterpartyNumber",
           coalesce(d.beneficiary_bank, f.counterparty_bank) AS "counterpartyBank",
           f.tracking_key AS "trackingKey", coalesce(d.reference_id, f.reference_id) AS "referenceId",
           coalesce(t.note, h.reason, d.comment, f.comment) AS comment, f.origin
    FROM page
    JOIN ledger_entries e ON e.id = page.id
    JOIN ledger_accounts a ON a.id = e.account_id
    JOIN ledger_transactions t ON t.id = e.transaction_id
    JOIN wallets w ON w.id = e.wallet_id
    LEFT JOIN customers c ON c.id = w.customer_id
    LEFT JOIN withdrawals d ON d.id = t.withdrawal_id
    LEFT JOIN transfers f ON f.id = coalesce(t.transfer_id, d.transfer_id)
    LEFT JOIN adjustments j ON j.id = CASE t.cause_kind WHEN 'adjustment' THEN t.cause_id::uuid END
    LEFT JOIN holds h ON h.id = CASE t.cause_kind WHEN 'hold' THEN t.cause_id::uuid END
    LEFT JOIN wallets o ON o.id = CASE e.wallet_id WHEN j.from_wallet_id THEN j.to_wallet_id ELSE j.from_wallet_id END
    ORDER BY page.nth`;
}

/** What the movements of a filter come to, in and out apart. */
export const sumMovements = late(sumOfMovements);

async function sumOfMovements(reader: Reader, filter: MovementFilter): Promise<ListTotals> {
  const order = await movementOrder(filter, undefined);
  const source = await movementSource({ ...filter, wholeOnly: !seesAll(reader) }, order, MOST_TOTALLED + 1);
  return totalsOf(Prisma.sql`
    SELECT e.asset, abs(e.amount) AS amount,
      CASE WHEN (a.side = 'debit') = (e.amount > 0) THEN 'in' ELSE 'out' END AS direction
    FROM (${source} LIMIT ${MOST_TOTALLED + 1}) found
    JOIN ledger_entries e ON e.id = found.id JOIN ledger_accounts a ON a.id = e.account_id`);
}
