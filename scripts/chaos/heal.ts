/** After the storm: waits until nothing is under way any more, and says what still is. */
import { setTimeout as sleep } from 'node:timers/promises';
import { patiently, type Query } from './database.ts';
import { FORGED } from './evidence.ts';
import type { Fintoc, Json } from './fintoc.ts';
import { unproven } from './judge-proofs.ts';
import type { Staff } from './staff.ts';

/** What is still open, by name; nothing is left out that could yet move money. */
export type Open = Record<string, number>;

/** Who decides on what waits, and lets go on what stands still. */
type People = Pick<Staff, 'letGoOn' | 'decideRest' | 'giveUpHopeless'>;
type World = { fintoc: Fintoc; query: Query; staff: People };
type Limits = { withinMs: number; patient: boolean };

const REPORT_MS = 5_000;
/** A payout that its account at Fintoc can't cover would wait for money for ever. */
const HOPELESS_AFTER_MS = 5_000;

export async function heal(world: World, limits: Limits): Promise<Open> {
  const rested = new AbortController();
  const goingOn = world.staff.letGoOn(rested.signal);
  try {
    return await untilAtRest(world, limits);
  } finally {
    rested.abort();
    await goingOn;
  }
}

async function untilAtRest({ fintoc, query, staff }: World, { withinMs, patient }: Limits): Promise<Open> {
  const began = Date.now();
  let told = began;
  for (;;) {
    await staff.decideRest();
    if (!patient) await patiently(() => letPausesEnd(query));
    if (Date.now() - began > HOPELESS_AFTER_MS) await staff.giveUpHopeless();
    const looked = Date.now();
    const open = await patiently(() => whatIsOpen(fintoc, query));
    const left = Object.entries(open).filter(([, count]) => count > 0);
    if (left.length === 0) return {};
    if (Date.now() - began > withinMs) return Object.fromEntries(left);
    if (Date.now() - told > REPORT_MS) {
      told = Date.now();
      console.log(`  still open: ${left.map(([name, count]) => `${count} ${name}`).join(', ')}`);
    }
    // Looking costs as well, the more the longer the run was.
    await sleep(Math.max(500, 3 * (Date.now() - looked)));
  }
}

/**
 * Leases of the dead and pauses between two tries last minutes: here they end after seconds. A lease may be one of
 * the living, only slow: then two work at the same thing, which must do no harm either.
 */
async function letPausesEnd(query: Query): Promise<void> {
  await query(
    `UPDATE inbox_claims SET lease_until = now() - interval '1 s' WHERE lease_until < now() + interval '57 s'`,
  );
  await query(
    `UPDATE inbox_events SET next_attempt_at = now() WHERE state = 'retrying' AND next_attempt_at > now()`,
  );
  await query(`UPDATE withdrawals SET lease_until = now() - interval '1 s'
    WHERE status = 'submitting' AND lease_until BETWEEN now() AND now() + interval '117 s'`);
  await query(`UPDATE withdrawals SET next_attempt_at = now()
    WHERE status IN ('queued', 'submitting') AND next_attempt_at > now()`);
  // A request of ten seconds ago is at Fintoc by now, or nowhere: that it isn't there need not be seen for so long.
  await query(`UPDATE withdrawals SET sent_at = sent_at - interval '16 minutes'
    WHERE status = 'submitting' AND sent_at BETWEEN now() - interval '16 minutes' AND now() - interval '10 s'`);
  await query(`UPDATE transfers SET return_sent_at = return_sent_at - interval '16 minutes'
    WHERE return_requested_at IS NOT NULL AND return_sent_at BETWEEN now() - interval '16 minutes' AND now() - interval '10 s'`);
  await query(`UPDATE proof_states SET next_at = now() WHERE next_at > now() + interval '6 s'`);
  await query(
    `UPDATE queue_items SET lease_until = now() - interval '1 s' WHERE lease_until < now() + interval '15 s'`,
  );
  await query('UPDATE queue_items SET next_attempt_at = now() WHERE next_attempt_at > now()');
  // A poll beats as it goes, and its lease is the longest of all: what the dead one would have found waits for it.
  await query(`UPDATE queue_items SET lease_until = now() - interval '1 s'
    WHERE queue LIKE 'poll.%' AND lease_until BETWEEN now() AND now() + interval '112 s' AND NOT EXISTS (
      SELECT 1 FROM poll_runs WHERE finished_at IS NULL AND beat_at > now() - interval '8 s')`);
  await query(`UPDATE transfers SET return_requested_at = return_requested_at - interval '1 minute'
    WHERE return_requested_at > now() - interval '1 minute'`);
}

async function whatIsOpen(fintoc: Fintoc, query: Query): Promise<Open> {
  const [state, waiting]: Json[] = [
    await fintoc.control('GET', '/state'),
    await fintoc.control('GET', '/waiting'),
  ];
  const [ours] = await query<Record<string, number>>(`
    SELECT (SELECT count(*)::int FROM inbox_events WHERE state IN ('received', 'retrying')) AS "events to take in",
      (SELECT count(*)::int FROM withdrawals WHERE status = 'awaiting_approval') AS "withdrawals to decide on",
      (SELECT count(*)::int FROM adjustments WHERE status = 'awaiting_approval') AS "adjustments to decide on",
      (SELECT count(*)::int FROM approvals WHERE state = 'waiting' AND action LIKE 'deposit.%') AS "deposit requests to decide on",
      (SELECT count(*)::int FROM withdrawal_batches WHERE settled_at IS NULL AND state <> 'draft') AS "batches to end",
      (SELECT count(*)::int FROM schedules WHERE state = 'active' AND next_at <= now()) AS "planned days to ask for",
      (SELECT count(*)::int FROM standstills WHERE state = 'open') AS "standstills to release",
      (SELECT count(*)::int FROM payout_stops WHERE resumed_at IS NULL) AS "stops to let go on",
      (SELECT count(*)::int FROM withdrawals WHERE status = 'queued') AS "withdrawals to send",
      (SELECT count(*)::int FROM withdrawals WHERE status = 'submitting') AS "withdrawals without an answer",
      (SELECT count(*)::int FROM withdrawals WHERE status = 'pending') AS "withdrawals in transit",
      (SELECT count(*)::int FROM transfers WHERE return_requested_at IS NOT NULL) AS "returns to send"`);
  const theirs: Record<string, number> = state.transfers;
  const here = await query<{ state: string; count: number }>(
    `SELECT state::text, count(*)::int FROM transfers
     WHERE tracking_key IS NULL OR tracking_key NOT LIKE $1 GROUP BY state`,
    [`${FORGED}%`],
  );
  const ofState = new Map(here.map(({ state, count }) => [state, count]));
  const statuses = new Set([...Object.keys(theirs), ...ofState.keys()]);
  const otherwise = [...statuses].reduce(
    (sum, status) => sum + Math.abs((theirs[status] ?? 0) - (ofState.get(status) ?? 0)),
    0,
  );
  return {
    'transfers to settle at Fintoc': waiting.transfers,
    'webhooks to deliver': waiting.deliveries,
    ...ours,
    // One that is missing counts once, one that stands otherwise twice.
    'transfers that stand otherwise here': otherwise,
    'accounts to prove': (await unproven(query)).length,
  };
}
