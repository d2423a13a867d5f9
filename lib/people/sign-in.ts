import { type OperatorActor, system } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { askedBy, closeChallenge, openChallenge } from '~/lib/people/challenges';
import { forgive, guessesOf, requireTry } from '~/lib/people/guesses';
import { hashPassword, verifyPassword } from '~/lib/people/passwords';
import { readClaims } from '~/lib/people/provider-claims';
import { roleOf, WITH_ROLE } from '~/lib/people/role-of';
import { type FactorAnswer, factorWays, tryFactor } from '~/lib/people/second-factor';
import { isOwnPlace, needsFactor, openSession, openSessionIn, type Place } from '~/lib/people/sessions';
import { beginTotp, confirmTotp } from '~/lib/people/totp';
import { lineOf } from '~/lib/text';
import type { Operator } from '~/prisma/generated/client';

const NOWHERE: Place = { ip: '', userAgent: '' };
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * Checks a password and opens a session. Null when it is wrong or the operator is disabled; never says which, and takes
 * the same statements and time for an address that nobody has. Throws `too_many_tries` while nobody looks at a try, and
 * `second_factor` where the password is not all: with the `challenge` to answer and the `ways` to do so, a word each
 * (totp, passkey), or `enrol` where they have to set one up first.
 */
export async function signIn(email: string, password: string, from: Place = NOWHERE) {
  const address = lineOf(email).toLowerCase();
  const guesses = guessesOf({ name: address, ip: from.ip, isOwn: await isOwnPlace(address, from.ip) });
  await requireTry(guesses);
  const found = await db().operator.findUnique({
    where: { email: address },
    omit: { passwordHash: false },
  });
  const isRight = await verifyPassword(found?.passwordHash ?? (await nobodysHash()), password);
  if (!found || !isRight || found.disabledAt) return fail(found?.id ?? NOBODY, from);
  await forgive(guesses);
  const operator = await db().operator.findUniqueOrThrow({ where: { id: found.id }, include: WITH_ROLE });
  const ways = await factorWays(operator.id);
  if (ways.length > 0 || asksFactor(operator))
    throw new DomainError('second_factor', 'The password is right, and not all.', {
      challenge: await openChallenge(operator.id, 'sign_in'),
      ways: ways.join(' ') || 'enrol',
    });
  return signedIn(operator, await openSession(actorOf(operator, from), from));
}

/**
 * What somebody has besides the password, and a session for it. Null where it is wrong. Throws `too_many_tries`, and
 * `second_factor_over` where the password is too long ago, or was answered for already.
 */
export async function answerSecondFactor(challenge: string, answer: FactorAnswer, from: Place = NOWHERE) {
  const operator = await whoAnswers(challenge);
  const enrols = await hasToEnrol(operator);
  const sessionId = await tryFactor(operator.id, challenge, answer, {
    spend: enrols ? (tx) => confirmTotp(tx, operator.id, 'code' in answer ? answer.code : '') : undefined,
    done: async (tx, factor) => {
      if (!(await closeChallenge(tx, challenge, 'sign_in'))) throw over();
      const actor = actorOf(operator, from);
      if (enrols) await enrolled(tx, actor, factor);
      return openSessionIn(tx, actor, from, { factor });
    },
  });
  return sessionId === null ? fail(operator.id, from) : signedIn(operator, sessionId);
}

/** Let in; or what they have to answer first. Null: nobody whom we let in. */
export type Entered =
  | { id: string; email: string; name: string; sessionId: string }
  | { challenge: string; ways: string }
  | null;

/**
 * Lets in whom a provider of sign-in names by the verified address of an operator. Null where it names nobody whom we let
 * in; never says why. Who has a second factor, or whose role needs one, is asked for it besides (`challenge` and `ways`, as
 * in `signIn`), but where the provider says that they showed it one that counts.
 */
