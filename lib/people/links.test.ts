import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { db, transaction } from '~/lib/db';
import { createOperator, inviteOperator } from '~/lib/people/access';
import { endGoodOnce, readLink, setPasswordByLink } from '~/lib/people/links';
import { askForReset } from '~/lib/people/lost-access';
import { makeRecoveryCodes } from '~/lib/people/recovery-codes';
import { operatorOf } from '~/lib/people/sessions';
import { signIn } from '~/lib/people/sign-in';
import type { RoleName } from '~/lib/roles';
import { approveWaiting } from '~/lib/testing/approvals';
import { withTestDatabase } from '~/lib/testing/database';
import { tamper } from '~/lib/testing/tampering';

withTestDatabase();

const PASSWORD = 'correcto caballo';
const OTHER = 'batería grapa nueva';
const PLACE = { ip: '192.0.2.1', userAgent: 'Browser' };
const over = expect.objectContaining({ code: 'link_over' });
let serial = 0;

async function person(role: RoleName = 'operator') {
  serial += 1;
  const [email, name] = [`p${serial}@monedero.test`, `P${serial}`];
  const { id } = await createOperator(system('setup'), { email, name, role, password: PASSWORD });
  const actor: OperatorActor = { kind: 'operator', id, name, role };
  return { id, email, actor };
}

const tokenOf = (address = '') => address.split('/').at(-1) ?? '';
const set = (address: string | undefined, newPassword = OTHER, repeatedPassword = newPassword) =>
  setPasswordByLink(PLACE, { token: tokenOf(address), newPassword, repeatedPassword });

