import type { ApprovalAction } from '~/lib/approvals/actions';
import { STEP_ROLES } from '~/lib/approvals/rule-words';
import { db } from '~/lib/db';

/**
 * Why four eyes may be two: nobody could decide on what somebody asks for, as they are the only one, or made all the others
 * within a day; or all who could have their account by that one's hand alone, which nobody else has seen. After a day
 * PostgreSQL lets those decide, and whether they are other people it can't know.
 */
export type FourEyesOff = { why: 'one_person' | 'made_by_one' | 'made_alone'; name: string };

/** Whether some admin's acts have nobody independent to decide on them; null: all have. */
export async function fourEyesOff(): Promise<FourEyesOff | null> {
  const [row] = await db().$queryRaw<{ name: string; others: number }[]>`
    SELECT o.name, (SELECT count(*)::int FROM operators p
      WHERE p.id <> o.id AND p.disabled_at IS NULL AND operator_decides(p)) AS others
    FROM operators o WHERE o.role = 'admin' AND o.disabled_at IS NULL
      AND NOT EXISTS (SELECT FROM approval_deciders(o.id))
    ORDER BY o.created_at LIMIT 1`;
  if (row) return { why: row.others === 0 ? 'one_person' : 'made_by_one', name: row.name };
  const name = await onlyHand();
  return name === null ? null : { why: 'made_alone', name };
}

/** What lets somebody in, or makes them one who decides. */
const OF_ACCESS: ApprovalAction[] = [
  'operator.enrol',
  'operator.change',
  'operator.password',
  'operator.second_factor',
];

type Given = { to: string; by: string; approvers: string[] };

/** The admin by whose hand alone everybody else who decides is there; null: there is none. */
async function onlyHand(): Promise<string | null> {
  const [deciding, given] = await Promise.all([
    db().operator.findMany({
      where: {
        disabledAt: null,
        OR: [{ role: { in: [...STEP_ROLES] } }, { customRole: { permissions: { has: 'approvals:decide' } } }],
      },
      orderBy: { createdAt: 'asc' },
      select: { id: true, name: true, role: true },
    }),
    db().$queryRaw<Given[]>`
      SELECT DISTINCT ON (a.subject_id) a.subject_id AS to, a.asked_by_id::text AS by,
        ARRAY(SELECT d.operator_id::text FROM approval_decisions d
          WHERE d.approval_id = a.id AND d.verdict = 'approved') AS approvers
      FROM approvals a WHERE a.subject_type = 'operator' AND a.state = 'approved' AND a.action = ANY (${OF_ACCESS})
      ORDER BY a.subject_id, a.ended_at DESC`,
  ]);
  for (const { id, name, role } of deciding) {
    const hand = handOf(id, given);
    const others = deciding.filter((other) => other.id !== id);
    if (role === 'admin' && others.length > 0 && others.every((other) => hand.has(other.id))) return name;
  }
  return null;
}

/** Who has their access of this one, or of others of the same hand, with nobody else to agree. */
function handOf(id: string, given: readonly Given[]): Set<string> {
  const hand = new Set([id]);
  for (let before = 0; before < hand.size; ) {
    before = hand.size;
    for (const { to, by, approvers } of given)
      if (hand.has(by) && approvers.every((approver) => hand.has(approver))) hand.add(to);
  }
  return hand;
}
