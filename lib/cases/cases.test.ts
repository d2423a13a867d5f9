import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import {
  changeClaim,
  changeClock,
  closeCase,
  handOver,
  type NewCase,
  openCase,
  reopenCase,
} from '~/lib/cases/cases';
import { CASE_SUBJECTS, CASE_TYPES, WAITS_FOR } from '~/lib/cases/kinds';
import { caseSubject, getCase, listCaseOwners, listCases } from '~/lib/cases/read';
import { db } from '~/lib/db';
import { addNote, listNotes } from '~/lib/people/notes';
import { audited } from '~/lib/testing/audited';
import { withTestDatabase } from '~/lib/testing/database';
import { eventsOf } from '~/lib/testing/events';
import {
  fundWallet,
  someCustomer,
  someOperator,
  someSentWithdrawal,
  someWallet,
} from '~/lib/testing/factories';
import { ANYBODY } from '~/lib/testing/reader';
import { tamper } from '~/lib/testing/tampering';
import { CaseType, CaseWaitsFor } from '~/prisma/generated/enums';

withTestDatabase();

let support: OperatorActor;
let other: OperatorActor;
let customerId: string;

beforeAll(async () => {
  [support, other] = [await someOperator('support'), await someOperator('operator')];
  customerId = (await someCustomer()).id;
});

const open = (facts: Partial<NewCase> = {}, actor = support) =>
  openCase(actor, {
    ...{ type: 'other', subjectType: 'customer', subjectId: customerId, note: 'They called' },
    ...{ requestId: randomUUID(), ...facts },
  });

const actsOf = (caseId: string) =>
  db().caseAct.findMany({ where: { caseId }, orderBy: { id: 'asc' }, select: { kind: true, note: true } });

