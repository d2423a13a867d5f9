import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { db } from '~/lib/db';
import { decideApproval } from '~/lib/deciding/registry';
import { changeOperator, inviteOperator } from '~/lib/people/access';
import { askForGuest, endGuest, enterAsGuest, listGuests } from '~/lib/people/guests';
import { readLink, setPasswordByLink } from '~/lib/people/links';
import { askForReset } from '~/lib/people/lost-access';
import { listOperators } from '~/lib/people/operators';
import { operatorOf } from '~/lib/people/sessions';
import { signIn } from '~/lib/people/sign-in';
import { ROLES } from '~/lib/roles';
import { approveWaiting } from '~/lib/testing/approvals';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';

withTestDatabase();

const HERE = { ip: '10.1.2.3', userAgent: 'Firefox' };
const HOUR_MS = 3_600_000;
const content = { name: 'Paz Peña, Auditores', hours: 24, reason: 'Auditoría anual' };

afterEach(() => {
  vi.useRealTimers();
});

async function asked() {
  const [admin, approver] = [await someOperator('admin'), await someOperator('approver')];
  const guest = await askForGuest(admin, { ...content, requestId: randomUUID() });
  const token = guest.secret?.split('/').at(-1) ?? '';
  const state = async () => (await listGuests(admin)).find(({ id }) => id === guest.id);
  const approve = () => approveWaiting(approver, { action: 'operator.guest', subjectId: guest.id });
  return { admin, approver, id: guest.id, token, state, approve };
}

async function entered() {
  const guest = await asked();
  await guest.approve();
  const session = await enterAsGuest(guest.token, HERE);
  return { ...guest, sessionId: String(session?.sessionId) };
}

describe('a guest', () => {
  it('comes in once a second person says so, by their link, once', async () => {
    const { id, token, state, approve, approver } = await asked();
    expect(await enterAsGuest(token, HERE), 'not yet').toBeNull();
    expect(await readLink(token)).toMatchObject({ state: 'waits', kind: 'guest' });
    expect(await state()).toMatchObject({ state: 'waits', cameIn: null });
    await approve();
    expect(await state()).toMatchObject({ state: 'open' });
    const [one, two] = await Promise.all([enterAsGuest(token, HERE), enterAsGuest(token, HERE)]);
    const session = one ?? two;
    expect(
      [one, two].filter((each) => each !== null),
      'of two at once',
    ).toHaveLength(1);
    expect(await operatorOf(String(session?.sessionId))).toMatchObject({ id, role: 'auditor' });
    expect(await enterAsGuest(token, HERE), 'nor again').toBeNull();
    expect(await state()).toMatchObject({ state: 'in', cameIn: { ip: HERE.ip } });
    const acts = await db().auditEntry.findMany({ where: { subjectId: id }, orderBy: { id: 'asc' } });
    expect(acts.map(({ action, actorId }) => [action, actorId])).toEqual([
      ['operator.created', expect.any(String)],
      ['operator.changed', approver.id],
      ['operator.link_opened', approver.id],
      ['operator.signed_in', id],
    ]);
  });

  it('is let in by nobody alone, even where nobody else could decide', async () => {
    await db().operator.updateMany({ data: { disabledAt: new Date() } });
    const admin = await someOperator('admin');
    const guest = await askForGuest(admin, content);
    const waiting = await db().approval.findFirstOrThrow({ where: { subjectId: guest.id } });
    expect(waiting).toMatchObject({ state: 'waiting', action: 'operator.guest' });
    const own = decideApproval(admin, { approvalId: waiting.id, verdict: 'approved' });
    await expect(own).rejects.toMatchObject({ code: expect.any(String) });
    expect(await enterAsGuest(guest.secret?.split('/').at(-1) ?? '', HERE)).toBeNull();
  });

  it('reads for their hours, however long nobody does anything, and no longer', async () => {
    const { sessionId, state } = await entered();
    const now = Date.now();
    vi.useFakeTimers({ toFake: ['Date'], now: now + 23 * HOUR_MS });
    expect(await operatorOf(sessionId)).not.toBeNull();
    vi.setSystemTime(now + 24 * HOUR_MS + 1_000);
    expect(await operatorOf(sessionId)).toBeNull();
    expect(await state()).toMatchObject({ state: 'over' });
  });

  it('is out at once when an admin ends it, in whatever state', async () => {
    const inside = await entered();
    await endGuest(inside.admin, { id: inside.id });
    await endGuest(inside.admin, { id: inside.id });
    expect(await operatorOf(inside.sessionId)).toBeNull();
    expect(await inside.state()).toMatchObject({ state: 'over' });
    const open = await asked();
    await open.approve();
    await endGuest(open.admin, { id: open.id });
    expect(await enterAsGuest(open.token, HERE)).toBeNull();
    const waiting = await asked();
    await endGuest(waiting.admin, { id: waiting.id });
    await expect(waiting.approve()).rejects.toMatchObject({ code: 'operator_changed' });
    const { id } = await someOperator('auditor');
    await expect(endGuest(waiting.admin, { id })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('has no password, no other role, and no way to either', async () => {
    const { admin, id, token, approve } = await asked();
    await approve();
    const password = 'correcto caballo grapa';
    const set = setPasswordByLink(HERE, { token, newPassword: password, repeatedPassword: password });
    await expect(set).rejects.toMatchObject({ code: 'link_over' });
    await expect(askForReset(admin, { id })).rejects.toMatchObject({ code: 'conflict' });
    await expect(changeOperator(admin, { id, role: 'admin', disabled: false })).rejects.toMatchObject({
      code: 'conflict',
    });
    const { email } = await db().operator.findUniqueOrThrow({ where: { id } });
    expect(await signIn(email, password)).toBeNull();
    for (const data of [{ role: 'admin' as const }, { passwordHash: 'x' }])
      await expect(db().operator.update({ where: { id }, data }), 'nor by PostgreSQL').rejects.toThrow();
    expect((await listOperators()).map((operator) => operator.id)).not.toContain(id);
  });

  it('is asked for and ended by admins alone, and listed to who reads settings', async () => {
    const { id } = await asked();
    for (const role of ROLES.filter((each) => each !== 'admin')) {
      const actor = await someOperator(role);
      await expect(askForGuest(actor, content)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(endGuest(actor, { id })).rejects.toMatchObject({ code: 'forbidden' });
      if (role !== 'auditor') await expect(listGuests(actor)).rejects.toMatchObject({ code: 'forbidden' });
    }
  });
});

it('a link of somebody who works here lets in no guest', async () => {
  const viewer = { name: 'Ana', email: 'ana@monedero.test', role: 'viewer' } as const;
  const { secret } = await inviteOperator(await someOperator('admin'), viewer);
  expect(await enterAsGuest(secret?.split('/').at(-1) ?? '', HERE)).toBeNull();
});
