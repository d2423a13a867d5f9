import { afterEach, describe, expect, it, vi } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db, transaction } from '~/lib/db';
import { saveEntity } from '~/lib/entities/entities';
import { listEntities } from '~/lib/entities/list';
import { listCustomers } from '~/lib/people/customers';
import { holderOf, type Person } from '~/lib/people/masking';
import { concealPerson, historyFor, readerOf, revealPerson } from '~/lib/people/reveals';
import { type Reader, sightOf } from '~/lib/people/sight';
import { toEntity } from '~/lib/rails/fintoc/translate-entities';
import { ROLES } from '~/lib/roles';
import { audited } from '~/lib/testing/audited';
import { withTestDatabase } from '~/lib/testing/database';
import {
  fundWallet,
  someCustomer,
  someOperator,
  someSentWithdrawal,
  someWallet,
} from '~/lib/testing/factories';
import { ANYBODY, OUTSIDER } from '~/lib/testing/reader';
import { timelineOf } from '~/lib/transfers/timeline';
import { listWithdrawals } from '~/lib/withdrawals/read';

withTestDatabase();

const reason = 'Verificar la identidad de quien llama';
const MINUTE_MS = 60_000;

afterEach(() => {
  vi.useRealTimers();
});

async function aCustomer(): Promise<Person & { subject: 'customer' }> {
  return { subject: 'customer', id: (await someCustomer()).id };
}

async function someEntity(id: string, customerId?: string): Promise<Person> {
  const raw = { id, holder_name: 'Caja', holder_id: 'CAJ010101AB1', is_root: false, mode: 'test' };
  await transaction((tx) => saveEntity(tx, toEntity(raw)));
  if (customerId) await db().entity.update({ where: { id }, data: { customerId } });
  return { subject: 'entity', id };
}

function auditOf({ subject, id }: Person) {
  return audited({ subjectType: subject, subjectId: id, action: { startsWith: 'person.' } });
}

/** As a page reads it: with the reveals that are in force. */
async function sightOfNow(operator: OperatorActor, person: Person | null) {
  return sightOf(await readerOf(operator), person);
}

async function sees(operator: OperatorActor, person: Person | null): Promise<boolean> {
  return (await sightOfNow(operator, person)).seen;
}

