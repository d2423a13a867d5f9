import { db } from '~/lib/db';
import { type Reader, shown } from '~/lib/people/sight';
import { MOST_PAID } from '~/lib/withdrawals/approval-limits';
import { DAY_HOURS } from '~/lib/withdrawals/approval-rule';
import { spelled } from '~/lib/withdrawals/destinations';
import type { WithdrawalStatus } from '~/prisma/generated/enums';

/** So many earlier withdrawals to the same CLABE are asked for the name that they bear. */
const NAMES_READ = 20;
const NAMES_TOLD = 3;
const ALIKE_DAYS = 90;

/** What whoever decides on a withdrawal has to know beyond its own row. */
export type ApprovalFacts = {
  /** How often this CLABE was paid, from any wallet, at most MOST_PAID, and when last; null: never yet. */
  paid: { times: number; last: Date } | null;
  /** When a payment to it was first asked for, and the customers whose wallets paid it, a few of them by name. */
  known: { since: Date; customers: number; names: string[] };
  /** So many others of this wallet to it within 90 days, and what they came to, in the asset's smallest unit. */
  alike: { count: number; amount: bigint };
  /** The latest other name under which the same CLABE was asked for before; null: always the same, or none. */
  otherName: string | null;
  /** The one before it from the same wallet to the same CLABE of the same amount, asked for within a day. */
  sameAs: { id: string; createdAt: Date; status: WithdrawalStatus } | null;
  /** Why nobody may be paid at this CLABE any more: approving is refused. */
  blocked: string | null;
};

type Row = {
  id: string;
  name: string | null;
  times: number;
  last: Date | null;
  names: string[] | null;
  sameId: string | null;
  sameAt: Date | null;
  sameStatus: WithdrawalStatus | null;
  since: Date;
  customers: number;
  customerNames: string[] | null;
  alikeCount: number;
  alikeAmount: bigint;
  blocked: string | null;
};

/**
 * The facts of these withdrawals, by id, in one statement whose cost hangs on how many are asked about and not on how
 * many there are. What ended without a payment counts neither as the same payment nor for a name.
 */
export async function approvalFacts(
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, ApprovalFacts>> {
  if (ids.length === 0) return new Map();
  const rows = await db().$queryRaw<Row[]>`
    WITH asked AS (SELECT * FROM withdrawals WHERE id = ANY (${[...ids]}::uuid[])),
    places AS (
      SELECT c.destination, c.destination_kind, p.times, l.at AS last, b.reason AS blocked, f.since, g.customers, g.names
      FROM (SELECT DISTINCT destination, destination_kind FROM asked) c
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS times FROM (
          SELECT 1 FROM withdrawals d
          WHERE d.destination = c.destination AND d.destination_kind = c.destination_kind AND d.status = 'succeeded'
          LIMIT ${MOST_PAID}) few) p
      LEFT JOIN LATERAL (
        SELECT coalesce(f.transacted_at, d.created_at) AS at
        FROM withdrawals d LEFT JOIN transfers f ON f.id = d.transfer_id
        WHERE d.destination = c.destination AND d.destination_kind = c.destination_kind AND d.status = 'succeeded'
        ORDER BY d.created_at DESC LIMIT 1) l ON true
      LEFT JOIN LATERAL (
        SELECT d.created_at AS since FROM withdrawals d
        WHERE d.destination = c.destination AND d.destination_kind = c.destination_kind
        ORDER BY d.created_at LIMIT 1) f ON true
      CROSS JOIN LATERAL (
        SELECT count(DISTINCT o.customer_id)::int AS customers, (array_agg(DISTINCT u.name))[1:${NAMES_TOLD}] AS names FROM (
          SELECT d.wallet_id FROM withdrawals d
          WHERE d.destination = c.destination AND d.destination_kind = c.destination_kind AND d.status = 'succeeded'
          ORDER BY d.created_at DESC LIMIT ${MOST_PAID}) few
        JOIN wallets o ON o.id = few.wallet_id LEFT JOIN customers u ON u.id = o.customer_id WHERE u.id IS NOT NULL) g
      LEFT JOIN blocked_beneficiaries b ON b.destination = c.destination AND b.destination_kind = c.destination_kind)
    SELECT a.id::text AS id, a.beneficiary_name AS name, c.times, c.last, c.blocked, n.names,
      s.id::text AS "sameId", s.created_at AS "sameAt", s.status::text AS "sameStatus",
      c.since, c.customers, c.names AS "customerNames", k.count AS "alikeCount", k.amount AS "alikeAmount"
    FROM asked a JOIN places c ON c.destination = a.destination AND c.destination_kind = a.destination_kind
    LEFT JOIN LATERAL (
      SELECT array_agg(e.beneficiary_name ORDER BY e.created_at DESC) AS names FROM (
        SELECT d.beneficiary_name, d.created_at FROM withdrawals d
        WHERE d.destination = a.destination AND d.destination_kind = a.destination_kind AND d.created_at <= a.created_at AND d.id <> a.id
          AND d.beneficiary_name IS NOT NULL
          AND d.status NOT IN ('declined', 'cancelled', 'expired', 'failed', 'rejected')
        ORDER BY d.created_at DESC LIMIT ${NAMES_READ}) e) n ON true
    LEFT JOIN LATERAL (
      SELECT d.id, d.created_at, d.status FROM withdrawals d
      WHERE d.wallet_id = a.wallet_id AND d.destination = a.destination AND d.destination_kind = a.destination_kind AND d.amount = a.amount
        AND (d.created_at, d.id) < (a.created_at, a.id)
        AND d.created_at > a.created_at - make_interval(hours => ${DAY_HOURS})
        AND d.status NOT IN ('declined', 'cancelled', 'expired', 'failed', 'rejected')
      ORDER BY d.created_at DESC, d.id DESC LIMIT 1) s ON true
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS count, coalesce(sum(few.amount), 0)::bigint AS amount FROM (
        SELECT d.amount FROM withdrawals d
        WHERE d.destination = a.destination AND d.destination_kind = a.destination_kind AND d.wallet_id = a.wallet_id
          AND d.asset = a.asset AND d.id <> a.id AND d.created_at > a.created_at - make_interval(days => ${ALIKE_DAYS})
          AND d.status NOT IN ('declined', 'cancelled', 'expired', 'failed', 'rejected')
        ORDER BY d.created_at DESC LIMIT ${MOST_PAID}) few) k`;
  return new Map(
    rows.map((row) => [
      row.id,
      shown(reader, 'payoutFacts', { subject: 'withdrawal', id: row.id }, factsOf(row)),
    ]),
  );
}

function factsOf(row: Row): ApprovalFacts {
  const { name, times, last, names, sameId, sameAt, sameStatus, blocked } = row;
  return {
    known: { since: row.since, customers: row.customers, names: row.customerNames ?? [] },
    alike: { count: row.alikeCount, amount: row.alikeAmount },
    paid: last ? { times, last } : null,
    otherName: name === null ? null : (names?.find((other) => spelled(other) !== spelled(name)) ?? null),
    sameAs: sameId && sameAt && sameStatus ? { id: sameId, createdAt: sameAt, status: sameStatus } : null,
    blocked,
  };
}
