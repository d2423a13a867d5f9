import type { Queryable } from '~/lib/db';
import { Prisma } from '~/prisma/generated/client';

export type Counted = { count: number; amount: bigint };

/** What of a wallet in one asset has begun in the account that it has now and hasn't ended, in the smallest unit. */
export type InFlight = {
  /** Asked for, waiting, sent, and not final. */
  withdrawals: Counted;
  /** On their way in, as the rail tells of them. */
  deposits: Counted;
  /** On their way back, or decided to go. */
  returns: Counted;
  /** What people asked to do with a deposit and nobody decided on. */
  requests: Counted;
};

export type InFlightKind = keyof InFlight;
export const IN_FLIGHT_KINDS = [
  'withdrawals',
  'deposits',
  'returns',
  'requests',
] as const satisfies InFlightKind[];

type Of = { walletId: string; asset: string };

export async function inFlight(client: Queryable, { walletId, asset }: Of): Promise<InFlight> {
  const rows = await client.$queryRaw<(Counted & { kind: InFlightKind })[]>`
    SELECT 'withdrawals' AS kind, count(*)::int AS count, coalesce(sum(d.amount + d.fee_amount), 0)::bigint AS amount
    FROM withdrawals d WHERE d.wallet_id = ${walletId}::uuid AND d.asset = ${asset}
      AND d.status IN ('awaiting_approval', 'queued', 'submitting', 'pending')
    UNION ALL SELECT 'deposits', count(*)::int, coalesce(sum(f.amount), 0)::bigint
    FROM transfers f WHERE ${isOf(walletId, asset)} AND f.state = 'pending'
    UNION ALL SELECT 'returns', count(*)::int, coalesce(sum(f.amount), 0)::bigint
    FROM transfers f WHERE ${isOf(walletId, asset)} AND (f.state = 'return_pending' OR f.return_requested_at IS NOT NULL)
    UNION ALL SELECT 'requests', count(*)::int, coalesce(sum(f.amount), 0)::bigint
    FROM deposit_requests q JOIN approvals a ON a.id = q.approval_id AND a.state = 'waiting'
    JOIN transfers f ON f.id = q.transfer_id
    WHERE q.wallet_id = ${walletId}::uuid AND f.asset = ${asset}`;
  const none: InFlight = { withdrawals: NONE, deposits: NONE, returns: NONE, requests: NONE };
  for (const { kind, count, amount } of rows) none[kind] = { count, amount };
  return none;
}

const NONE: Counted = { count: 0, amount: 0n };

function isOf(walletId: string, asset: string): Prisma.Sql {
  return Prisma.sql`f.wallet_id = ${walletId}::uuid AND f.asset = ${asset} AND f.direction = 'inbound'`;
}

/** Whether all of it has ended. */
export function isQuiet(standing: InFlight): boolean {
  return IN_FLIGHT_KINDS.every((kind) => standing[kind].count === 0);
}