export async function signInByProvider(
  claims: unknown,
  from: Place,
  counting: readonly string[],
): Promise<Entered> {
  const said = readClaims(claims);
  const email = lineOf(said?.email ?? '').toLowerCase();
  const operator = await db().operator.findUnique({ where: { email }, include: WITH_ROLE });
  if (!said || !operator || operator.disabledAt || operator.guestUntil)
    return fail(operator?.id ?? NOBODY, from, 'provider');
  const counts = !operator.mustEnrol && said.ways.some((way) => counting.includes(way));
  const ways = await factorWays(operator.id);
  if (!counts && (ways.length > 0 || asksFactor(operator)))
    return { challenge: await openChallenge(operator.id, 'sign_in'), ways: ways.join(' ') || 'enrol' };
  const provenAt = new Date(Math.min(said.at.getTime(), Date.now()));
  const entry = {
    by: 'provider',
    provenAt,
    providerFactor: counts,
    factor: counts ? 'provider' : undefined,
  } as const;
  const sessionId = await transaction((tx) => openSessionIn(tx, actorOf(operator, from), from, entry));
  return signedIn(operator, sessionId);
}

async function enrolled(tx: Tx, actor: OperatorActor, factor: string): Promise<void> {
  const { id } = actor;
  await tx.operator.update({ where: { id }, data: { mustEnrol: false } });
  await recordAudit(tx, actor, {
    ...{ action: 'operator.factor_added', subject: 'operator', id, after: { factor } },
  });
}

/** The address for the authenticator app of who has to set one up before they are let in. */
export async function enrolAtSignIn(challenge: string): Promise<string> {
  const operator = await whoAnswers(challenge);
  if (!(await hasToEnrol(operator))) throw over();
  return beginTotp(operator);
}

async function whoAnswers(challenge: string): Promise<SomeOperator> {
  const id = await askedBy(challenge, 'sign_in');
  const open = { id: id ?? NOBODY, disabledAt: null };
  const operator = await db().operator.findFirst({ where: open, include: WITH_ROLE });
  if (!operator) throw over();
  return operator;
}

/** Who has none is let in by setting one up; who has one, never. */
async function hasToEnrol(operator: SomeOperator): Promise<boolean> {
  return asksFactor(operator) && (await factorWays(operator.id)).length === 0;
}

type SomeOperator = Omit<Operator, 'passwordHash'> & Parameters<typeof roleOf>[0];

function asksFactor(operator: SomeOperator): boolean {
  return needsFactor({ role: roleOf(operator), mustEnrol: operator.mustEnrol });
}

function over(): DomainError {
  return new DomainError('second_factor_over', 'This sign-in is over: begin again with the password.');
}

/** A try at one's own password from inside, which counts like one at the door. Throws `too_many_tries`. */
export async function tryOwnPassword(
  { email, passwordHash }: { email: string; passwordHash: string | null },
  password: string,
  { ip = '' }: OperatorActor,
): Promise<boolean> {
  const guesses = guessesOf({ name: email, ip, isOwn: true });
  await requireTry(guesses);
  const isRight = await verifyPassword(passwordHash ?? (await nobodysHash()), password);
  if (isRight) await forgive(guesses);
  return isRight;
}

async function fail(id: string, from: Place, by?: 'provider'): Promise<null> {
  await transaction((tx) =>
    recordAudit(tx, system('sign_in'), {
      ...{ action: 'operator.sign_in_failed', subject: 'operator', id },
      after: { ...from, ...(by && { by }) },
    }),
  );
  return null;
}

function signedIn({ id, email, name }: SomeOperator, sessionId: string) {
  return { id, email, name, sessionId };
}

function actorOf(operator: SomeOperator, from: Place): OperatorActor {
  const { id, name } = operator;
  return { kind: 'operator', id, name, role: roleOf(operator), ...from };
}

let nobodys: Promise<string> | undefined;

/** A password that nobody has, hashed once like everybody's. */
function nobodysHash(): Promise<string> {
  nobodys ??= hashPassword(crypto.randomUUID());
  return nobodys;
}
