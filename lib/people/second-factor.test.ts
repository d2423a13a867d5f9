import { randomUUID } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { db } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { createOperator } from '~/lib/people/access';
import { removeFactor } from '~/lib/people/lost-access';
import { listOperators } from '~/lib/people/operators';
import {
  addTotp,
  listOwnFactors,
  removeOwnPasskey,
  removeOwnTotp,
  renewRecoveryCodes,
  setUpTotp,
} from '~/lib/people/own-factors';
import { operatorOf } from '~/lib/people/sessions';
import { answerSecondFactor, enrolAtSignIn, signIn } from '~/lib/people/sign-in';
import type { RoleName } from '~/lib/roles';
import { approveWaiting } from '~/lib/testing/approvals';
import { withTestDatabase } from '~/lib/testing/database';
import { tamper } from '~/lib/testing/tampering';

withTestDatabase();

const PASSWORD = 'correcto caballo';
let serial = 0;
const refused = (code: string) => expect.objectContaining({ code });

async function person(role: RoleName = 'operator') {
  serial += 1;
  const email = `p${serial}@monedero.test`;
  const name = `P${serial}`;
  const { id } = await createOperator(system('setup'), { email, name, role, password: PASSWORD });
  const actor: OperatorActor = { kind: 'operator', id, name, role };
  return { id, email, actor };
}

/** What the app shows: of now, or of so many steps later. */
function codeOf(uri: string, steps = 0): string {
  const secret = Secret.fromBase32(new URL(uri).searchParams.get('secret') ?? '');
  return new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 });
}

/** With an app; its first code is of the step before, so that the present one is left. */
async function withApp(role: RoleName = 'operator') {
  const who = await person(role);
  const { secret: uri } = await setUpTotp(who.actor);
  const { secret: codes = '' } = await addTotp(who.actor, { code: codeOf(uri, -1) });
  return { ...who, uri, codes: codes.split('\n') };
}

/** What is asked after the right password. */
async function asked(email: string): Promise<{ challenge: string; ways: string }> {
  const error = await signIn(email, PASSWORD).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof DomainError) || error.code !== 'second_factor')
    throw new Error('Nothing was asked.');
  return { challenge: String(error.details.challenge), ways: String(error.details.ways) };
}

const factorActs = (id: string) =>
  db().auditEntry.findMany({
    where: { subjectId: id, action: { startsWith: 'operator.factor' } },
    orderBy: { id: 'asc' },
  });

