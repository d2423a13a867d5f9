import {
  APPROVAL_GROUPS,
  type ApprovalAction,
  type ApprovalGroup,
  decidableBy,
  GROUP_OF,
} from '~/lib/approvals/actions';
import type { StepRole } from '~/lib/approvals/rule-words';
import { peopleNeeded, roleNext, stepRole, stepsOf } from '~/lib/approvals/steps';
import { db } from '~/lib/db';
import { type Reader, shownText } from '~/lib/people/sight';
import type { Role } from '~/lib/roles';
import { Prisma } from '~/prisma/generated/client';

/** Whose decision it may wait for. */
export type Decider = { id: string; role: Role };

/**
 * How somebody stands to what waits: they may decide on it, or why they may not. It is their `own`, or their key's; their `role` is
 * another; they are `tied` to who asked, as one of the two made or changed the other's account within a day; or they
 * `said` yes, and somebody else has to as well.
 */
export type Standing = 'decides' | 'own' | 'role' | 'tied' | 'said';

/** The rows of what waits, each with this reader's `standing` to it: the same as PostgreSQL asks of a decision. */
export function waitingSeenBy({ id, role }: Decider): Prisma.Sql {
  return Prisma.sql`(
    SELECT p.*, CASE
      WHEN p.asked_by_id = ${id}::uuid OR k.own THEN 'own'
      WHEN p.action <> ALL (${decidableBy(role)}::text[]) THEN 'role'
      WHEN approval_step_role(p.steps, (SELECT count(*)::int FROM approval_decisions y
        WHERE y.approval_id = p.id AND y.verdict = 'approved')) <> ${stepRole(role)} THEN 'role'
      WHEN k.tied THEN 'tied'
      WHEN EXISTS (SELECT FROM approval_decisions s WHERE s.approval_id = p.id AND s.operator_id = ${id}::uuid) THEN 'said'
      ELSE 'decides' END AS standing
    FROM approvals p
    JOIN (SELECT o.asked_by_id, operators_tied(o.asked_by_id, ${id}::uuid) AS tied,
            key_stands_for(o.asked_by_id, ${id}::uuid) AS own
          FROM (SELECT DISTINCT asked_by_id FROM approvals WHERE state = 'waiting') o OFFSET 0) k USING (asked_by_id)
    WHERE p.state = 'waiting')`;
}

/** How much waits of a kind: for this reader's decision, by their own wish, and for others. */
export type WaitingCount = {
  decides: number;
  own: number;
  others: number;
  /** When the oldest of what this reader decides, and of all else, was asked for. */
  since: { decides: Date | null; others: Date | null };
};
export type WaitingCounts = Record<ApprovalGroup, WaitingCount>;

export async function countWaiting(reader: Decider): Promise<WaitingCounts> {
  const rows = await db().$queryRaw<
    { action: ApprovalAction; standing: Standing; count: number; since: Date }[]
  >`
    SELECT a.action, a.standing, count(*)::int AS count, min(a.asked_at) AS since
    FROM ${waitingSeenBy(reader)} a GROUP BY a.action, a.standing ORDER BY min(a.asked_at)`;
  const counts = Object.fromEntries(
    APPROVAL_GROUPS.map((group): [ApprovalGroup, WaitingCount] => [
      group,
      { decides: 0, own: 0, others: 0, since: { decides: null, others: null } },
    ]),
  ) as WaitingCounts;
  for (const { action, standing, count, since } of rows) {
    const of = counts[GROUP_OF[action]];
    of[standing === 'decides' || standing === 'own' ? standing : 'others'] += count;
    of.since[standing === 'decides' ? 'decides' : 'others'] ??= since;
  }
  return counts;
}

/** How much waits that this reader may decide on. */
export async function countDecidable(reader: Decider): Promise<number> {
  const counts = await countWaiting(reader);
  return APPROVAL_GROUPS.reduce((sum, group) => sum + counts[group].decides, 0);
}

/** How far back an inbox tells what became of what it showed, and of how many at most. */
const ENDED_MINUTES = 60;
const MOST_ENDED = 1_000;

/** How something that waited ended, and by whom; `by` is empty where nobody decided in time. */
export type Ending = {
  id: string;
  ending: 'approved' | 'declined' | 'cancelled' | 'expired';
  by: string;
  at: Date;
};

/** What ended within the last hour, for lists that still show it as waiting. Who called it off only the audit says. */
export async function endedLately(): Promise<Ending[]> {
  return db().$queryRaw<Ending[]>`
    SELECT a.id::text AS id, a.state::text AS ending, a.ended_at AS at,
      coalesce(CASE WHEN a.alone THEN a.asked_by_name END, d.operator_name, c.actor_name, '') AS by
    FROM (SELECT * FROM approvals
      WHERE state <> 'waiting' AND ended_at > now() - make_interval(mins => ${ENDED_MINUTES})
      ORDER BY ended_at DESC LIMIT ${MOST_ENDED}) a
    LEFT JOIN LATERAL (
      SELECT operator_name FROM approval_decisions WHERE approval_id = a.id AND verdict::text = a.state::text
      ORDER BY at DESC LIMIT 1) d ON true
    LEFT JOIN LATERAL (
      SELECT e.actor_name FROM audit_entries e
      WHERE a.state = 'cancelled' AND e.action LIKE '%cancelled'
        AND (e.subject_type, e.subject_id) IN ((a.subject_type, a.subject_id), ('approval', a.id::text))
      ORDER BY e.id DESC LIMIT 1) c ON true`;
}

/**
 * What is asked about each thing of a kind (`operator`, `beneficiary`), or about one alone, and waits, by its id; a
 * beneficiary's is its number.
 */
export async function waitingAbout(
  reader: Reader,
  subjectType: string,
  subjectId?: string,
): Promise<Map<string, Set<ApprovalAction>>> {
  const rows = await db().approval.findMany({
    where: { state: 'waiting', subjectType, ...(subjectId !== undefined && { subjectId }) },
    select: { subjectId: true, action: true },
  });
  const waiting = new Map<string, Set<ApprovalAction>>();
  for (const { subjectId, action } of rows) {
    const id = shownText(reader, null, subjectId);
    waiting.set(id, new Set([...(waiting.get(id) ?? []), action as ApprovalAction]));
  }
  return waiting;
}

/** How many people a waiting thing takes, who approved so far, and which role the next one has to have; null: any. */
export type PeopleOn = { needed: number; approved: string[]; nextRole: StepRole | null };

/** Null where one person is enough, and where nothing waits. */
export async function peopleOn(action: ApprovalAction, subjectId: string): Promise<PeopleOn | null> {
  const waiting = await db().approval.findFirst({
    where: { action, subjectId, state: 'waiting' },
    select: { steps: true, decisions: { where: { verdict: 'approved' }, orderBy: { at: 'asc' } } },
  });
  if (!waiting) return null;
  const steps = stepsOf(waiting.steps);
  const approved = waiting.decisions.map(({ operatorName }) => operatorName);
  const needed = peopleNeeded(steps);
  return needed > 1 ? { needed, approved, nextRole: roleNext(steps, approved.length) } : null;
}