describe('personal data', () => {
  it('is seen outright by those whose work needs it, and by nobody else', async () => {
    const person = await aCustomer();
    const seeing = await Promise.all(ROLES.map(async (role) => sees(await someOperator(role), person)));
    expect(ROLES.filter((_, nth) => seeing[nth])).toEqual(['operator', 'approver', 'auditor', 'admin']);
  });

  it('can be revealed by support only: a viewer has no way, and is refused', async () => {
    const person = await aCustomer();
    for (const role of ROLES.filter((name) => name !== 'support')) {
      const operator = await someOperator(role);
      expect((await sightOfNow(operator, person)).revealable).toBeNull();
      await expect(revealPerson(operator, { ...person, reason })).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    expect(await db().reveal.count({ where: { subjectId: person.id } })).toBe(0);
    expect(await auditOf(person)).toEqual([]);
  });

  it('of nobody we know stays masked', async () => {
    const support = await someOperator('support');
    expect(await sightOfNow(support, null)).toEqual({ seen: false, reveal: null, revealable: null });
    const nobody = { subject: 'customer', id: crypto.randomUUID() } as const;
    await expect(revealPerson(support, { ...nobody, reason })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a reveal', () => {
  it('shows this one person to this one operator, and tells the audit log who, whose and why', async () => {
    const [support, colleague] = [await someOperator('support'), await someOperator('support')];
    const [person, other] = [await aCustomer(), await aCustomer()];
    const reveal = await revealPerson(support, { ...person, reason: `  ${reason}\n` });

    expect(await sightOfNow(support, person)).toMatchObject({ seen: true, reveal: { id: reveal.id } });
    expect(await sees(support, other)).toBe(false);
    expect(await sees(colleague, person)).toBe(false);
    expect(await auditOf(person)).toMatchObject([
      { action: 'person.revealed', actorId: support.id, reason, after: { expiresAt: expect.any(String) } },
    ]);
  });

  it('needs a reason that says something', async () => {
    const support = await someOperator('support');
    const person = await aCustomer();
    for (const bad of ['', '          ', 'ayuda', ' a\n\n\n\n\n\n\nb ', 'x'.repeat(501)]) {
      await expect(revealPerson(support, { ...person, reason: bad })).rejects.toMatchObject({
        code: 'invalid',
      });
    }
    expect(await sees(support, person)).toBe(false);
    expect(await auditOf(person)).toEqual([]);
  });

  it('ends by itself after fifteen minutes', async () => {
    const support = await someOperator('support');
    const person = await aCustomer();
    const { at } = await revealPerson(support, { ...person, reason });
    vi.useFakeTimers({ toFake: ['Date'], now: at.getTime() + 15 * MINUTE_MS - 1 });
    expect(await sees(support, person)).toBe(true);
    vi.setSystemTime(at.getTime() + 15 * MINUTE_MS);
    expect(await sees(support, person)).toBe(false);
    await revealPerson(support, { ...person, reason });
    expect(await auditOf(person), 'and is asked for anew').toHaveLength(2);
  });

  it('is ended early by who asked for it, once, and by nobody else', async () => {
    const [support, colleague] = [await someOperator('support'), await someOperator('support')];
    const person = await aCustomer();
    const { id: revealId } = await revealPerson(support, { ...person, reason });
    await concealPerson(colleague, { revealId });
    expect(await sees(support, person)).toBe(true);
    await Promise.all([concealPerson(support, { revealId }), concealPerson(support, { revealId })]);
    expect(await sees(support, person)).toBe(false);
    expect((await auditOf(person)).map(({ action }) => action)).toEqual([
      'person.revealed',
      'person.concealed',
    ]);
  });

  it('asked for twice at once is one', async () => {
    const support = await someOperator('support');
    const person = await aCustomer();
    const asked = Array.from({ length: 5 }, () => revealPerson(support, { ...person, reason }));
    expect(new Set((await Promise.all(asked)).map(({ id }) => id)).size).toBe(1);
    expect(await auditOf(person)).toHaveLength(1);
  });

  it('is over at once for who lost the role', async () => {
    const support = await someOperator('support');
    const person = await aCustomer();
    await revealPerson(support, { ...person, reason });
    expect(await sees({ ...support, role: 'viewer' }, person)).toBe(false);
  });

  it('of an entity is one of its customer; an entity without one stands for itself', async () => {
    const support = await someOperator('support');
    const customer = await aCustomer();
    await revealPerson(support, { ...(await someEntity('ent_theirs', customer.id)), reason });
    expect(await sees(support, customer)).toBe(true);
    expect(await sees(support, holderOf({ id: 'ent_theirs', customerId: customer.id }))).toBe(true);
    const alone = await someEntity('ent_alone');
    await revealPerson(support, { ...alone, reason });
    expect(await sees(support, alone)).toBe(true);
  });

  it("of one withdrawal's beneficiary shows neither another's nor the customer", async () => {
    const support = await someOperator('support');
    const [requester, wallet] = [await someOperator(), await someWallet()];
    await fundWallet(wallet, 50_000n);
    const [one, two] = [
      await someSentWithdrawal(wallet, requester),
      await someSentWithdrawal(wallet, requester),
    ];
    await revealPerson(support, { subject: 'withdrawal', id: one.id, reason });
    expect(await sees(support, { subject: 'withdrawal', id: one.id })).toBe(true);
    expect(await sees(support, { subject: 'withdrawal', id: two.id })).toBe(false);
    expect(await sees(support, { subject: 'customer', id: wallet.customerId ?? '' })).toBe(false);
  });

  it('is refused where so many are open that it would be a harvest', async () => {
    const support = await someOperator('support');
    const people = await Promise.all(Array.from({ length: 21 }, aCustomer));
    for (const person of people.slice(0, 20)) await revealPerson(support, { ...person, reason });
    const [last] = people.slice(-1);
    if (!last) throw new Error('no people');
    await expect(revealPerson(support, { ...last, reason })).rejects.toMatchObject({
      code: 'too_many_reveals',
    });
  });

  it('is told in the history to who may read the audit log, and to nobody else', async () => {
    const support = await someOperator('support');
    const person = await aCustomer();
    await revealPerson(support, { ...person, reason });
    const kindsFor = async (role: 'support' | 'operator' | 'auditor') => {
      const history = await timelineOf('customer', person.id);
      return (await historyFor(await someOperator(role), { person }, history)).map(({ kind }) => kind);
    };
    expect(await kindsFor('auditor')).toEqual(['customer.created', 'person.revealed']);
    expect(await kindsFor('operator')).toEqual(['customer.created']);
    expect(await kindsFor('support')).toEqual(['customer.created']);
  });
});

describe('Postgres itself', () => {
  it('keeps reveals as they were, and takes none without a reason or for longer', async () => {
    const support = await someOperator('support');
    const person = await aCustomer();
    const { id, at } = await revealPerson(support, { ...person, reason });
    const later = new Date(at.getTime() + 16 * MINUTE_MS);
    await expect(db().reveal.update({ where: { id }, data: { reason: 'another reason' } })).rejects.toThrow();
    await expect(db().reveal.update({ where: { id }, data: { expiresAt: later } })).rejects.toThrow();
    await expect(db().reveal.delete({ where: { id } })).rejects.toThrow();
    const data = { operatorId: support.id, subjectType: 'customer', subjectId: person.id, at };
    await expect(db().reveal.create({ data: { ...data, reason, expiresAt: later } })).rejects.toThrow();
    const soon = new Date(at.getTime() + MINUTE_MS);
    await expect(
      db().reveal.create({ data: { ...data, reason: ' '.repeat(20), expiresAt: soon } }),
    ).rejects.toThrow();
    await db().reveal.create({ data: { ...data, reason, expiresAt: soon } });
  });
});

describe('searching', () => {
  it('lets nobody find out letter by letter what they may not see', async () => {
    const { taxId } = await someCustomer({ taxId: 'GODE561231GR8' });
    await someEntity('ent_searched');
    const [requester, wallet] = [await someOperator(), await someWallet()];
    await fundWallet(wallet, 50_000n);
    const { destination } = await someSentWithdrawal(wallet, requester);
    const find = async (cut: number, reader: Reader) => [
      (await listCustomers(reader, { text: taxId.slice(0, cut) })).items.length,
      (await listEntities(reader, { text: 'CAJ010101AB1'.slice(0, cut) })).items.length > 0,
      (await listWithdrawals(reader, { text: destination.slice(0, cut) })).items.length > 0,
    ];
    // What stands sealed is found by its whole value, by whoever sees it as well.
    expect(await find(-1, ANYBODY)).toEqual([0, true, true]);
    expect(await find(-1, OUTSIDER)).toEqual([0, false, false]);
    expect(await find(99, OUTSIDER)).toEqual([1, true, true]);
  });
});