describe('an authenticator app', () => {
  it('counts from its first right code on, and ends what was signed in without it', async () => {
    const { id, email, actor } = await person();
    const [here, there] = [await signIn(email, PASSWORD), await signIn(email, PASSWORD)];
    const { secret: uri } = await setUpTotp(actor);
    const sitting = { ...actor, sessionId: String(here?.sessionId) };
    await expect(addTotp(sitting, { code: '000000' })).rejects.toMatchObject({
      fields: { code: 'wrong_code' },
    });
    expect(await signIn(email, PASSWORD), 'not yet').not.toBeNull();
    const { secret = '' } = await addTotp(sitting, { code: codeOf(uri) });
    expect(secret.split('\n')).toHaveLength(10);
    expect(await asked(email)).toMatchObject({ ways: 'totp' });
    expect(await operatorOf(String(here?.sessionId))).not.toBeNull();
    expect(await operatorOf(String(there?.sessionId))).toBeNull();
    expect(await listOwnFactors(actor)).toMatchObject({ totpSince: expect.any(Date), codesLeft: 10 });
    expect(await factorActs(id)).toMatchObject([
      { action: 'operator.factor_added', after: { factor: 'totp' } },
    ]);
    await expect(setUpTotp(actor), 'over one that stands').rejects.toEqual(refused('conflict'));
  });

  it('lets in after the password, once for each code, and never by a code alone', async () => {
    const { id, email, uri } = await withApp();
    const { challenge } = await asked(email);
    expect(await answerSecondFactor(challenge, { code: '000000' })).toBeNull();
    const code = codeOf(uri);
    const entered = await answerSecondFactor(challenge, { code: `${code.slice(0, 3)} ${code.slice(3)}` });
    expect(entered).toMatchObject({ id, email });
    expect(await operatorOf(String(entered?.sessionId))).toMatchObject({ id });
    await expect(answerSecondFactor(challenge, { code: codeOf(uri, 1) }), 'answered').rejects.toEqual(
      refused('second_factor_over'),
    );
    const { challenge: next } = await asked(email);
    expect(await answerSecondFactor(next, { code }), 'the same code').toBeNull();
    expect(await answerSecondFactor(next, { code: codeOf(uri, -1) }), 'an earlier one').toBeNull();
    await expect(answerSecondFactor('made-up', { code: codeOf(uri, 1) })).rejects.toEqual(
      refused('second_factor_over'),
    );
    expect(await answerSecondFactor(next, { code: codeOf(uri, 1) })).not.toBeNull();
  });

  it('takes one code once, of two who send it at the same moment', async () => {
    const { email, uri } = await withApp();
    const challenges = [await asked(email), await asked(email)];
    const code = codeOf(uri);
    const entered = await Promise.all(
      challenges.map(({ challenge }) => answerSecondFactor(challenge, { code })),
    );
    expect(entered.filter((one) => one !== null)).toHaveLength(1);
    await expect(db().$executeRaw`UPDATE operator_totps SET last_step = 0`).rejects.toThrow(/stays used/);
  });

  it('can’t be guessed: after five wrong codes each costs time, from wherever they come', async () => {
    const { email, uri } = await withApp();
    const { challenge } = await asked(email);
    const from = (nth: number) => ({ ip: `192.0.2.${nth}`, userAgent: '' });
    for (let nth = 0; nth < 6; nth += 1) await answerSecondFactor(challenge, { code: '111111' }, from(nth));
    await expect(answerSecondFactor(challenge, { code: codeOf(uri) }, from(9))).rejects.toEqual(
      refused('too_many_tries'),
    );
    await asked(email);
    await db().$executeRaw`UPDATE sign_in_tries SET until = until - interval '1 hour'`;
    expect(await answerSecondFactor(challenge, { code: codeOf(uri) })).not.toBeNull();
  });

  it('asks within five minutes of the password, and no more once that was changed', async () => {
    const { email, uri } = await withApp();
    const { challenge } = await asked(email);
    await tamper(`UPDATE factor_challenges SET at = at - interval '301 seconds'`, []);
    await expect(answerSecondFactor(challenge, { code: codeOf(uri) })).rejects.toEqual(
      refused('second_factor_over'),
    );
  });

  it('has its secret sealed in the database', async () => {
    const { id, uri } = await withApp();
    const { secret } = await db().operatorTotp.findUniqueOrThrow({ where: { operatorId: id } });
    expect(secret).not.toContain(new URL(uri).searchParams.get('secret'));
  });
});

describe('recovery codes', () => {
  it('let in once each, however they are typed, and are kept as hashes alone', async () => {
    const { id, email, codes } = await withApp();
    const [first = '', second = ''] = codes;
    expect(first).toMatch(/^(\w{4}-){3}\w{4}$/);
    const enter = async (code: string) => answerSecondFactor((await asked(email)).challenge, { code });
    expect(await enter(first.toUpperCase().replaceAll('-', ' '))).toMatchObject({ id });
    expect(await enter(first)).toBeNull();
    expect(await enter(second)).not.toBeNull();
    const kept = await db().recoveryCode.findMany({ where: { operatorId: id } });
    expect(kept.filter(({ usedAt }) => usedAt === null)).toHaveLength(8);
    expect(JSON.stringify(kept)).not.toContain(first);
    await expect(
      db().$executeRaw`UPDATE recovery_codes SET used_at = NULL WHERE operator_id = ${id}::uuid`,
    ).rejects.toThrow(/stays used/);
  });

  it('are replaced as a whole, and are nobody’s who has no second factor', async () => {
    const { email, actor, codes } = await withApp();
    const { secret } = await renewRecoveryCodes(actor);
    const enter = async (code: string) => answerSecondFactor((await asked(email)).challenge, { code });
    expect(await enter(codes[0] ?? '')).toBeNull();
    expect(await enter(secret.split('\n')[0] ?? '')).not.toBeNull();
    await removeOwnTotp(actor);
    expect(await listOwnFactors(actor)).toMatchObject({ totpSince: null, codesLeft: 0 });
    expect(await signIn(email, PASSWORD)).not.toBeNull();
    await expect(renewRecoveryCodes(actor)).rejects.toEqual(refused('conflict'));
  });
});

