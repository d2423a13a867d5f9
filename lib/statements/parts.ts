import { db } from '~/lib/db';
import { MOST_FILES, PDF_LINES } from '~/lib/statements/kinds';
import { Prisma, type Statement } from '~/prisma/generated/client';

/** One file: a wallet in one asset, or a stretch of its lines where they are more than one PDF holds. */
export type Part = {
  walletId: string;
  asset: string;
  /** Of the available balance; null where nothing was ever posted. */
  accountId: bigint | null;
  /** Its lines are numbered from the one after this to `through`: as they were booked, without gaps. */
  after: bigint;
  through: bigint;
  part: number;
  parts: number;
};

/**
 * What a statement consists of, a file each. By when it was booked: so what is in a month is settled once it is over, and
 * a statement that is asked for again says the same. Null for more than a ZIP takes.
 */
export async function partsOf(
  statement: Statement,
  { pdfLines = PDF_LINES }: { pdfLines?: number } = {},
): Promise<Part[] | null> {
  const whole = await stretches(statement);
  if (whole.length > MOST_FILES) return null;
  const parts = statement.format === 'pdf' ? whole.flatMap((part) => cut(part, pdfLines)) : whole;
  return parts.length > MOST_FILES ? null : parts;
}

function stretches(statement: Statement): Promise<Part[]> {
  const { fromAt, toAt, asset, scope } = statement;
  // Who asks for one wallet hears that nothing moved; of many, those with nothing to tell are left out.
  const told = {
    wallet: Prisma.sql`true`,
    customer: Prisma.sql`(through > after OR balance <> 0)`,
    portfolio: Prisma.sql`(through > after OR balance <> 0)`,
    all: Prisma.sql`through > after`,
  }[scope];
  return db().$queryRaw<Part[]>`
    SELECT "walletId", asset, "accountId", after, through, 1 AS part, 1 AS parts
    FROM (
      SELECT h.wallet_id AS "walletId", h.asset, a.id AS "accountId", w.name,
             coalesce(ledger_sequence_at(a.id, ${fromAt}), 0) AS after, coalesce(ledger_sequence_at(a.id, ${toAt}), 0) AS through,
             coalesce((ledger_balance_at(a.id, ${toAt}, 'posted')).balance, 0) AS balance
      FROM wallet_assets h
      JOIN wallets w ON w.id = h.wallet_id
      LEFT JOIN ledger_accounts a ON a.owner_id = h.wallet_id::text AND a.asset = h.asset AND a.bucket = 'available'
      WHERE ${whose(statement)} AND h.state <> 'cancelled' ${asset ? Prisma.sql`AND h.asset = ${asset}` : Prisma.empty}) s
    WHERE ${told} ORDER BY name COLLATE "es-x-icu", "walletId", asset LIMIT ${MOST_FILES + 1}`;
}

function whose({ walletId, customerId, portfolioId, fromAt, toAt }: Statement): Prisma.Sql {
  if (walletId) return Prisma.sql`h.wallet_id = ${walletId}::uuid`;
  if (customerId) return Prisma.sql`w.customer_id = ${customerId}::uuid`;
  if (portfolioId) return Prisma.sql`w.portfolio_id = ${portfolioId}::uuid`;
  // From the entries of the time: far fewer than there are wallets, and found by their block ranges.
  return Prisma.sql`w.kind <> 'house' AND h.wallet_id = ANY (ARRAY(
    SELECT DISTINCT e.wallet_id FROM ledger_entries e
    WHERE e.posted_at >= ${fromAt} AND e.posted_at < ${toAt} AND e.wallet_id IS NOT NULL))`;
}

function cut(whole: Part, most: number): Part[] {
  const lines = Number(whole.through - whole.after);
  const parts = Math.max(1, Math.ceil(lines / most));
  return Array.from({ length: parts }, (_each, nth) => {
    const after = whole.after + BigInt(nth * most);
    const through = nth + 1 === parts ? whole.through : after + BigInt(most);
    return { ...whole, after, through, part: nth + 1, parts };
  });
}
