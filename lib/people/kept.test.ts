import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { listAudit } from '~/lib/audit/read';
import { db } from '~/lib/db';
import {
  changeCustomer,
  changeCustomerFields,
  createCustomer,
  getCustomerRow,
  listCustomers,
} from '~/lib/people/customers';
import { sealCustomers } from '~/lib/people/kept';
import { addNote, listNotes } from '~/lib/people/notes';
import { createPortfolio } from '~/lib/people/portfolios';
import { withTestDatabase } from '~/lib/testing/database';
import { everywhere } from '~/lib/testing/everywhere';
import { someOperator } from '~/lib/testing/factories';
import { ANYBODY, OUTSIDER } from '~/lib/testing/reader';
import { tamper } from '~/lib/testing/tampering';

withTestDatabase();

const FIRST = { taxId: 'SELA800101QW5', email: 'sellada.uno@oculto.mx', phone: '+52 55 8765 4321' };
const SECOND = { taxId: 'SELA800102QW4', email: 'sellada.dos@oculto.mx', phone: '+52 55 8765 4322' };

async function sealed(facts = FIRST) {
  const operator = await someOperator();
  const customer = await createCustomer(operator, {
    ...{ kind: 'individual', name: 'Marisela Sellada', country: 'mx', requestId: crypto.randomUUID() },
    ...facts,
  });
  return { operator, customer };
}

describe('what identifies a customer', () => {
  it('stands nowhere in the database as it is, and is told to who may see it', async () => {
    const { operator, customer } = await sealed();
    expect(customer).toMatchObject(FIRST);
    await changeCustomer(operator, { customerId: customer.id, name: 'Marisela Abierta', ...SECOND });
    expect(await getCustomerRow(ANYBODY, customer.id)).toMatchObject({ name: 'Marisela Abierta', ...SECOND });
    const secrets = [FIRST, SECOND].flatMap((each) => Object.values(each));
    for (const secret of [...secrets, '5587654321', '8765 4322'])
      expect(await everywhere(secret), secret).toEqual([]);
    // What can be found so at all.
    expect(await everywhere('Marisela Abierta')).toEqual(['customers']);
    const [changed] = (await listAudit(ANYBODY, { subjectId: customer.id })).items;
    expect(changed).toMatchObject({
      before: { name: 'Marisela Sellada', ...FIRST },
      after: { name: 'Marisela Abierta', ...SECOND },
    });
    const told = inspect(await listAudit(OUTSIDER, { subjectId: customer.id }), { depth: 9 });
    for (const secret of secrets) expect(told).not.toContain(secret);
  });

  it('is no riddle where somebody types what looks sealed', async () => {
    const { operator, customer } = await sealed();
    const { taxIdSealed } = await db().customer.findUniqueOrThrow({ where: { id: customer.id } });
    for (const text of [taxIdSealed, `v1.${crypto.randomUUID()}.AAAA`, 'v1.a.b']) {
      const name = text.slice(0, 60);
      await changeCustomer(operator, { customerId: customer.id, name, ...FIRST });
      await createPortfolio(operator, { customerId: customer.id, name });
      for (const subject of [customer.id, crypto.randomUUID()])
        await addNote(operator, {
          subjectType: subject === customer.id ? 'customer' : 'wallet',
          subjectId: subject,
          body: text,
        });
      expect((await getCustomerRow(ANYBODY, customer.id)).name).toBe(name);
      const { items } = await listAudit(ANYBODY, { subjectId: customer.id });
      expect(items.slice(0, 3)).toMatchObject([
        { after: { body: text } },
        { after: { name } },
        { after: { name } },
      ]);
      expect((await listNotes(ANYBODY, 'customer', customer.id)).map(({ body }) => body)).toContain(text);
    }
  });

  it('that stays the same stays sealed as it was, and is no change', async () => {
    const { operator, customer } = await sealed();
    const row = () => db().customer.findUniqueOrThrow({ where: { id: customer.id } });
    const before = await row();
    await changeCustomerFields(operator, { customerId: customer.id, email: null });
    const after = await row();
    expect(after).toMatchObject({ taxIdSealed: before.taxIdSealed, phoneSealed: before.phoneSealed });
    expect(after).toMatchObject({ emailSealed: null, emailHash: null });
    const told = await db().outboxEvent.findFirstOrThrow({
      where: { subjectId: customer.id, type: 'customer.changed' },
    });
    expect(told.data).toEqual({ kind: 'individual', changed: ['email'] });
  });

  it('doesn’t open in another customer’s row', async () => {
    const [{ customer }, { customer: other }] = [await sealed(), await sealed(SECOND)];
    const { taxIdSealed } = await db().customer.findUniqueOrThrow({ where: { id: customer.id } });
    await db().customer.update({ where: { id: other.id }, data: { taxIdSealed } });
    await expect(getCustomerRow(ANYBODY, other.id)).rejects.toThrow();
  });

  it('is taken by PostgreSQL sealed alone', async () => {
    const { customer } = await sealed();
    for (const data of [
      { taxIdSealed: FIRST.taxId },
      { emailSealed: FIRST.email },
      { phoneSealed: '5512345678' },
    ])
      await expect(db().customer.update({ where: { id: customer.id }, data })).rejects.toThrow(
        'customers_sealed',
      );
  });

  it('of before there were keys is read as it stands, and sealed by the worker', async () => {
    const { operator, customer } = await sealed();
    await tamper('ALTER TABLE customers DROP CONSTRAINT customers_sealed');
    await tamper(
      'UPDATE customers SET tax_id = $2, email = $3, phone = $4, tax_id_hash = NULL, email_hash = NULL, phone_hash = NULL WHERE id = $1',
      [customer.id, FIRST.taxId, FIRST.email, FIRST.phone],
    );
    expect(await getCustomerRow(ANYBODY, customer.id)).toMatchObject(FIRST);
    expect(await everywhere(FIRST.taxId)).toEqual(['customers']);
    expect(await sealCustomers()).toBe(1);
    expect(await sealCustomers()).toBe(0);
    expect(await everywhere(FIRST.taxId)).toEqual([]);
    expect(await getCustomerRow(ANYBODY, customer.id)).toMatchObject(FIRST);
    const { items } = await listCustomers(ANYBODY, { text: FIRST.phone });
    expect(items.map(({ id }) => id)).toContain(customer.id);
    await changeCustomerFields(operator, { customerId: customer.id, name: 'Marisela' });
    expect(await everywhere(FIRST.email)).toEqual([]);
  });
});
