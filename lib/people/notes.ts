import { authorize, type OperatorActor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { InvalidInputError } from '~/lib/errors';
import { once } from '~/lib/once';
import { openedNotes, sealedNote } from '~/lib/people/kept';
import { personBehind } from '~/lib/people/reveals';
import { type Reader, seesAll, shown } from '~/lib/people/sight';
import { noteOf } from '~/lib/text';
import type { Note } from '~/prisma/generated/client';

export type NoteSubject = 'wallet' | 'customer' | 'withdrawal' | 'transfer' | 'entity' | 'case';

type NewNote = { subjectType: NoteSubject; subjectId: string; body: string };

/** A remark of the staff beside a record; it stays as it was written. */
export async function addNote(
  actor: OperatorActor,
  input: NewNote & { requestId?: string | undefined },
): Promise<Note> {
  authorize(actor, 'notes:write');
  const { requestId, ...given } = input;
  const content = { ...given, body: noteOf(given.body) };
  if (content.body === '') throw new InvalidInputError({ body: 'required' });
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'note.add', requestId, content },
      (id) => tx.note.findUniqueOrThrow({ where: { id } }),
      () => write(tx, actor, content),
    ),
  );
}

async function write(tx: Tx, actor: OperatorActor, { subjectType, subjectId, body }: NewNote): Promise<Note> {
  const kept = subjectType === 'customer' ? await sealedNote(tx, subjectId, body) : body;
  const note = await tx.note.create({
    data: { subjectType, subjectId, body: kept, operatorId: actor.id },
  });
  await recordAudit(tx, actor, {
    action: 'note.added',
    subject: subjectType,
    id: subjectId,
    after: { body: kept },
  });
  return note;
}

/** What the staff noted beside a record, the newest first; of a wallet's notes nobody's reveal shows more. */
export async function listNotes(reader: Reader, subjectType: NoteSubject, subjectId: string) {
  const notes = await db().note.findMany({
    where: { subjectType, subjectId },
    orderBy: { createdAt: 'desc' },
    take: 100,
    include: { operator: { select: { name: true } } },
  });
  const person = seesAll(reader) ? null : await personBehind(subjectType, subjectId);
  return (await openedNotes(db(), notes)).map((note) => shown(reader, 'note', person, note));
}
