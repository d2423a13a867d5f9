import { alarmSettings } from '~/lib/alarms/settings';
import { shortOfCash } from '~/lib/cash/queued';
import { db } from '~/lib/db';
import { lastLedgerCheck } from '~/lib/proof/ledger-check';
import { ledgerLight, listAccountProofs } from '~/lib/proof/read';

/** What is wrong, one by one. Ids, counts and times alone: it leaves the machine. */
export type Wrong = {
  subject: string;
  /** More than was told is told at once. */
  count?: number;
  since?: Date | null;
  /** Its page in the console. */
  path: string;
};

export type Condition = {
  /** Has its words in the `alarms.kinds` messages of both languages. */
  kind: string;
  find: () => Promise<Wrong[]>;
};

/** So many things of one kind are told one by one; a find beyond them says nothing of the rest. */
export const MOST_OF_A_KIND = 25;

/** A condition that can't be asked is an alarm too: silence would look like calm. */
export const UNASKED = 'condition_failed';

/** What somebody is called for. To add one: a line here, and its words in both languages. */
export const CONDITIONS: readonly Condition[] = [
  { kind: 'proof_red', find: redAccounts },
  { kind: 'break_open', find: openBreaks },
  { kind: 'books_older', find: standingStill },
  { kind: 'payouts_stopped', find: stoppedPayouts },
  { kind: 'cash_short', find: shortAccounts },
  { kind: 'approvals_ending', find: endingApprovals },
  { kind: 'ledger_red', find: brokenRules },
  { kind: 'dead_letters', find: deadLetters },
  { kind: 'withdrawals_failing', find: failingWithdrawals },
  { kind: 'withdrawal_stuck', find: stuckWithdrawals },
  { kind: 'return_stuck', find: stuckReturns },
  { kind: 'event_conflict', find: conflictingEvents },
  { kind: 'webhook_off', find: endpointsOff },
  { kind: 'schedule_refused', find: refusedSchedules },
];

async function redAccounts(): Promise<Wrong[]> {
  const { items } = await listAccountProofs({ lights: ['red'] });
  return items.map(({ id }) => ({ subject: id, path: `/proof/accounts/${id}` }));
}

async function openBreaks(): Promise<Wrong[]> {
  const rows = await db().proofBreak.findMany({
    where: { state: 'open' },
    orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
    take: MOST_OF_A_KIND,
    select: { id: true, openedAt: true },
  });
  return rows.map(({ id, openedAt }) => ({ subject: id, since: openedAt, path: `/proof/breaks/${id}` }));
}

async function stoppedPayouts(): Promise<Wrong[]> {
  const rows = await db().payoutStop.findMany({
    where: { resumedAt: null },
    orderBy: [{ stoppedAt: 'asc' }, { id: 'asc' }],
    take: MOST_OF_A_KIND,
    select: { id: true, stoppedAt: true },
  });
  return rows.map(({ id, stoppedAt }) => ({ subject: id, since: stoppedAt, path: '/cash' }));
}

/** Nothing is paid out until two people let it go. */
async function standingStill(): Promise<Wrong[]> {
  const rows = await db().standstill.findMany({
    where: { state: 'open' },
    select: { id: true, foundAt: true },
  });
  return rows.map(({ id, foundAt }) => ({ subject: id, since: foundAt, path: '/proof/restored' }));
}

/** What is let out waits for a transfer into its account, and not for its turn alone. */
async function shortAccounts(): Promise<Wrong[]> {
  const { submittingMinutes } = await alarmSettings();
  const rows = await shortOfCash(submittingMinutes, MOST_OF_A_KIND);
  return rows.map(({ accountId, since }) => ({ subject: accountId, since, path: '/cash' }));
}

/** So long before nobody may decide any more somebody is told. */
const ENDING_HOURS = 12;

async function endingApprovals(): Promise<Wrong[]> {
  const { _count, _min } = await db().approval.aggregate({
    where: { state: 'waiting', expiresAt: { lt: new Date(Date.now() + ENDING_HOURS * 3_600_000) } },
    _count: true,
    _min: { askedAt: true },
  });
  if (_count === 0) return [];
  return [{ subject: 'approvals', count: _count, since: _min.askedAt, path: '/approvals' }];
}

/** A ledger that nobody has checked for long is as red as one that breaks a rule. */
async function brokenRules(): Promise<Wrong[]> {
  const check = await lastLedgerCheck();
  const rules = [...new Set(check.faults.map(({ rule }) => rule))];
  if (rules.length === 0 && ledgerLight(check) === 'red') rules.push('not_checked');
  return rules.map((rule) => ({ subject: rule, path: '/proof' }));
}

async function deadLetters(): Promise<Wrong[]> {
  const { _count, _min } = await db().inboxEvent.aggregate({
    where: { state: 'dead' },
    _count: true,
    _min: { receivedAt: true },
  });
  if (_count === 0) return [];
  return [{ subject: 'inbox', count: _count, since: _min.receivedAt, path: '/inbox/dead' }];
}

