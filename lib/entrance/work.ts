import { db } from '~/lib/db';
import { listAccountProofs, proofSummaries } from '~/lib/proof/read';
import { replicaHealth } from '~/lib/replica';

/** How the work stands that all processes share: counts, and ages in seconds (0 where nothing waits). */
export type Work = {
  database_up: number;
  inbox_waiting: number;
  inbox_oldest_seconds: number;
  inbox_dead: number;
  payouts_waiting: number;
  payouts_oldest_seconds: number;
  deliveries_waiting: number;
  deliveries_oldest_seconds: number;
  postings_total: number;
  proof_age_seconds: number;
  proof_red: number;
  breaks_open: number;
  rail_errors: number;
  workers: number;
  /** NaN where there is no replica, and infinite where it doesn’t say. */
  replica_lag_seconds: number;
  replica_read: number;
};

export async function readWork(): Promise<Work> {
  const [counts, replica, summaries, { items: red }] = await Promise.all([
    readCounts(),
    replicaHealth(),
    proofSummaries(),
    listAccountProofs({ lights: ['red'] }),
  ]);
  const proven = summaries.flatMap(({ provenAt }) => (provenAt ? [provenAt.getTime()] : []));
  return {
    ...counts,
    database_up: 1,
    replica_lag_seconds: replica ? (replica.lagMs ?? Infinity) / 1_000 : Number.NaN,
    replica_read: replica ? Number(replica.state === 'near') : Number.NaN,
    proof_age_seconds: proven.length > 0 ? (Date.now() - Math.min(...proven)) / 1_000 : 0,
    proof_red: red.length,
    breaks_open: summaries.reduce((sum, { open }) => sum + open, 0),
  };
}

type Counts = Omit<
  Work,
  'database_up' | 'proof_age_seconds' | 'proof_red' | 'breaks_open' | 'replica_lag_seconds' | 'replica_read'
>;

async function readCounts(): Promise<Counts> {
  const [row] = await db().$queryRaw<Counts[]>`
    SELECT inbox.*, payouts.*, deliveries.*,
      (SELECT count(*) FROM inbox_events WHERE state = 'dead')::int AS inbox_dead,
      coalesce((SELECT max(id) FROM ledger_transactions), 0)::float8 AS postings_total,
      (SELECT count(*) FROM poll_runs WHERE error IS NOT NULL AND started_at > now() - interval '1 hour')::int AS rail_errors,
      (SELECT count(*) FROM worker_heartbeats WHERE beat_at > now() - interval '20 seconds')::int AS workers
    FROM
      (SELECT count(*)::int AS inbox_waiting,
        coalesce(extract(epoch FROM now() - min(received_at)), 0)::float8 AS inbox_oldest_seconds
       FROM inbox_events WHERE state IN ('received', 'retrying')) inbox,
      (SELECT count(*)::int AS payouts_waiting,
        coalesce(extract(epoch FROM now() - min(updated_at)), 0)::float8 AS payouts_oldest_seconds
       FROM withdrawals WHERE status IN ('queued', 'submitting')) payouts,
      (SELECT count(*)::int AS deliveries_waiting,
        coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS deliveries_oldest_seconds
       FROM webhook_deliveries WHERE state = 'waiting') deliveries`;
  if (!row) throw new Error('A query of counts answers one row.');
  return row;
}