describe('an invitation', () => {
  const invite = async (role: RoleName = 'viewer') => {
    serial += 1;
    const email = `i${serial}@monedero.test`;
    const { actor: admin } = await person('admin');
    const form = { email, name: `I${serial}`, role, requestId: randomUUID() };
    const { id, secret } = await inviteOperator(admin, form);
    return { id, email, admin, form, address: secret ?? '' };
  };

  it('lets who was invited set a password of their own, once; nobody signs in before', async () => {
    const { id, email, address } = await invite();
    expect(address).toMatch(/\/login\/link\/[\w-]{43}$/);
    expect(await readLink(tokenOf(address))).toMatchObject({
      ...{ state: 'open', kind: 'invitation', whose: { email } },
    });
    expect(await signIn(email, OTHER)).toBeNull();
    expect(await signIn(email, '')).toBeNull();
    await set(address);
    expect(await signIn(email, OTHER)).toMatchObject({ id });
    await expect(set(address, PASSWORD)).rejects.toEqual(over);
    expect(await readLink(tokenOf(address))).toMatchObject({ state: 'over' });
    expect(await signIn(email, OTHER)).not.toBeNull();
    const acts = await db().auditEntry.findMany({
      where: { subjectId: id, action: 'operator.password_set' },
    });
    expect(acts).toMatchObject([{ actorId: id, after: { by: 'invitation' }, ip: PLACE.ip }]);
  });

  it('is kept as a hash, is told to who invited alone, and only the first time', async () => {
    const { id, admin, form, address } = await invite();
    const again = await inviteOperator(admin, form);
    expect(again).toMatchObject({ id });
    expect(again).not.toHaveProperty('secret');
    const kept = await db().accessLink.findMany({ where: { operatorId: id } });
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain(tokenOf(address));
    const told = await db().auditEntry.findMany({
      where: { subjectId: id },
      select: { before: true, after: true },
    });
    expect(JSON.stringify(told)).not.toContain(tokenOf(address));
    await expect(
      createOperator(admin, { ...form, email: 'x@monedero.test', password: PASSWORD }),
      'no admin chooses a password',
    ).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('opens no door that waits for a second person, and ends after a week', async () => {
    const { id, email, address } = await invite('operator');
    await set(address);
    expect(await signIn(email, OTHER)).toBeNull();
    const { actor: approver } = await person('approver');
    await approveWaiting(approver, { action: 'operator.enrol', subjectId: id });
    expect(await signIn(email, OTHER)).not.toBeNull();

    const late = await invite();
    await tamper(
      `UPDATE access_links SET expires_at = now() - interval '1 second' WHERE operator_id = $1::uuid`,
      [late.id],
    );
    await expect(set(late.address)).rejects.toEqual(over);
  });

  it('takes no password that is short, guessed or typed differently, and stays good meanwhile', async () => {
    const { address } = await invite();
    await expect(set(address, 'corta')).rejects.toMatchObject({
      fields: { newPassword: 'password_too_short' },
    });
    await expect(set(address, 'password1234')).rejects.toMatchObject({
      fields: { newPassword: 'password_guessable' },
    });
    await expect(set(address, OTHER, PASSWORD)).rejects.toMatchObject({
      fields: { repeatedPassword: 'passwords_differ' },
    });
    const both = await Promise.allSettled([set(address), set(address, PASSWORD)]);
    expect(both.map(({ status }) => status).sort(), 'used once').toEqual(['fulfilled', 'rejected']);
    await expect(set(undefined)).rejects.toEqual(over);
    expect(await readLink('made-up')).toBeNull();
  });
});

describe('a link for a lost password', () => {
  it('opens once a second person says so; until it is used the old password stays, and then all sessions end', async () => {
    const [admin, { actor: approver }, other] = [
      await person('admin'),
      await person('approver'),
      await person(),
    ];
    const before = await signIn(other.email, PASSWORD);
    const form = { id: other.id, requestId: randomUUID() };
    const { secret: address } = await askForReset(admin.actor, form);
    expect(await askForReset(admin.actor, form)).not.toHaveProperty('secret');
    expect(await readLink(tokenOf(address))).toMatchObject({ state: 'waits', kind: 'reset' });
    await expect(set(address)).rejects.toEqual(over);
    await expect(
      db().$executeRaw`UPDATE access_links SET used_at = now() WHERE operator_id = ${other.id}::uuid`,
    ).rejects.toThrow(/while it is open/);
    await approveWaiting(approver, { action: 'operator.password', subjectId: other.id });
    expect(await signIn(other.email, PASSWORD)).not.toBeNull();
    await set(address);
    expect(await operatorOf(String(before?.sessionId))).toBeNull();
    expect(await signIn(other.email, PASSWORD)).toBeNull();
    expect(await signIn(other.email, OTHER)).toMatchObject({ id: other.id });
    // Who asked for it decides on nothing of theirs from when it was used, too.
    expect(await db().operatorChange.count({ where: { operatorId: other.id, byId: admin.id } })).toBe(2);
    await expect(
      db().$executeRaw`UPDATE access_links SET used_at = NULL WHERE operator_id = ${other.id}::uuid`,
    ).rejects.toThrow(/stays used/);
  });

  it('ends every older one as it opens', async () => {
    const [admin, { actor: approver }, other] = [
      await person('admin'),
      await person('approver'),
      await person(),
    ];
    const ask = async () => (await askForReset(admin.actor, { id: other.id })).secret;
    const approve = () => approveWaiting(approver, { action: 'operator.password', subjectId: other.id });
    const first = await ask();
    await approve();
    const second = await ask();
    expect(await readLink(tokenOf(first))).toMatchObject({ state: 'open' });
    await approve();
    await expect(set(first)).rejects.toEqual(over);
    await set(second);
    expect(await signIn(other.email, OTHER)).not.toBeNull();
  });

  it('is over where a backup was put in place of these books, and so are recovery codes', async () => {
    const [admin, { actor: approver }, other] = [
      await person('admin'),
      await person('approver'),
      await person(),
    ];
    const { secret } = await askForReset(admin.actor, { id: other.id });
    await approveWaiting(approver, { action: 'operator.password', subjectId: other.id });
    await transaction((tx) => makeRecoveryCodes(tx, other.id));
    await transaction(endGoodOnce);
    await expect(set(secret)).rejects.toEqual(over);
    expect(await db().recoveryCode.count()).toBe(0);
  });

  it('is nobody else’s to ask for', async () => {
    const { id } = await person();
    for (const role of ['operator', 'approver', 'auditor'] as const)
      await expect(askForReset((await person(role)).actor, { id })).rejects.toMatchObject({
        code: 'forbidden',
      });
    const { actor } = await person('admin');
    await expect(askForReset(actor, { id: randomUUID() })).rejects.toMatchObject({ code: 'not_found' });
  });
});
