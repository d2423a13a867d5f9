import { beforeEach, describe, expect, it } from 'vitest';
import { authorize, type OperatorActor, system } from '~/lib/actor';
import { makeKey } from '~/lib/api/keys';
import { decidersFor } from '~/lib/approvals/acts';
import { db, transaction } from '~/lib/db';
import { decideApproval } from '~/lib/deciding/registry';
import { changeOperator, createOperator, inviteOperator } from '~/lib/people/access';
import { changeRole, getRole, listRoles, removeRole } from '~/lib/people/custom-roles';
import { askForGuest } from '~/lib/people/guests';
import { askForReset, removeFactor } from '~/lib/people/lost-access';
import { roleOf, WITH_ROLE } from '~/lib/people/role-of';
import { endSessionsOf, openSession, operatorOf } from '~/lib/people/sessions';
import { signIn } from '~/lib/people/sign-in';
import { can, PERMISSION_NAMES, type Permission, type Role } from '~/lib/roles';
import { approveWaiting } from '~/lib/testing/approvals';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, someClabe, someOperator, someRole, someWallet } from '~/lib/testing/factories';
import { withdraw } from '~/lib/testing/journeys';
import { tamper } from '~/lib/testing/tampering';
import { approveWithdrawal } from '~/lib/withdrawals/withdrawals';

withTestDatabase();

const refused = (code: string) => expect.objectContaining({ code });
const SOMEWHERE = { ip: '203.0.113.7', userAgent: '' };
let admin: OperatorActor;
let approver: OperatorActor;
let serial = 0;

beforeEach(async () => {
  await db().operator.updateMany({ data: { disabledAt: new Date() } });
  [admin, approver] = [await someOperator('admin'), await someOperator('approver')];
});

function someName(): string {
  serial += 1;
  return `Tesorería ${serial}`;
}
const waiting = (action: string, subjectId: string) =>
  db().approval.findFirst({ where: { action, subjectId, state: 'waiting' } });

/** What somebody's role is now, as their next request has it. */
async function roleNow({ id }: { id: string }): Promise<Role> {
  return roleOf(await db().operator.findUniqueOrThrow({ where: { id }, include: WITH_ROLE }));
}

async function madeRole(...permissions: Permission[]) {
  const { id } = await changeRole(admin, { name: someName(), permissions });
  await approveWaiting(approver, { action: 'role.change', subjectId: id });
  return getRole(admin, id);
}

/** Gives it, with somebody else’s word. */
async function give({ id }: { id: string }, role: string): Promise<OperatorActor> {
  await changeOperator(admin, { id, role, disabled: false });
  if (await waiting('operator.change', id))
    await approveWaiting(approver, { action: 'operator.change', subjectId: id });
  const { name } = await db().operator.findUniqueOrThrow({ where: { id } });
  return { kind: 'operator', id, name, role: await roleNow({ id }) };
}

