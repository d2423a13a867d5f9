import type { Query } from './database.ts';
import type { Driver } from './driver.ts';
import type { Fintoc, Json } from './fintoc.ts';
import type { Staff } from './staff.ts';
import type { Storm } from './storm.ts';
import type { Strangers } from './strangers.ts';
import { KINDS, type Member } from './world.ts';

type Run = {
  fintoc: Fintoc;
  query: Query;
  members: Member[];
  storm: Storm;
  strangers: Strangers;
  driver: Driver;
  staff: Staff;
};

/** What happened in a run, as counted where it happened. */
export async function summary({
  fintoc,
  query,
  members,
  storm,
  strangers,
  driver,
  staff,
}: Run): Promise<string[]> {
  const state: Json = await fintoc.control('GET', '/state');
  const { succeeded = 0, dropped = 0 } = state.deliveries;
  const [ours] = await query<{ events: number; duplicates: number; disorder: number; entries: number }>(`
    SELECT count(*)::int AS events, coalesce(sum(duplicates), 0)::int AS duplicates,
      (SELECT count(*)::int FROM ledger_entries) AS entries,
      (SELECT count(*)::int FROM (
        SELECT occurred_at < max(occurred_at) OVER (ORDER BY received_at, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS late
        FROM webhook_events WHERE origin = 'webhook') w WHERE late) AS disorder
    FROM webhook_events WHERE origin = 'webhook'`);
  const ends = await query<{ status: string; count: number }>(
    'SELECT status::text, count(*)::int FROM withdrawals GROUP BY status ORDER BY count(*) DESC',
  );
  const proofs = await query<{ name: string; count: number }>(`
    SELECT 'movements proven' AS name, coalesce(sum(proven_count), 0)::int AS count FROM proof_states
    UNION ALL SELECT kind || ' ' || state, count(*)::int FROM proof_breaks GROUP BY kind, state`);
  const origins = await query<{ origin: string; count: number }>(
    'SELECT origin, count(*)::int FROM transfers GROUP BY origin ORDER BY count(*) DESC',
  );
  const sum = (kind: string, what: 'kills' | 'deaths') =>
    members.filter((member) => member.kind === kind).reduce((total, member) => total + member[what], 0);
  const deaths = KINDS.filter((kind) => sum(kind, 'deaths') > 0);
  const { deposits, returns, withdrawals } = driver.made;
  return [
    '',
    `asked for     ${listed({ deposits, returns, withdrawals, adjustments: staff.adjustments })}`,
    `at Fintoc     ${listed(state.transfers)} transfers, ${state.events} events`,
    `webhooks      ${succeeded} accepted, of ${state.events_accepted} events; ${ours?.duplicates} duplicates, ${ours?.disorder} after later ones, ${dropped} dropped`,
    `planned       ${listed(storm.rules)}`,
    `faults        ${listed(storm.faults) || 'none'}`,
    `strangers     ${listed(strangers.made)}`,
    `kill -9       ${listed(Object.fromEntries(KINDS.map((kind) => [kind, sum(kind, 'kills')])))}`,
    ...(deaths.length > 0
      ? [`by themselves ${listed(Object.fromEntries(deaths.map((kind) => [kind, sum(kind, 'deaths')])))}`]
      : []),
    `withdrawals   ${listed(Object.fromEntries(ends.map(({ status, count }) => [status, count])))}`,
    `learnt by     ${listed(Object.fromEntries(origins.map(({ origin, count }) => [origin, count])))}; ${ours?.entries} ledger entries`,
    `proof         ${listed(Object.fromEntries(proofs.map(({ name, count }) => [name, count])))}`,
    '',
  ];
}

function listed(counts: Record<string, number>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}
