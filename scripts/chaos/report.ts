import type { Query } from './database.ts';
import type { Driver } from './driver.ts';
import type { Fintoc, Json } from './fintoc.ts';
import type { Planted } from './planted.ts';
import type { Restores } from './restores.ts';
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
  planted: Planted;
  restores: Restores;
  forgotten: number;
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
  planted,
  restores,
  forgotten,
}: Run): Promise<string[]> {
  const state: Json = await fintoc.control('GET', '/state');
  const { succeeded = 0, dropped = 0 } = state.deliveries;
  const [ours] = await query<{ events: number; duplicates: number; disorder: number; entries: number }>(`
    SELECT count(*)::int AS events, coalesce(sum(duplicates), 0)::int AS duplicates,
      (SELECT count(*)::int FROM ledger_entries) AS entries,
      (SELECT count(*)::int FROM (
        SELECT occurred_at < max(occurred_at) OVER (ORDER BY received_at, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS late
        FROM inbox_events WHERE origin = 'webhook') w WHERE late) AS disorder
    FROM inbox_events WHERE origin = 'webhook'`);
  const ends = await query<{ status: string; count: number }>(
    'SELECT status::text, count(*)::int FROM withdrawals GROUP BY status ORDER BY count(*) DESC',
  );
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
    ...(await ofTheProof(query, planted)),
    ...ofRestores(restores, forgotten),
    '',
  ];
}

/** What the books found out by themselves, and what was said of it. */
async function ofTheProof(query: Query, { asked }: Planted): Promise<string[]> {
  const counted = async (sql: string) => {
    const rows = await query<{ name: string; count: number }>(sql);
    return listed(Object.fromEntries(rows.map(({ name, count }) => [name, count])));
  };
  const proof = await counted(`
    SELECT 'movements proven' AS name, coalesce(sum(proven_count), 0)::int AS count FROM proof_states
    UNION ALL SELECT kind || ' ' || state, count(*)::int FROM proof_breaks GROUP BY kind, state
    UNION ALL SELECT 'movements retracted', count(*)::int FROM retracted_movements`);
  const strange = await counted(`
    SELECT reason || coalesce(' (' || explained_as || ')', '') AS name, count(*)::int AS count
    FROM unexplained_payouts GROUP BY 1 ORDER BY 2 DESC, 1`);
  const never = await counted(`
    SELECT status::text AS name, count(*)::int AS count FROM withdrawals
    WHERE request_id LIKE 'chaos-bait-%' GROUP BY status`);
  return [
    `proof         ${proof}`,
    `unexplained   ${strange || 'none'}`,
    `never came    ${asked} asked for; ${never || 'none'}`,
  ];
}

function ofRestores({ count, lapses }: Restores, forgotten: number): string[] {
  if (lapses.length === 0 && count.latest === 0) return [];
  const back = lapses.map(({ from, to }) => `${Math.round((to.getTime() - from.getTime()) / 1_000)} s`);
  return [
    `restores      ${count.latest} to the end, ${count.older} to an older moment (${back.join(', ')} forgotten); ${forgotten} requests gone with them`,
  ];
}

function listed(counts: Record<string, number>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}