describe('a role that people make', () => {
  it('waits for a second person, and lets people do what it says from their next request on', async () => {
    const name = someName();
    const { id } = await changeRole(admin, { name, permissions: ['withdrawals:request', 'people:read'] });
    expect((await listRoles(admin)).map((role) => role.id)).not.toContain(id);
    const approvalId = (await waiting('role.change', id))?.id ?? '';
    await expect(decideApproval(admin, { approvalId, verdict: 'approved' })).rejects.toEqual(
      refused('own_request'),
    );
    await decideApproval(approver, { approvalId, verdict: 'approved' });
    expect(await getRole(admin, id)).toEqual({
      ...{ id, name, people: 0, portfolioIds: [] },
      permissions: ['console:read', 'people:read', 'withdrawals:request'],
    });

    const somebody = await someOperator('viewer');
    const sessionId = await openSession(somebody, SOMEWHERE);
    await changeOperator(admin, { id: somebody.id, role: id, disabled: false });
    expect(await roleNow(somebody), 'assigning waits as well').toBe('viewer');
    await approveWaiting(approver, { action: 'operator.change', subjectId: somebody.id });
    const role = (await operatorOf(sessionId))?.role ?? 'viewer';
    const may = PERMISSION_NAMES.filter((permission) => can(role, permission));
    expect(may).toEqual(['console:read', 'people:read', 'withdrawals:request']);
    const acts = await db().auditEntry.findMany({
      where: { subjectId: { in: [id, somebody.id] }, action: { in: ['role.created', 'operator.changed'] } },
      orderBy: { id: 'asc' },
    });
    expect(acts.map(({ action, after }) => [action, (after as { name: string }).name])).toEqual([
      ['role.created', name],
      ['operator.changed', somebody.name],
    ]);
    expect(acts[1]?.after).toMatchObject({ role: name });
  });

  it('is widened by two people, and narrowed at once', async () => {
    const { id, name } = await madeRole('notes:write', 'cases:write');
    await changeRole(admin, { id, name, permissions: ['notes:write', 'withdrawals:approve'] });
    expect((await getRole(admin, id)).permissions).not.toContain('withdrawals:approve');
    const approvalId = (await waiting('role.change', id))?.id ?? '';
    await decideApproval(approver, { approvalId, verdict: 'declined', reason: 'No' });
    await changeRole(admin, { id, name: `${name} 2`, permissions: ['notes:write'] });
    expect(await getRole(admin, id)).toMatchObject({
      ...{ name: `${name} 2`, permissions: ['console:read', 'notes:write'] },
    });
  });

  it('is decided on as it was when it was asked for, or not at all', async () => {
    const role = await madeRole('notes:write', 'cases:write');
    const { id, name } = role;
    await changeRole(admin, { id, name, permissions: ['notes:write', 'cases:write', 'kyb:write'] });
    const somebody = await someOperator('viewer');
    await changeOperator(admin, { id: somebody.id, role: id, disabled: false });
    await changeRole(admin, { id, name, permissions: ['notes:write'] });
    for (const [action, subjectId] of [
      ['role.change', id],
      ['operator.change', somebody.id],
    ] as const)
      await expect(approveWaiting(approver, { action, subjectId })).rejects.toEqual(
        refused('operator_changed'),
      );
  });

  it('has a name of its own, and is no built-in one, which nobody changes', async () => {
    const { name } = await madeRole('notes:write');
    for (const taken of [name.toUpperCase(), 'Admin', ' viewer '])
      await expect(changeRole(admin, { name: taken, permissions: [] })).rejects.toMatchObject({
        fields: { name: 'taken' },
      });
    await expect(changeRole(admin, { id: 'admin', name: 'x', permissions: [] })).rejects.toThrow();
  });

  it('is removed once nobody has it', async () => {
    const role = await madeRole('notes:write');
    const somebody = await give(await someOperator('viewer'), role.id);
    await expect(removeRole(admin, role)).rejects.toEqual(refused('role_in_use'));
    await changeOperator(admin, { id: somebody.id, role: 'viewer', disabled: false });
    await removeRole(admin, role);
    await removeRole(admin, role);
    await expect(getRole(admin, role.id)).rejects.toEqual(refused('not_found'));
    expect(await db().auditEntry.count({ where: { subjectId: role.id, action: 'role.removed' } })).toBe(1);
  });
});

describe('nobody hands out more than they have', () => {
  const staff = ['operators:write', 'settings:read', 'keys:write', 'notes:write'] as const;
  let clerk: OperatorActor;

  beforeEach(async () => {
    clerk = await someOperator(await someRole(...staff));
  });

  it('in a role, by giving one, by a key, or to a guest', async () => {
    const wide = await madeRole('notes:write', 'withdrawals:request');
    const somebody = await someOperator('viewer');
    const asked = { email: 'x@monedero.test', name: 'X' };
    const acts: (() => Promise<unknown>)[] = [
      () => changeRole(clerk, { name: someName(), permissions: ['withdrawals:request'] }),
      () => changeRole(clerk, { id: wide.id, name: wide.name, permissions: [] }),
      () => changeOperator(clerk, { id: somebody.id, role: 'operator', disabled: false }),
      () => changeOperator(clerk, { id: somebody.id, role: wide.id, disabled: false }),
      () => inviteOperator(clerk, { ...asked, role: 'admin' }),
      () => askForGuest(clerk, { name: 'X', hours: 24, reason: 'Audit' }),
      () => makeKey(clerk, { name: 'X', scopes: ['withdrawals:write'] }),
    ];
    for (const act of acts) await expect(act()).rejects.toEqual(refused('forbidden'));
    await expect(
      changeRole(clerk, { name: someName(), permissions: ['notes:write'] }),
    ).resolves.toBeDefined();
    await expect(makeKey(clerk, { name: 'X', scopes: ['events:read'] })).resolves.toBeDefined();
    // Who sees everybody’s data may let somebody reveal one person’s.
    await expect(
      changeRole(admin, { name: someName(), permissions: ['reveals:write'] }),
    ).resolves.toBeDefined();
  });

  it('nor touches the access of who has more', async () => {
    const acts: (() => Promise<unknown>)[] = [
      () => changeOperator(clerk, { id: approver.id, role: 'viewer', disabled: true }),
      () => askForReset(clerk, { id: approver.id }),
      () => removeFactor(clerk, { id: approver.id }),
      () => endSessionsOf(clerk, { operatorId: approver.id }),
    ];
    for (const act of acts) await expect(act()).rejects.toEqual(refused('forbidden'));
  });
});