/** Sent, and for so long nobody knows whether it was paid; or ended in a way that nobody here knows. */
async function stuckWithdrawals(): Promise<Wrong[]> {
  const { submittingMinutes } = await alarmSettings();
  const rows = await db().withdrawal.findMany({
    where: {
      OR: [
        { status: 'submitting', submittedAt: { lt: new Date(Date.now() - submittingMinutes * 60_000) } },
        { status: 'pending', failureCode: 'unknown_ending' },
      ],
    },
    orderBy: [{ submittedAt: 'asc' }, { id: 'asc' }],
    take: MOST_OF_A_KIND,
    select: { id: true, submittedAt: true },
  });
  return rows.map(({ id, submittedAt }) => ({
    subject: id,
    since: submittedAt,
    path: `/withdrawals/${id}`,
  }));
}

/** So many of one reason within an hour, and so many times what an hour of the last week had, is no chance. */
const FAILING = { least: 5, times: 3 };

/** Payouts that failed or were rejected within the hour, by reason, where they are more than usual. */
async function failingWithdrawals(): Promise<Wrong[]> {
  const rows = await db().$queryRaw<{ code: string; count: number; since: Date }[]>`
    SELECT h.code, h.count, h.since FROM (
      SELECT coalesce(failure_code, 'unknown') AS code, count(*)::int AS count, min(updated_at) AS since
      FROM withdrawals WHERE status IN ('failed', 'rejected') AND updated_at > now() - interval '1 hour'
      GROUP BY 1 HAVING count(*) >= ${FAILING.least}) h,
    LATERAL (
      SELECT count(*) / (7 * 24.0) AS usual FROM withdrawals
      WHERE status IN ('failed', 'rejected') AND coalesce(failure_code, 'unknown') = h.code
        AND updated_at BETWEEN now() - interval '7 days 1 hour' AND now() - interval '1 hour') w
    WHERE h.count > ${FAILING.times} * w.usual
    ORDER BY h.code LIMIT ${MOST_OF_A_KIND}`;
  return rows.map(({ code, count, since }) => ({ subject: code, count, since, path: '/withdrawals/failed' }));
}

/** Decided to go back, and for so long held by the gate, or without an answer. */
async function stuckReturns(): Promise<Wrong[]> {
  const { submittingMinutes } = await alarmSettings();
  const rows = await db().transfer.findMany({
    where: {
      state: 'succeeded',
      returnRequestedAt: { lt: new Date(Date.now() - submittingMinutes * 60_000) },
    },
    orderBy: [{ returnRequestedAt: 'asc' }, { id: 'asc' }],
    take: MOST_OF_A_KIND,
    select: { id: true, returnRequestedAt: true },
  });
  return rows.map(({ id, returnRequestedAt }) => ({
    subject: id,
    since: returnRequestedAt,
    path: `/deposits/${id}`,
  }));
}

async function conflictingEvents(): Promise<Wrong[]> {
  const rows = await db().inboxConflict.groupBy({
    by: ['eventId'],
    where: { seenAt: null },
    _count: true,
    _min: { receivedAt: true },
    orderBy: { eventId: 'asc' },
    take: MOST_OF_A_KIND,
  });
  return rows.map(({ eventId, _count, _min }) => ({
    subject: eventId,
    count: _count,
    since: _min.receivedAt,
    path: `/inbox/${encodeURIComponent(eventId)}`,
  }));
}

/** Switched off by itself: the platform is told nothing there until somebody looks at it. */
async function endpointsOff(): Promise<Wrong[]> {
  const rows = await db().webhookEndpoint.findMany({
    where: { state: 'off', offReason: { in: ['failing', 'gone'] } },
    orderBy: [{ offSince: 'asc' }, { id: 'asc' }],
    take: MOST_OF_A_KIND,
    select: { id: true, offSince: true },
  });
  return rows.map(({ id, offSince }) => ({ subject: id, since: offSince, path: `/settings/webhooks/${id}` }));
}

/** So long somebody is told of a day that was refused: after it the money went another way, or nobody wants it. */
const REFUSED_DAYS = 7;

/** A scheduled withdrawal that was refused on its day, unless it was cancelled since, or a later day of it went well. */
async function refusedSchedules(): Promise<Wrong[]> {
  const rows = await db().$queryRaw<{ id: string; walletId: string; since: Date }[]>`
    SELECT s.id::text AS id, s.wallet_id::text AS "walletId", r.at AS since
    FROM schedule_runs r JOIN schedules s ON s.id = r.schedule_id
    WHERE r.refusal IS NOT NULL AND r.at > now() - make_interval(days => ${REFUSED_DAYS}) AND s.state <> 'cancelled'
      AND NOT EXISTS (SELECT 1 FROM schedule_runs l WHERE l.schedule_id = r.schedule_id AND l.nth > r.nth)
    ORDER BY r.at, s.id LIMIT ${MOST_OF_A_KIND}`;
  return rows.map(({ id, walletId, since }) => ({
    subject: id,
    since,
    path: `/withdrawals/scheduled?wallet=${walletId}`,
  }));
}
