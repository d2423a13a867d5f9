import { db } from '~/lib/db';
import type { EventRow } from '~/lib/outbox/read';
import type { Subject } from '~/lib/outbox/subjects';

/** What happened to one thing, in its order. */
export function eventsOf(subject: Subject, id: string): Promise<EventRow[]> {
  return db().outboxEvent.findMany({
    where: { subjectKind: subject, subjectId: id },
    orderBy: { id: 'asc' },
  });
}
