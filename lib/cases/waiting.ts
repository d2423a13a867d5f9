import { db } from '~/lib/db';

export type CasesWaiting = {
  /** Open cases of the reader's, and when the first of them is due. */
  own: number;
  ownDue: Date | null;
  /** Those of anybody's that are overdue, and who has the one that is so longest. */
  overdue: number;
  overdueSince: Date | null;
  overdueOwner: string | null;
};

/** Which open cases are somebody's own, and which nobody should wait for any longer. */
export async function casesWaiting({ id }: { id: string }): Promise<CasesWaiting> {
  const [row] = await db().$queryRaw<CasesWaiting[]>`
    SELECT own.*, late.*,
      (SELECT o.name FROM cases c JOIN operators o ON o.id = c.owner_id
        WHERE c.closed_at IS NULL AND c.due_at < now() ORDER BY c.due_at, c.id LIMIT 1) AS "overdueOwner"
    FROM (SELECT count(*)::int AS own, min(due_at) AS "ownDue" FROM cases
      WHERE closed_at IS NULL AND owner_id = ${id}::uuid) own,
    (SELECT count(*)::int AS overdue, min(due_at) AS "overdueSince" FROM cases
      WHERE closed_at IS NULL AND due_at < now()) late`;
  return row ?? { own: 0, ownDue: null, overdue: 0, overdueSince: null, overdueOwner: null };
}