describe('who decides by a role that people made', () => {
  it('is the same to Postgres as in the code', async () => {
    const [decides, not] = [await someRole('approvals:decide'), await someRole('withdrawals:approve')];
    const [one] = [await someOperator(decides), await someOperator(not)];
    expect((await decidersFor(db(), admin.id)).sort()).toEqual([approver.id, one.id].sort());
  });

  it('decides on nothing of who widened it or gave it within a day, nor they on theirs: Postgres refuses it', async () => {
    const wallet = await someWallet();
    await fundWallet(wallet, 100_000_000_000n);
    const pay = (by: OperatorActor) =>
      withdraw(by, wallet, { amount: 6_000_000n, destination: someClabe('012') });
    const role = await someRole('withdrawals:request', 'people:read');
    const holder = await someOperator(role);
    const decider = await someOperator('approver');
    await changeRole(admin, {
      ...{ id: role.id, name: role.name },
      permissions: [...role.permissions, 'withdrawals:approve', 'approvals:decide'],
    });
    await approveWaiting(decider, { action: 'role.change', subjectId: role.id });
    const now: OperatorActor = { ...holder, role: await roleNow(holder) };
    authorize(now, 'withdrawals:approve');
    const { id } = await pay(admin);
    await expect(approveWithdrawal(now, { withdrawalId: id })).rejects.toEqual(refused('not_independent'));
    const asked = await waiting('withdrawal.pay', id);
    const decision = { approvalId: asked?.id ?? '', verdict: 'approved' as const };
    await expect(
      transaction((tx) =>
        tx.approvalDecision.create({ data: { ...decision, operatorId: now.id, operatorName: now.name } }),
      ),
    ).rejects.toThrow(/within a day/);
    const theirs = await pay(now);
    await expect(approveWithdrawal(admin, { withdrawalId: theirs.id })).rejects.toEqual(
      refused('not_independent'),
    );
    // To anybody else they are a decider like any other.
    const others = await pay(decider);
    await approveWithdrawal(now, { withdrawalId: others.id });
    const given = await give(await someOperator('viewer'), role.id);
    await expect(approveWithdrawal(given, { withdrawalId: id })).rejects.toEqual(refused('not_independent'));
  });

  it('decides where anybody may, not in a step that is kept for a built-in role', async () => {
    const one = await someOperator(await someRole('approvals:decide'));
    const somebody = await someOperator('viewer');
    await changeOperator(admin, { id: somebody.id, role: 'operator', disabled: false });
    const asked = await waiting('operator.change', somebody.id);
    const approvalId = asked?.id ?? '';
    const steps = JSON.stringify([{ people: 1, role: 'approver' }, { people: 1 }]);
    await tamper('UPDATE approvals SET steps = $2::jsonb WHERE id = $1::uuid', [approvalId, steps]);
    const decide = (by: OperatorActor) => decideApproval(by, { approvalId, verdict: 'approved' });
    await expect(decide(one)).rejects.toEqual(refused('step_for_role'));
    await decide(approver);
    await decide(one);
    expect(await roleNow(somebody)).toBe('operator');
  });

  it('is not taken from all others by the one who is left, alone', async () => {
    const role = await someRole('approvals:decide', 'withdrawals:approve');
    const last = await someOperator(role);
    await changeOperator(system('setup'), { id: approver.id, role: 'viewer', disabled: false });
    await changeRole(admin, { id: role.id, name: role.name, permissions: [] });
    expect(await waiting('role.change', role.id)).toMatchObject({ askedById: admin.id });
    expect(can(await roleNow(last), 'approvals:decide')).toBe(true);
  });
});

it('signs in like anybody', async () => {
  const role = await someRole('notes:write');
  const password = 'correcto caballo';
  const { id } = await createOperator(system('setup'), {
    ...{ email: 'tesoreria@monedero.test', name: 'Tere', role: role.id, password },
  });
  const entered = await signIn('tesoreria@monedero.test', password);
  expect(await operatorOf(String(entered?.sessionId))).toMatchObject({ id, role });
});
