import { authorize, type OperatorActor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit';
import { db, transaction } from '~/lib/db';

export type NoteSubject = 'wallet' | 'customer' | 'withdrawal' | 'transfer' | 'entity';

/** A remark of the staff beside a record; it stays as it was written. */
export async function addNote(
  actor: OperatorActor,
  input: { subjectType: NoteSubject; subjectId: string; body: string },
) {
  authorize(actor, 'notes:write');
  const { subjectType, subjectId, body } = input;
  return transaction(async (tx) => {
    const note = await tx.note.create({
      data: { subjectType, subjectId, body: body.trim(), operatorId: actor.id },
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
