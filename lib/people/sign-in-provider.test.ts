import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { db } from '~/lib/db';
import { createOperator } from '~/lib/people/access';
import { addTotp, setUpTotp } from '~/lib/people/own-factors';
import { isProven, operatorOf } from '~/lib/people/sessions';
import { answerSecondFactor, type Entered, signInByProvider } from '~/lib/people/sign-in';
import type { RoleName } from '~/lib/roles';
import { withTestDatabase } from '~/lib/testing/database';
import { tamper } from '~/lib/testing/tampering';

process.env.SECOND_FACTOR = 'required';
withTestDatabase();

const HERE = { ip: '203.0.113.7', userAgent: 'Firefox' };
let serial = 0;

async function person(role: RoleName) {
  serial += 1;
  const [email, name] = [`p${serial}@monedero.test`, `P${serial}`];
  const { id } = await createOperator(system('setup'), { email, name, role, password: 'correcto caballo' });
  const actor: OperatorActor = { kind: 'operator', id, name, role };
  return { id, email, actor };
}

const now = () => Math.floor(Date.now() / 1_000);
const said = (email: string, more: object = {}) => ({
  email,
  email_verified: true,
  auth_time: now(),
  ...more,
});
const enter = (claims: unknown, counting: readonly string[] = []) => signInByProvider(claims, HERE, counting);

/** Who it let in, as their next request has them. */
async function letIn(entered: Entered) {
  return entered && 'sessionId' in entered ? operatorOf(entered.sessionId) : null;
}

async function codeOf(actor: OperatorActor) {
  const { secret } = await setUpTotp(actor);
  const totp = new TOTP({ secret: Secret.fromBase32(new URL(secret).searchParams.get('secret') ?? '') });
  await addTotp(actor, { code: totp.generate({ timestamp: Date.now() - 30_000 }) });
  return () => totp.generate();
}

describe('a provider of sign-in', () => {
  it('lets in whom it names by the verified address of an operator, and writes it down', async () => {
    const { id, email } = await person('operator');
    expect(await letIn(await enter(said(email.toUpperCase())))).toMatchObject({ id });
    const acts = await db().auditEntry.findMany({ where: { subjectId: id, action: 'operator.signed_in' } });
    expect(acts).toMatchObject([{ after: { by: 'provider' }, ip: HERE.ip }]);
  });

  it('lets in nobody else, and never says why', async () => {
    const [{ id, email }, gone] = [await person('operator'), await person('operator')];
    await db().operator.update({ where: { id: gone.id }, data: { disabledAt: new Date() } });
    const guest = await person('auditor');
    await tamper(
      `UPDATE operators SET password_hash = NULL, guest_until = now() + interval '1 day' WHERE id = $1::uuid`,
      [guest.id],
    );
    for (const claims of [
      said('nadie@monedero.test'),
      said(gone.email),
      said(guest.email),
      said(email, { email_verified: false }),
      said(email, { email_verified: 'true' }),
      { email, auth_time: now() },
      { email_verified: true },
      null,
    ])
      expect(await enter(claims)).toBeNull();
    expect(await db().operatorSession.count({ where: { operatorId: { in: [id, gone.id, guest.id] } } })).toBe(
      0,
    );
    const failed = await db().auditEntry.findMany({ where: { action: 'operator.sign_in_failed' } });
    expect(failed).toHaveLength(8);
    for (const { after } of failed) expect(after).toMatchObject({ by: 'provider', ip: HERE.ip });
  });

  it('stands in for the password alone: who needs a second factor gives it, or sets one up', async () => {
    const [approver, operator] = [await person('approver'), await person('operator')];
    const strong = { amr: ['pwd', 'mfa'], acr: 'high' };
    expect(await enter(said(approver.email, strong)), 'nobody said that the provider’s counts').toMatchObject(
      {
        challenge: expect.any(String),
        ways: 'enrol',
      },
    );
    const code = await codeOf(operator.actor);
    const asked = await enter(said(operator.email));
    if (!asked || !('challenge' in asked)) throw new Error('They have a second factor.');
    expect(asked.ways).toBe('totp');
    expect(await answerSecondFactor(asked.challenge, { code: '000000' }, HERE)).toBeNull();
    const entered = await answerSecondFactor(asked.challenge, { code: code() }, HERE);
    expect(await operatorOf(String(entered?.sessionId))).toMatchObject({ id: operator.id });
  });

  it('may show a second factor in place of ours, by amr or acr, where the settings say which counts', async () => {
    const { id, email } = await person('admin');
    for (const claims of [
      said(email, { amr: ['pwd', 'mfa'] }),
      said(email, { acr: 'mfa' }),
      said(email, { amr: 'mfa' }),
    ])
      expect(await letIn(await enter(claims, ['mfa']))).toMatchObject({ id });
    expect(await enter(said(email, { amr: ['pwd'], acr: 'mfa-less' }), ['mfa'])).toHaveProperty('challenge');
    const [session] = await db().operatorSession.findMany({ where: { operatorId: id } });
    await expect(
      db().operatorSession.update({ where: { id: session?.id ?? '' }, data: { providerFactor: false } }),
    ).rejects.toThrow();
    // Whoever’s own was reset sets up another, and is out until then.
    const entered = await enter(said(email, { amr: ['mfa'] }), ['mfa']);
    await db().operator.update({ where: { id }, data: { mustEnrol: true } });
    expect(await letIn(entered)).toBeNull();
    expect(await enter(said(email, { amr: ['mfa'] }), ['mfa'])).toMatchObject({ ways: 'enrol' });
  });

  it('shows that it is they as long ago as it says, or not at all', async () => {
    const { email } = await person('operator');
    const proven = async (claims: object) => {
      const operator = await letIn(await enter(claims));
      return operator && isProven(operator);
    };
    expect(await proven(said(email))).toBe(true);
    expect(await proven(said(email, { auth_time: now() + 86_400 }))).toBe(true);
    expect(await proven(said(email, { auth_time: now() - 400 }))).toBe(false);
    expect(await proven(said(email, { auth_time: undefined }))).toBe(false);
  });
});
