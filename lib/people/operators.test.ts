import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { db } from '~/lib/db';
import { changeOperator, createOperator } from '~/lib/people/access';
import { changePassword, changePreferences } from '~/lib/people/operators';
import { operatorOf } from '~/lib/people/sessions';
import { signIn } from '~/lib/people/sign-in';
import type { RoleName } from '~/lib/roles';
import { withTestDatabase } from '~/lib/testing/database';

withTestDatabase();

const PASSWORD = 'correcto caballo';
const OTHER = 'batería grapa nueva';
let serial = 0;

async function person(role: RoleName = 'operator') {
  serial += 1;
  const email = `p${serial}@monedero.test`;
  const { id, name } = await createOperator(system('setup'), {
    email,
    name: `P${serial}`,
    role,
    password: PASSWORD,
  });
  const actor: OperatorActor = { kind: 'operator', id, name, role };
  return { id, email, actor };
}

const refused = (code: string) => expect.objectContaining({ code });
const invalid = (fields: object) => expect.objectContaining({ fields });
const row = (id: string) => db().operator.findUniqueOrThrow({ where: { id } });
const auditOf = (id: string, action: string) =>
  db().auditEntry.findMany({ where: { subjectType: 'operator', subjectId: id, action } });

describe('an own password', () => {
  const change = (actor: OperatorActor, facts: Partial<Parameters<typeof changePassword>[1]> = {}) =>
    changePassword(actor, {
      currentPassword: PASSWORD,
      newPassword: OTHER,
      repeatedPassword: facts.newPassword ?? OTHER,
      ...facts,
    });

  it('is changed by who knows it, ends the sessions of the old one, and is audited without either', async () => {
    const { id, email, actor } = await person('viewer');
    const [here, there] = [await signIn(email, PASSWORD), await signIn(email, PASSWORD)];
    const changed = await change({ ...actor, sessionId: String(here?.sessionId) });
    expect(changed.passwordVersion).toBe(2);
    expect(changed).not.toHaveProperty('passwordHash');
    expect(await signIn(email, PASSWORD)).toBeNull();
    expect(await signIn(email, OTHER)).toMatchObject({ id });
    expect(await operatorOf(String(there?.sessionId))).toBeNull();
    expect(await operatorOf(String(here?.sessionId)), 'the one that set it').not.toBeNull();
    expect(await auditOf(id, 'operator.password_changed')).toEqual([
      expect.objectContaining({ actorId: id, before: null, after: null }),
    ]);
  });

  it('is set once when its answer was lost and it is sent again; another one under the same id is refused', async () => {
    const { id, actor } = await person();
    const requestId = randomUUID();
    const [first, again] = [await change(actor, { requestId }), await change(actor, { requestId })];
    expect(again).toEqual(first);
    expect(again).not.toHaveProperty('passwordHash');
    expect(await auditOf(id, 'operator.password_changed')).toHaveLength(1);
    await expect(change(actor, { requestId, newPassword: 'otra muy larga' })).rejects.toEqual(
      refused('request_reused'),
    );
    const { actor: other } = await person();
    await expect(change(other, { requestId })).rejects.toEqual(refused('request_reused'));
    // Without the id it is another change, by somebody who doesn't know the password.
    await expect(change(actor)).rejects.toEqual(invalid({ currentPassword: 'wrong_password' }));
  });

  it('is refused when the current one is wrong, the new one short, the same or mistyped', async () => {
    const { id, actor } = await person();
    await expect(change(actor, { currentPassword: OTHER, newPassword: 'otra muy larga' })).rejects.toEqual(
      invalid({ currentPassword: 'wrong_password' }),
    );
    await expect(change(actor, { newPassword: 'once letras' })).rejects.toEqual(
      invalid({ newPassword: 'password_too_short' }),
    );
    await expect(change(actor, { newPassword: PASSWORD })).rejects.toEqual(
      invalid({ newPassword: 'password_same' }),
    );
    await expect(change(actor, { repeatedPassword: `${OTHER}.` })).rejects.toEqual(
      invalid({ repeatedPassword: 'passwords_differ' }),
    );
    expect(await auditOf(id, 'operator.password_changed')).toEqual([]);
  });

  it('can’t be guessed here either: wrong ones count as at sign-in', async () => {
    const { email, actor } = await person();
    for (let tries = 1; tries <= 10; tries += 1)
      await change(actor, { currentPassword: `${OTHER}${tries}` }).catch(() => null);
    await expect(change(actor)).rejects.toEqual(refused('too_many_tries'));
    await expect(signIn(email, PASSWORD)).rejects.toEqual(refused('too_many_tries'));
  });

  it('that is changed twice at once changes once', async () => {
    const { id, actor } = await person();
    const results = await Promise.allSettled([change(actor), change(actor)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await row(id)).passwordVersion).toBe(2);
    expect(await auditOf(id, 'operator.password_changed')).toHaveLength(1);
  });
});

describe('the last admin', () => {
  it('can be neither demoted nor disabled, not by two at once either', async () => {
    await db().operator.updateMany({ where: { role: 'admin' }, data: { role: 'viewer' } });
    const [one, two] = [await person('admin'), await person('admin')];
    // Somebody stays who decides: to end the access of the last of them takes two.
    await person('approver');
    const results = await Promise.allSettled([
      changeOperator(one.actor, { id: two.id, role: 'viewer', disabled: false }),
      changeOperator(two.actor, { id: one.id, role: 'admin', disabled: true }),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [last] = await db().operator.findMany({ where: { role: 'admin', disabledAt: null } });
    const id = last?.id ?? '';
    await expect(changeOperator(system('setup'), { id, role: 'viewer', disabled: false })).rejects.toEqual(
      refused('last_admin'),
    );
    await expect(changeOperator(system('setup'), { id, role: 'admin', disabled: true })).rejects.toEqual(
      refused('last_admin'),
    );
    expect(await row(id)).toMatchObject({ role: 'admin', disabledAt: null });
  });
});

describe('preferences', () => {
  it('leave one audit row with what changed, and none when nothing did', async () => {
    const { id, actor } = await person('viewer');
    await changePreferences(actor, { locale: 'en' });
    await changePreferences(actor, { locale: 'en', timeZone: 'America/Mexico_City' });
    expect(await row(id)).toMatchObject({ locale: 'en', timeZone: 'America/Mexico_City' });
    expect(await auditOf(id, 'operator.preferences_changed')).toEqual([
      expect.objectContaining({
        actorId: id,
        before: { locale: 'es-MX', timeZone: 'America/Mexico_City' },
        after: { locale: 'en', timeZone: 'America/Mexico_City' },
      }),
    ]);
  });
});
