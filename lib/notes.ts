import { authorize, type OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';

export type NoteSubject = 'wallet' | 'customer' | 'withdrawal' | 'transfer' | 'entity';

/** A remark of the staff beside a record; it stays as it was written. */
export async function addNote(
  actor: OperatorActor,
  input: { subjectType: NoteSubject; subjectId: string; body: string },
) {
  authorize(actor, 'notes:write');
  const { subjectType, subjectId, body } = input;
  return db().note.create({ data: { subjectType, subjectId, body: body.trim(), operatorId: actor.id } });
}

export function listNotes(subjectType: NoteSubject, subjectId: string) {
  return db().note.findMany({
    where: { subjectType, subjectId },
    orderBy: { createdAt: 'desc' },
    take: 100,
    include: { operator: { select: { name: true } } },
  });
}
