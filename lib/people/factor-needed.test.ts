import { Secret, TOTP } from 'otpauth';
import { expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { DomainError } from '~/lib/errors';
import { changeOperator, createOperator } from '~/lib/people/access';
import { listOwnFactors, removeOwnTotp } from '~/lib/people/own-factors';
import { needsFactor, operatorOf } from '~/lib/people/sessions';
import { answerSecondFactor, enrolAtSignIn, signIn } from '~/lib/people/sign-in';
import { can, needsProof, PERMISSION_NAMES, ROLES, type RoleName } from '~/lib/roles';
import { withTestDatabase } from '~/lib/testing/database';

process.env.SECOND_FACTOR = 'required';
withTestDatabase();

const PASSWORD = 'correcto caballo';

async function person(role: RoleName) {
  const email = `${role}@monedero.test`;
  const { id, name } = await createOperator(system('setup'), { email, name: role, role, password: PASSWORD });
  const actor: OperatorActor = { kind: 'operator', id, name, role };
  return { id, email, actor };
}

async function asked(email: string): Promise<{ challenge: string; ways: string }> {
  const error = await signIn(email, PASSWORD).catch((thrown: unknown) => thrown);
  if (!(error instanceof DomainError) || error.code !== 'second_factor')
    throw new Error('Nothing was asked.');
  return { challenge: String(error.details.challenge), ways: String(error.details.ways) };
}

const codeOf = (uri: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(new URL(uri).searchParams.get('secret') ?? '') }).generate({
    timestamp: Date.now() + steps * 30_000,
  });

it('who decides on what others ask for is let in by setting up a second factor, and keeps one', async () => {
  for (const role of ['approver', 'admin'] as const) {
    const { id, email, actor } = await person(role);
    const { challenge, ways } = await asked(email);
    expect(ways).toBe('enrol');
    const uri = await enrolAtSignIn(challenge);
    expect(await answerSecondFactor(challenge, { code: '000000' })).toBeNull();
    const entered = await answerSecondFactor(challenge, { code: codeOf(uri, -1) });
    expect(await operatorOf(String(entered?.sessionId))).toMatchObject({ id });
    expect(await listOwnFactors(actor)).toMatchObject({ totpSince: expect.any(Date), isNeeded: true });
    await expect(removeOwnTotp(actor)).rejects.toMatchObject({ code: 'last_factor' });

    const again = await asked(email);
    expect(again.ways, 'whoever has one is asked for it').toBe('totp');
    await expect(enrolAtSignIn(again.challenge), 'and sets up no other one instead').rejects.toMatchObject({
      code: 'second_factor_over',
    });
    expect(await answerSecondFactor(again.challenge, { code: codeOf(uri) })).not.toBeNull();
  }
});

it('whoever comes to decide while signed in is not, until they have one', async () => {
  const { id, email } = await person('operator');
  const entered = await signIn(email, PASSWORD);
  expect(await operatorOf(String(entered?.sessionId))).toMatchObject({ id });
  await changeOperator(system('setup'), { id, role: 'approver', disabled: false });
  expect(await operatorOf(String(entered?.sessionId))).toBeNull();
  expect((await asked(email)).ways).toBe('enrol');
});

it('whatever its name, a role that decides, takes data away or changes rules, keys and people needs one', () => {
  const needing = PERMISSION_NAMES.filter((permission) =>
    needsFactor({ role: { id: 'r', name: 'Tesorería', permissions: [permission], portfolioIds: [] } }),
  );
  expect(needing).toEqual(PERMISSION_NAMES.filter((each) => needsProof(each) && each !== 'reveals:write'));
  expect(ROLES.filter((role) => needsFactor({ role }))).toEqual(
    ROLES.filter((role) => can(role, 'approvals:decide')),
  );
});