describe('the second factor of somebody else', () => {
  it('is removed by an admin once a second person says so; for a day neither decides on what the other asks', async () => {
    const [admin, approver, other] = [await person('admin'), await person('approver'), await withApp()];
    const before = await answerSecondFactor((await asked(other.email)).challenge, {
      code: codeOf(other.uri),
    });
    const form = { id: other.id, requestId: randomUUID() };
    await removeFactor(admin.actor, form);
    await removeFactor(admin.actor, form);
    expect(await asked(other.email), 'not yet').toMatchObject({ ways: 'totp' });
    await approveWaiting(approver.actor, { action: 'operator.second_factor', subjectId: other.id });
    expect(await operatorOf(String(before?.sessionId))).toBeNull();
    expect((await factorActs(other.id)).at(-1)).toMatchObject({
      ...{ action: 'operator.factor_removed', actorId: approver.id, before: { factor: 'totp' } },
    });
    expect(
      await db().operatorChange.findMany({ where: { operatorId: other.id, byId: admin.id } }),
    ).toMatchObject([{ what: 'factor' }]);
    await expect(removeFactor(admin.actor, { id: other.id })).rejects.toEqual(refused('conflict'));
  });

  it('that was reset is set up anew before they come in, whatever their role, and once', async () => {
    const [admin, approver, other] = [
      await person('admin'),
      await person('approver'),
      await withApp('viewer'),
    ];
    await removeFactor(admin.actor, { id: other.id });
    await approveWaiting(approver.actor, { action: 'operator.second_factor', subjectId: other.id });
    const { challenge, ways } = await asked(other.email);
    expect(ways).toBe('enrol');
    const uri = await enrolAtSignIn(challenge);
    const entered = await answerSecondFactor(challenge, { code: codeOf(uri, -1) });
    expect(await operatorOf(String(entered?.sessionId))).toMatchObject({ id: other.id });
    expect((await asked(other.email)).ways).toBe('totp');
    await removeOwnTotp(other.actor);
    expect(await signIn(other.email, PASSWORD), 'their role needs none').not.toBeNull();
  });

  it('is shown to who looks after access: which, how many, and since when', async () => {
    const [plain, app] = [await person(), await withApp()];
    const passkey = { publicKey: new Uint8Array([1]), counter: 0n, name: 'Mía', operatorId: app.id };
    const first = new Date('2026-01-02T03:04:05Z');
    await db().passkey.create({ data: { ...passkey, credentialId: 'later' } });
    await db().passkey.create({ data: { ...passkey, credentialId: 'first', createdAt: first } });
    const codes = { where: { operatorId: app.id }, select: { id: true }, take: 3 };
    for (const { id } of await db().recoveryCode.findMany(codes))
      await db().recoveryCode.update({ where: { id }, data: { usedAt: new Date() } });
    const operators = await listOperators();
    const factorsOf = (id: string) => operators.find((one) => one.id === id)?.factors;
    expect(factorsOf(plain.id)).toBeNull();
    expect(factorsOf(app.id)).toEqual({
      ...{ totpSince: expect.any(Date), passkeys: 2, passkeysSince: first, codesLeft: 7 },
    });
  });

  it('is nobody else’s to remove, nor is one of their passkeys', async () => {
    const { id } = await withApp();
    for (const role of ['operator', 'approver', 'auditor'] as const)
      await expect(removeFactor((await person(role)).actor, { id })).rejects.toEqual(refused('forbidden'));
    const passkey = await db().passkey.create({
      data: { operatorId: id, credentialId: 'x', publicKey: new Uint8Array([1]), counter: 0n, name: 'Mía' },
    });
    const { actor } = await person();
    await expect(removeOwnPasskey(actor, { passkeyId: passkey.id })).rejects.toEqual(refused('not_found'));
  });
});
