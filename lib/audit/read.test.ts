import { beforeAll, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { auditChoices, listAudit, namesOfSubjects } from '~/lib/audit/read';
import { transaction } from '~/lib/db';
import { createOperator } from '~/lib/people/access';
import { withTestDatabase } from '~/lib/testing/database';
import { ANYBODY } from '~/lib/testing/reader';

withTestDatabase();

const walletId = (nth: number) => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;

let ana: OperatorActor;

beforeAll(async () => {
  const { id, name } = await createOperator(system('setup'), {
    email: 'ana@monedero.test',
    name: 'Ana',
    role: 'operator',
    password: 'correct horse battery',
  });
  ana = { kind: 'operator', id, name, role: 'operator' };
  await transaction(async (tx) => {
    for (let round = 1; round <= 60; round += 1) {
      const id = walletId(round);
      await recordAudit(tx, ana, { action: 'wallet.frozen', subject: 'wallet', id, reason: 'test' });
    }
    await recordAudit(tx, system('setup'), { action: 'wallet.opened', subject: 'wallet', id: walletId(1) });
  });
});

describe('the audit log', () => {
  it('is read newest first, page by page, each row once', async () => {
    const first = await listAudit(ANYBODY, {});
    const second = await listAudit(ANYBODY, { cursor: first.nextCursor ?? '' });
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((a, b) => (a < b ? 1 : -1)));
    expect(new Set(ids).size).toBe(62);
    expect(second.nextCursor).toBeNull();
  });

  it('tells apart what a person did from what the system did', async () => {
    const byAna = await listAudit(ANYBODY, { actors: [ana.id], subjectId: walletId(1) });
    expect(byAna.items.map(({ action }) => action)).toEqual(['wallet.frozen']);
    const bySystem = await listAudit(ANYBODY, { actors: ['system'], subjects: ['wallet'] });
    expect(bySystem.items.map(({ action }) => action)).toEqual(['wallet.opened']);
  });

  it('filters by action and by time, the end excluded', async () => {
    const { items } = await listAudit(ANYBODY, { actions: ['wallet.opened'] });
    const at = items[0]?.at ?? new Date(0);
    expect((await listAudit(ANYBODY, { actions: ['wallet.opened'], since: at })).items).toHaveLength(1);
    expect((await listAudit(ANYBODY, { actions: ['wallet.opened'], before: at })).items).toHaveLength(0);
  });

  it('starts at the beginning for a cursor that is none', async () => {
    expect((await listAudit(ANYBODY, { cursor: "1' OR 1=1" })).items).toHaveLength(50);
  });

  it('offers the actions and people that it has', async () => {
    const { actions, operators } = await auditChoices();
    expect(actions).toEqual(['operator.created', 'wallet.frozen', 'wallet.opened']);
    expect(operators.map(({ name }) => name)).toEqual(['Ana']);
  });

  it('calls things by their names, and leaves alone what has none', async () => {
    const names = await namesOfSubjects(ANYBODY, [
      { subjectType: 'operator', subjectId: ana.id },
      { subjectType: 'wallet', subjectId: walletId(1) },
      { subjectType: 'setting', subjectId: 'settlementNumber' },
    ]);
    expect([...names]).toEqual([[`operator/${ana.id}`, 'Ana']]);
  });
});
