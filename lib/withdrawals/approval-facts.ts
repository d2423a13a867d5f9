import { db } from '~/lib/db';
import { type Reader, shown } from '~/lib/people/sight';
import { MOST_PAID } from '~/lib/withdrawals/approval-limits';
import { DAY_HOURS } from '~/lib/withdrawals/approval-rule';
import type { WithdrawalStatus } from '~/prisma/generated/enums';

/** So many earlier withdrawals to the same CLABE are asked for the name that they bear. */
const NAMES_READ = 20;

/** What whoever decides on a withdrawal has to know beyond its own row. */
export type ApprovalFacts = {
  /** How often this CLABE was paid, from any wallet, at most MOST_PAID, and when last; null: never yet. */
  paid: { times: number; last: Date } | null;
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
      SELECT c.destination, c.destination_kind, p.times, l.at AS last, b.reason AS blocked
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
      LEFT JOIN blocked_beneficiaries b ON b.destination = c.destination AND b.destination_kind = c.destination_kind)
    SELECT a.id::text AS id, a.beneficiary_name AS name, c.times, c.last, c.blocked, n.names,
      s.id::text AS "sameId", s.created_at AS "sameAt", s.status::text AS "sameStatus"
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
      ORDER BY d.created_at DESC, d.id DESC LIMIT 1) s ON true`;
  return new Map(
    rows.map((row) => [
      row.id,
      shown(reader, 'payoutFacts', { subject: 'withdrawal', id: row.id }, factsOf(row)),
    ]),
  );
}

function factsOf({ name, times, last, names, sameId, sameAt, sameStatus, blocked }: Row): ApprovalFacts {
  return {
    paid: last ? { times, last } : null,
    otherName: name === null ? null : (names?.find((other) => spelled(other) !== spelled(name)) ?? null),
    sameAs: sameId && sameAt && sameStatus ? { id: sameId, createdAt: sameAt, status: sameStatus } : null,
    blocked,
  };
}

/** Banks print names in capitals and without accents: that is no other name. */
function spelled(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
