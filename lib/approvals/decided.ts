import { ACTIONS, type ApprovalAction } from '~/lib/approvals/actions';
import type { Queryable } from '~/lib/db';

/** Whose word ended it, and when; of several people the last. `operatorName`: as it was then. */
export type Decided = {
  verdict: 'approved' | 'declined';
  operatorId: string;
  operatorName: string;
  at: Date;
};

/** When each of these ended, by decision, called off or run out. What waits has none. */
export async function endedOn(
  client: Queryable,
  action: ApprovalAction,
  subjectIds: readonly string[],
): Promise<Map<string, Date>> {
  const rows = await client.$queryRaw<{ subjectId: string; at: Date }[]>`
    SELECT a.subject_id AS "subjectId", max(a.ended_at) AS at FROM approvals a
    WHERE a.action = ${action} AND a.subject_type = ${ACTIONS[action].subject} AND a.subject_id = ANY (${[...subjectIds]}::text[])
      AND a.state <> 'waiting'
    GROUP BY a.subject_id`;
  return new Map(rows.map(({ subjectId, at }) => [subjectId, at]));
}

/** What was decided on each of these, by its subject's id. What waits, was called off or ran out has none. */
export async function decidedOn(
  client: Queryable,
  action: ApprovalAction,
  subjectIds: readonly string[],
): Promise<Map<string, Decided>> {
  const rows = await client.$queryRaw<(Decided & { subjectId: string })[]>`
    SELECT DISTINCT ON (a.subject_id) a.subject_id AS "subjectId", d.verdict::text AS verdict,
      d.operator_id::text AS "operatorId", d.operator_name AS "operatorName", d.at
    FROM approvals a JOIN approval_decisions d ON d.approval_id = a.id AND d.verdict::text = a.state::text
    WHERE a.action = ${action} AND a.subject_type = ${ACTIONS[action].subject} AND a.subject_id = ANY (${[...subjectIds]}::text[])
    ORDER BY a.subject_id, d.at DESC, d.id DESC`;
  return new Map(rows.map(({ subjectId, ...decided }) => [subjectId, decided]));
}
