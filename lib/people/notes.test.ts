import { expect, it } from 'vitest';
import { openedEntries } from '~/lib/audit/sealed';
import { db } from '~/lib/db';
import { addNote, listNotes } from '~/lib/people/notes';
import { withTestDatabase } from '~/lib/testing/database';
import { someCustomer, someOperator } from '~/lib/testing/factories';
import { ANYBODY } from '~/lib/testing/reader';

withTestDatabase();

it('a note stands beside its record, and leaves one audit row of it', async () => {
  const support = await someOperator('support');
  const { id } = await someCustomer();
  await addNote(support, { subjectType: 'customer', subjectId: id, body: ' Llamó por su saldo. ' });
  expect(await listNotes(ANYBODY, 'customer', id)).toEqual([
    expect.objectContaining({ body: 'Llamó por su saldo.', operator: { name: support.name } }),
  ]);
  const audited = await db().auditEntry.findMany({ where: { action: 'note.added' } });
  expect(JSON.stringify([audited.map(({ after }) => after), await db().note.findMany()])).not.toContain(
    'saldo',
  );
  expect(await openedEntries(db(), audited)).toEqual([
    expect.objectContaining({
      actorId: support.id,
      subjectType: 'customer',
      subjectId: id,
      after: { body: 'Llamó por su saldo.' },
    }),
  ]);
});

it('who may not write one leaves neither', async () => {
  const viewer = await someOperator('viewer');
  const { id } = await someCustomer();
  await expect(addNote(viewer, { subjectType: 'customer', subjectId: id, body: 'No' })).rejects.toEqual(
    expect.objectContaining({ code: 'forbidden' }),
  );
  expect(await listNotes(ANYBODY, 'customer', id)).toEqual([]);
  expect(await db().auditEntry.count({ where: { actorId: viewer.id } })).toBe(0);
});
