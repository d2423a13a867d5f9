import { db } from '~/lib/db';
import { keyset } from '~/lib/keyset';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import type { AssetTotal } from '~/lib/search/money';
import { allOf } from '~/lib/search/typed';
import { Prisma } from '~/prisma/generated/client';

export type Debt = {
  /** The ledger account in which it stands. */
  id: string;
  walletId: string;
  walletName: string;
  houseRole: string | null;
  customer: { id: string; name: string } | null;
  asset: string;
  /** What is owed now, what was lent since they owed nothing last, and what of that came back. Smallest unit. */
  owed: bigint;
  lent: bigint;
  repaid: bigint;
  since: Date;
  /** The first deposit of it that went back after it was spent; null where an operator's posting made the debt. */
  transferId: string | null;
  /** When something of it came back last. */
  lastRepaidAt: Date | null;
  /** The plan that pays it in instalments; null where none is active. */
  plan: { id: string; amount: bigint; every: string; nextAt: Date; missed: number } | null;
};

const OLDEST = keyset({ since: 'time', account: 'number' }, 'asc');

type Asked = { asset?: string[] | undefined; cursor?: string | undefined };

/** Who owes for deposits that went back after they were spent, the oldest debt first. Later credits pay them by themselves. */
export async function listDebts({ asset, cursor }: Asked = {}, size = PAGE_SIZE): Promise<Page<Debt>> {
  const within = allOf([
    Prisma.sql`a.bucket = 'receivable' AND a.balance > 0`,
    asset && Prisma.sql`a.asset = ANY (${asset})`,
    // The moment has more digits than a cursor keeps.
    OLDEST.after(cursor, [Prisma.sql`date_trunc('milliseconds', s.since)`, Prisma.sql`a.id`]),
  ]);
  const rows = await db().$queryRaw<Row[]>`
    SELECT a.id AS account, w.id::text AS "walletId", w.name AS "walletName", w.house_role AS "houseRole",
      c.id::text AS "customerId", c.name AS "customerName", a.asset, a.balance AS owed,
      s.lent::bigint AS lent, s.repaid::bigint AS repaid, s.since, s.transfer_id AS "transferId", s.last_repaid_at AS "lastRepaidAt",
      p.id::text AS "planId", p.amount AS "planAmount", p.every, p.next_at AS "nextAt", p.missed
    FROM ledger_accounts a
    JOIN wallets w ON w.id::text = a.owner_id
    LEFT JOIN customers c ON c.id = w.customer_id
    LEFT JOIN debt_plans p ON p.wallet_id = w.id AND p.asset = a.asset AND p.state = 'active'
    CROSS JOIN LATERAL (
      SELECT coalesce(max(e.sequence), 0) AS settled FROM ledger_entries e
      WHERE e.account_id = a.id AND e.balance_after = 0) z
    CROSS JOIN LATERAL (
      SELECT sum(e.amount) FILTER (WHERE e.amount > 0) AS lent, coalesce(-sum(e.amount) FILTER (WHERE e.amount < 0), 0) AS repaid,
        min(e.effective_at) AS since, max(e.effective_at) FILTER (WHERE e.amount < 0) AS last_repaid_at,
        (array_agg(t.transfer_id ORDER BY e.sequence) FILTER (WHERE e.amount > 0))[1] AS transfer_id
      FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
      WHERE e.account_id = a.id AND e.sequence > z.settled) s
    WHERE ${within} ORDER BY date_trunc('milliseconds', s.since), a.id LIMIT ${size + 1}`;
  const { items, nextCursor } = OLDEST.page(rows, size);
  return { items: items.map(debtOf), nextCursor };
}

/** What all of them owe together, asset by asset. */
export function debtTotals(): Promise<AssetTotal[]> {
  return db().$queryRaw<AssetTotal[]>`
    SELECT asset, count(*)::int AS count, sum(balance)::bigint AS amount FROM ledger_accounts
    WHERE bucket = 'receivable' AND balance > 0 GROUP BY asset ORDER BY asset DESC`;
}

type Row = Omit<Debt, 'id' | 'customer' | 'plan'> & {
  account: bigint;
  customerId: string | null;
  customerName: string | null;
  planId: string | null;
  planAmount: bigint | null;
  every: string | null;
  nextAt: Date | null;
  missed: number | null;
};

function debtOf(found: Row): Debt {
  const { account, customerId, customerName, planId, planAmount, every, nextAt, missed, ...row } = found;
  const plan =
    planId && planAmount && every && nextAt
      ? { id: planId, amount: planAmount, every, nextAt, missed: missed ?? 0 }
      : null;
  return {
    ...row,
    id: String(account),
    plan,
    customer: customerId && customerName ? { id: customerId, name: customerName } : null,
  };
}
