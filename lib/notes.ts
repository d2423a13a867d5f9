import { authorize, type OperatorActor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit';
import { db, transaction } from '~/lib/db';
import { InvalidInputError } from '~/lib/errors';
import { noteOf } from '~/lib/text';

export type NoteSubject = 'wallet' | 'customer' | 'withdrawal' | 'transfer' | 'entity';

/** A remark of the staff beside a record; it stays as it was written. */
export async function addNote(
  actor: OperatorActor,
  input: { subjectType: NoteSubject; subjectId: string; body: string },
) {
  authorize(actor, 'notes:write');
  const { subjectType, subjectId } = input;
  const body = noteOf(input.body);
  if (body === '') throw new InvalidInputError({ body: 'required' });
  return transaction(async (tx) => {
    const note = await tx.note.create({
      data: { subjectType, subjectId, body, operatorId: actor.id },
    });
    await recordAudit(tx, actor, {
      action: 'note.added',
      subject: subjectType,
      id: subjectId,
      after: { body: note.body },
    });
    return note;
  });
}

export function listNotes(subjectType: NoteSubject, subjectId: string) {
  return db().note.findMany({
    where: { subjectType, subjectId },
    orderBy: { createdAt: 'desc' },
    take: 100,
    include: { operator: { select: { name: true } } },
  });
}
