import { openedReasons } from '~/lib/audit/sealed';
import { db } from '~/lib/db';
import type { Subject } from '~/lib/outbox/subjects';
import { Prisma } from '~/prisma/generated/client';

/** So many of one thing: what is older is in the audit log. */
const MOST = 200;

/** An event with what only the audit log knows of it: the name of who acted, and why. */
export type HistoryRow = {
  id: bigint;
  at: Date;
  type: string;
  actorKind: string;
  /** Null where it is no act that is audited. */
  actorName: string | null;
  reason: string | null;
  /** Which time, of what may happen again; 0 where it happens once. */
  attempt: number;
};

/**
 * What happened to one thing, in its order, the last of it. Who looked at personal data is told apart: only those who may
 * read the audit log see it (lib/people/reveals.ts).
 */
export async function historyOf(
  subject: Subject,
  id: string,
  of: 'the thing' | 'looks at it' = 'the thing',
): Promise<HistoryRow[]> {
  const wanted = of === 'the thing' ? Prisma.sql`NOT LIKE` : Prisma.sql`LIKE`;
  const rows = await db().$queryRaw<HistoryRow[]>`
    SELECT e.id, e.occurred_at AS at, e.type, e.actor_kind AS "actorKind", a.actor_name AS "actorName", a.reason,
           coalesce((e.data->>'attempt')::int, 0) AS attempt
    FROM (
      SELECT * FROM outbox_events
      WHERE subject_kind = ${subject} AND subject_id = ${id} AND type ${wanted} 'person.%'
      ORDER BY id DESC LIMIT ${MOST}) e
    LEFT JOIN audit_entries a ON a.id = e.audit_id
    ORDER BY e.id`;
  return openedReasons(db(), id, rows);
}