describe('a case', () => {
  it('is opened by support on a customer, is theirs, and is due as the settings say', async () => {
    const { id, ownerId, openedAt, dueAt, waitsFor } = await open({ type: 'fraud' });
    expect({ ownerId, waitsFor }).toEqual({ ownerId: support.id, waitsFor: 'us' });
    expect(dueAt.getTime() - openedAt.getTime()).toBe(4 * 3_600_000);
    expect(await actsOf(id)).toEqual([{ kind: 'opened', note: 'They called' }]);
    expect((await eventsOf('case', id)).map(({ type }) => type)).toEqual(['case.opened']);
    expect(await audited({ subjectType: 'case', subjectId: id })).toMatchObject([
      { action: 'case.opened', actorId: support.id, reason: 'They called' },
    ]);
  });

  it('that is asked for twice is one', async () => {
    const requestId = randomUUID();
    expect((await open({ requestId })).id).toBe((await open({ requestId })).id);
  });

  it('goes from hand to hand, waits for others, is closed and taken up again, and each act stays', async () => {
    const { id: caseId, dueAt } = await open();
    await handOver(support, { caseId, ownerId: other.id, note: 'Needs a return' });
    await changeClock(other, { caseId, waitsFor: 'bank', dueInHours: 168, note: 'Asked their bank' });
    await changeClock(other, { caseId, waitsFor: 'customer' });
    await closeCase(other, { caseId, note: 'The bank found it' });
    await expect(handOver(other, { caseId, ownerId: support.id, note: 'Late' })).rejects.toMatchObject({
      code: 'case_closed',
    });
    await reopenCase(support, { caseId, note: 'It was another one' });
    await expect(reopenCase(support, { caseId, note: 'Twice' })).rejects.toMatchObject({
      code: 'case_closed',
    });
    const found = await getCase(support, caseId);
    expect(found).toMatchObject({ state: 'open', waitsFor: 'us', ownerId: other.id, closedAt: null });
    expect(found.dueAt).not.toEqual(dueAt);
    expect(found.acts.map(({ kind }) => kind)).toEqual([
      ...['opened', 'handed_over', 'clock_changed', 'clock_changed', 'closed', 'reopened'],
    ]);
    expect(found.acts[1]).toMatchObject({ note: 'Needs a return', facts: { ownerId: other.id } });
    expect(found.owners[other.id]).toBe(other.name);
    expect(found.acts[3]?.facts).toEqual({ waitsFor: 'customer', changed: ['waitsFor'] });
  });

  it('has notes of everybody who may write any', async () => {
    const { id } = await open();
    await addNote(support, { subjectType: 'case', subjectId: id, body: 'Called again' });
    await addNote(other, { subjectType: 'case', subjectId: id, body: 'Called back' });
    expect((await listNotes(ANYBODY, 'case', id)).map(({ body }) => body)).toEqual([
      'Called back',
      'Called again',
    ]);
  });

  it('is given only to somebody active who may work on it, and says what is the matter', async () => {
    const viewer = await someOperator('viewer');
    await expect(open({ ownerId: viewer.id })).rejects.toMatchObject({ fields: { ownerId: 'unfit_owner' } });
    await expect(open({ note: '  ' })).rejects.toMatchObject({ fields: { note: 'required' } });
    const { id: caseId } = await open();
    await expect(handOver(support, { caseId, ownerId: support.id, note: 'To me' })).rejects.toMatchObject({
      fields: { ownerId: 'same_owner' },
    });
    await expect(open({ dueInHours: 100_000 })).rejects.toMatchObject({
      fields: { dueInHours: 'due_range' },
    });
    const owners = (await listCaseOwners()).map(({ id }) => id);
    expect(owners).toEqual(expect.arrayContaining([support.id, other.id]));
    expect(owners).not.toContain(viewer.id);
  });

  it('is opened by nobody who only reads, nor on what isn’t there', async () => {
    for (const role of ['viewer', 'auditor'] as const)
      await expect(open({}, await someOperator(role))).rejects.toMatchObject({ code: 'forbidden' });
    for (const subjectType of CASE_SUBJECTS)
      for (const subjectId of [randomUUID(), 'nothing'])
        await expect(open({ subjectType, subjectId })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is changed by its verbs alone: PostgreSQL keeps its acts, and what it was opened as', async () => {
    const { id } = await open();
    const change = (sql: string) => db().$executeRawUnsafe(sql);
    await expect(change(`UPDATE case_acts SET note = 'x'`)).rejects.toThrow();
    await expect(change(`DELETE FROM cases WHERE id = '${id}'`)).rejects.toThrow();
    await expect(change(`UPDATE cases SET subject_id = 'x' WHERE id = '${id}'`)).rejects.toThrow();
  });
});

describe('a claim', () => {
  const claim = {
    ...{ trackingKey: ' mban0100 2611 ', operationDay: '2026-11-26', amount: 150_000n },
    ...{ sendingBank: 'BBVA', receivingBank: 'Fintoc', beneficiaryAccount: '012 180 01555555555 9' },
  };

  it('has the fields of a SPEI aclaración, and is put right', async () => {
    const { id: caseId } = await open({ claim });
    const read = await getCase(other, caseId);
    expect(read).toMatchObject({
      ...{ trackingKey: 'MBAN01002611', amount: 150_000n, asset: 'MXN', sendingBank: 'BBVA' },
      ...{ beneficiaryAccount: '012180015555555559', operationDay: new Date('2026-11-26T00:00:00Z') },
    });
    await changeClaim(support, { caseId, claim: { ...claim, amount: 160_000n } });
    const { amount, acts } = await getCase(other, caseId);
    expect(amount).toBe(160_000n);
    expect(acts.at(-1)?.facts.changed).toEqual(['amount']);

    // However they are written, they are the same.
    const spelt = '012\u2212180.01555555555\u00b79';
    await changeClaim(support, {
      caseId,
      claim: { ...claim, amount: 160_000n, trackingKey: 'MBAN-0100\u22122611', beneficiaryAccount: spelt },
    });
    expect((await getCase(other, caseId)).acts.at(-1)?.facts.changed).toEqual([]);
  });

  it('shows somebody else’s account only to who may see it, whatever acts were on it', async () => {
    const { id: caseId } = await open({ claim });
    await changeClaim(support, { caseId, claim: { ...claim, beneficiaryAccount: '072180015555555550' } });
    const seen = JSON.stringify(await getCase(support, caseId), (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    expect(seen).not.toMatch(/012180015555555559|072180015555555550/);
    expect((await getCase(other, caseId)).beneficiaryAccount).toBe('072180015555555550');
  });

  it('begins with what the books know of the payment', async () => {
    const wallet = await someWallet();
    await fundWallet(wallet, 50_000n);
    const { id } = await someSentWithdrawal(wallet, other);
    const subject = { subjectType: 'withdrawal', subjectId: id } as const;
    expect(await caseSubject(other, subject)).toMatchObject({
      ...{ customerId: wallet.customerId, amount: 10_000n, open: [] },
      payment: { direction: 'outbound', beneficiaryAccount: '631969456789123456' },
    });
    expect((await caseSubject(support, subject)).payment?.beneficiaryAccount).toBeNull();
    const { id: caseId } = await open({ ...subject, type: 'withdrawal_claim' });
    expect((await caseSubject(support, subject)).open.map((each) => each.id)).toEqual([caseId]);
  });
});

describe('the list', () => {
  it('has what is open by when it is due, and is narrowed by owner, type and clock', async () => {
    const owner = await someOperator('support');
    const late = await open({ dueInHours: 1, type: 'kyb' }, owner);
    const soon = await open({ dueInHours: 2 }, owner);
    const done = await open({ dueInHours: 3 }, owner);
    await closeCase(owner, { caseId: done.id, note: 'Done' });
    await tamper(`UPDATE cases SET due_at = now() - interval '1 minute' WHERE id = '${late.id}'`);
    const listed = async (filter: Parameters<typeof listCases>[0]) =>
      (await listCases({ ownerId: owner.id, ...filter })).items.map(({ id }) => id);
    expect(await listed({ state: ['open', 'overdue'] })).toEqual([late.id, soon.id]);
    expect(await listed({ state: ['overdue'] })).toEqual([late.id]);
    expect(await listed({ state: ['closed'] })).toEqual([done.id]);
    expect(await listed({ state: ['open', 'closed'] })).toEqual([done.id, soon.id, late.id]);
    expect(await listed({ type: ['kyb'] })).toEqual([late.id]);
    const first = await listCases({ ownerId: owner.id, state: ['open', 'overdue'] }, 1);
    const next = await listCases(
      { ownerId: owner.id, state: ['open', 'overdue'], cursor: first.nextCursor ?? '' },
      1,
    );
    expect([...first.items, ...next.items].map(({ id }) => id)).toEqual([late.id, soon.id]);
  });
});

it('the closed sets are PostgreSQL’s', async () => {
  expect([...CASE_TYPES].sort()).toEqual(Object.values(CaseType).sort());
  expect([...WAITS_FOR].sort()).toEqual(Object.values(CaseWaitsFor).sort());
});
