import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { authorize, type OperatorActor, system } from '~/lib/actor';
import { db } from '~/lib/db';
import { createOperator } from '~/lib/people/access';
import {
  addTotp,
  beginPasskey,
  removeOwnTotp,
  renewRecoveryCodes,
  setUpTotp,
} from '~/lib/people/own-factors';
import { isProven, operatorOf } from '~/lib/people/sessions';
import { signIn } from '~/lib/people/sign-in';
import { stepUp, stepUpWays } from '~/lib/people/step-up';
import { can, needsProof, PERMISSION_NAMES, type RoleName } from '~/lib/roles';
import { withTestDatabase } from '~/lib/testing/database';
import { tamper } from '~/lib/testing/tampering';

withTestDatabase();

const PASSWORD = 'correcto caballo';
const asks = expect.objectContaining({ code: 'step_up' });
let serial = 0;

/** Somebody at a browser, as a request of theirs has them. */
async function sitting(role: RoleName) {
  serial += 1;
  const [email, name] = [`p${serial}@monedero.test`, `P${serial}`];
  await createOperator(system('setup'), { email, name, role, password: PASSWORD });
  const sessionId = String((await signIn(email, PASSWORD))?.sessionId);
  const now = async (): Promise<OperatorActor> => {
    const operator = await operatorOf(sessionId);
    if (!operator) throw new Error('Nobody sits there any more.');
    return { kind: 'operator', id: operator.id, name, role, sessionId, isProven: isProven(operator) };
  };
  const later = (seconds: number) =>
    tamper(
      'UPDATE operator_sessions SET proven_at = proven_at - make_interval(secs => $2) WHERE id = $1::uuid',
      [sessionId, seconds],
    );
  return { email, now, later };
}

describe('every permission', () => {
  it.each(PERMISSION_NAMES)(
    '%s asks an admin or support after five minutes, or never',
    async (permission) => {
      const role = can('admin', permission) ? 'admin' : 'support';
      const actor: OperatorActor = { kind: 'operator', id: 'x', name: 'X', role, sessionId: 's' };
      expect(() => authorize({ ...actor, isProven: true }, permission)).not.toThrow();
      const unproven = () => authorize({ ...actor, isProven: false }, permission);
      if (needsProof(permission)) expect(unproven).toThrowError(asks);
      else expect(unproven).not.toThrow();
      // Who may not at all is told so, whether they showed who they are or not.
      if (!can('viewer', permission))
        expect(() => authorize({ ...actor, role: 'viewer', isProven: false }, permission)).toThrowError(
          expect.objectContaining({ code: 'forbidden' }),
        );
    },
  );

  it('that decides, reveals or changes rules, keys and people is among them', () => {
    expect(PERMISSION_NAMES.filter(needsProof).sort()).toEqual(
      [
        ...[
          'adjustments:approve',
          'approvals:decide',
          'beneficiaries:block',
          'deposits:decide',
          'keys:write',
        ],
        ...[
          'operators:write',
          ...['people:erase', 'people:export'],
          'proof:release',
          'reveals:write',
          'settings:write',
          'webhooks:write',
        ],
        'withdrawals:approve',
      ].sort(),
    );
  });
});

describe('that it is still they', () => {
  it('is shown by signing in, for five minutes, and by the password again', async () => {
    const { now, later } = await sitting('admin');
    await later(240);
    expect(await now()).toMatchObject({ isProven: true });
    await later(61);
    const stale = await now();
    expect(() => authorize(stale, 'settings:write')).toThrowError(asks);
    expect(await stepUp(stale, { password: 'no es esta, seguro' })).toBe(false);
    expect(await now()).toMatchObject({ isProven: false });
    expect(await stepUp(stale, { password: PASSWORD })).toBe(true);
    expect(await now()).toMatchObject({ isProven: true });
    const acts = await db().auditEntry.findMany({
      where: { subjectId: stale.id, action: { contains: 'step' } },
      orderBy: { id: 'asc' },
    });
    expect(acts.map(({ action, after }) => [action, after])).toEqual([
      ['operator.step_up_failed', null],
      ['operator.stepped_up', { by: 'password' }],
    ]);
  });

  it('is good in this session alone', async () => {
    const { email, now, later } = await sitting('admin');
    const other = String((await signIn(email, PASSWORD))?.sessionId);
    await later(400);
    await tamper(
      `UPDATE operator_sessions SET proven_at = proven_at - interval '400 seconds' WHERE id = $1::uuid`,
      [other],
    );
    await stepUp(await now(), { password: PASSWORD });
    expect(isProven((await operatorOf(other)) ?? { provenAt: new Date() })).toBe(false);
  });

  it('is shown by a code of the app or of recovery, each once; what has one itself asks for it, too', async () => {
    const { now, later } = await sitting('approver');
    const { secret: uri } = await setUpTotp(await now());
    const totp = new TOTP({ secret: Secret.fromBase32(new URL(uri).searchParams.get('secret') ?? '') });
    const code = totp.generate({ timestamp: Date.now() - 30_000 });
    const { secret: codes = '' } = await addTotp(await now(), { code });
    await later(400);
    const stale = await now();
    expect(await stepUpWays(stale)).toEqual({ code: true, passkey: null });
    for (const act of [setUpTotp, beginPasskey, removeOwnTotp, renewRecoveryCodes])
      await expect(act(stale)).rejects.toEqual(asks);
    expect(await stepUp(stale, { code }), 'used before').toBe(false);
    expect(await stepUp(stale, { code: totp.generate() })).toBe(true);
    expect(await now()).toMatchObject({ isProven: true });
    await later(400);
    const [recovery = ''] = codes.split('\n');
    expect(await stepUp(await now(), { code: recovery })).toBe(true);
    await later(400);
    expect(await stepUp(await now(), { code: recovery })).toBe(false);
  });

  it('can’t be guessed: wrong passwords count as at sign-in', async () => {
    const { email, now } = await sitting('admin');
    const actor = await now();
    for (let tries = 0; tries < 7; tries += 1)
      await stepUp(actor, { password: `no es esta ${tries}` }).catch(() => null);
    await expect(stepUp(actor, { password: PASSWORD })).rejects.toMatchObject({ code: 'too_many_tries' });
    await expect(signIn(email, PASSWORD)).rejects.toMatchObject({ code: 'too_many_tries' });
  });
});
