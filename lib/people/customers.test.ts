import { expect, test } from 'vitest';
import { system } from '~/lib/actor';
import { openedEntries } from '~/lib/audit/sealed';
import { db, transaction } from '~/lib/db';
import { saveEntity } from '~/lib/entities/entities';
import { linkEntity } from '~/lib/entities/links';
import { changeCustomer, createCustomer, getCustomerRow } from '~/lib/people/customers';
import { createPortfolio } from '~/lib/people/portfolios';
import { toEntity } from '~/lib/rails/fintoc/translate-entities';
import { withTestDatabase } from '~/lib/testing/database';
import { someCustomer, someOperator } from '~/lib/testing/factories';

withTestDatabase();

const WRONG = 'MUAD800101AB1';
const RIGHT = 'MUAD800101AB2';
const audits = async (id: string) =>
  openedEntries(
    db(),
    await db().auditEntry.findMany({ where: { action: 'customer.changed', subjectId: id } }),
  );

async function entityOf(holderId: string): Promise<string> {
  const id = `ent_${crypto.randomUUID()}`;
  const raw = { id, holder_name: 'Ana', holder_id: holderId, is_root: false, mode: 'test' };
  await transaction((tx) => saveEntity(tx, toEntity(raw)));
  return id;
}

test('a customer is corrected by who may register one, with before and after on record', async () => {
  const { id: customerId } = await someCustomer({ name: 'Anna', taxId: WRONG });
  const change = { customerId, name: ' Ana  Muñoz ', taxId: ' muad-800101-ab2', email: 'ana@ejemplo.mx' };
  const operator = await someOperator();
  await expect(changeCustomer({ ...operator, role: 'support' }, change)).rejects.toMatchObject({
    code: 'forbidden',
  });
  await changeCustomer(operator, change);
  expect(await getCustomerRow(operator, customerId)).toMatchObject({
    name: 'Ana Muñoz',
    taxId: RIGHT,
    email: 'ana@ejemplo.mx',
    phone: null,
  });
  // Sent twice, or with nothing changed, nothing was done.
  await changeCustomer(operator, change);
  expect(await audits(customerId)).toMatchObject([
    {
      actorId: operator.id,
      before: { name: 'Anna', taxId: WRONG },
      after: { name: 'Ana Muñoz', taxId: RIGHT },
    },
  ]);
});

test('a customer is kept in one form, however they were typed, and has a name that can be read', async () => {
  const operator = await someOperator();
  const customer = (facts: { name: string; taxId: string; country: 'mx' | 'cl' }) =>
    createCustomer(operator, { kind: 'individual', requestId: crypto.randomUUID(), ...facts });
  const name = '\u202eAna\u200b Nun\u0303ez\0\ud800';
  await expect(customer({ name, taxId: '012.345.678\u22125', country: 'cl' })).resolves.toMatchObject({
    name: 'Ana Nuñez\ufffd',
    taxId: '12345678-5',
  });
  for (const unseen of ['\u200b', '\u202e\u202c', '\u3164 \u2800', '\0'])
    await expect(customer({ name: unseen, taxId: WRONG, country: 'mx' })).rejects.toMatchObject({
      fields: { name: 'required' },
    });
  await expect(customer({ name: 'P', taxId: 'puto800101\u2014ab1', country: 'mx' })).resolves.toMatchObject({
    taxId: 'PUTO800101AB1',
  });
});

test('a portfolio has a name that can be read, once, however it is typed', async () => {
  const operator = await someOperator();
  const { id: customerId } = await someCustomer();
  const portfolio = (name: string) => createPortfolio(operator, { customerId, name });
  const made = await portfolio('\u202e Nin\u0303ez\u00a0 y\u200b mas ');
  expect(made.name).toBe('Niñez y mas');
  expect((await portfolio('Niñez y mas')).id).toBe(made.id);
  await expect(portfolio('\u200b\u2069')).rejects.toMatchObject({ fields: { name: 'required' } });
});

test('a corrected tax id is checked as a new one is', async () => {
  const { id: customerId } = await someCustomer({ taxId: WRONG });
  const change = (taxId: string) => changeCustomer(system('setup'), { customerId, name: 'A', taxId });
  await expect(change('MUAD801301AB1')).rejects.toMatchObject({ fields: { taxId: 'tax_id_date' } });
  await expect(change('nothing')).rejects.toMatchObject({ fields: { taxId: 'tax_id_format' } });
});

test('a tax id stays once an entity at Fintoc has it; the rest can be corrected', async () => {
  const { id: customerId } = await someCustomer({ taxId: WRONG });
  const entityId = await entityOf(WRONG);
  const operator = await someOperator();
  await transaction((tx) => linkEntity(tx, operator, { entityId, customerId }));
  const change = { customerId, name: 'Ana', phone: '5512345678' };
  await expect(changeCustomer(operator, { ...change, taxId: RIGHT })).rejects.toMatchObject({
    fields: { taxId: 'tax_id_linked' },
  });
  await expect(changeCustomer(operator, { ...change, taxId: 'muad 800101 ab1' })).resolves.toMatchObject({
    taxId: WRONG,
    phone: '5512345678',
  });
});

test('a correction and a link at the same moment never leave an entity of another tax id', async () => {
  const operator = await someOperator();
  for (let round = 0; round < 10; round += 1) {
    const { id: customerId } = await someCustomer({ taxId: WRONG });
    const entityId = await entityOf(WRONG);
    const done = await Promise.allSettled([
      transaction((tx) => linkEntity(tx, operator, { entityId, customerId })),
      changeCustomer(operator, { customerId, name: 'Ana', taxId: RIGHT }),
    ]);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  }
});
