import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { type Actor, authorize, type OperatorActor, requireProof } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import { closeChallenge } from '~/lib/people/challenges';
import { factorGuessesOf, forgive, requireTry } from '~/lib/people/guesses';
import { challengeOf, newPasskey, passkeyOptions } from '~/lib/people/passkeys';
import { makeRecoveryCodes } from '~/lib/people/recovery-codes';
import { type FactorKind, factorWays } from '~/lib/people/second-factor';
import { endSessions, needsFactor } from '~/lib/people/sessions';
import { beginTotp, confirmTotp } from '~/lib/people/totp';
import type { Passkey } from '~/prisma/generated/client';

/** A device of somebody's; enough for who lost some, and no more than a page shows. */
const MOST_PASSKEYS = 20;

export type OwnFactors = {
  /** Since when an authenticator app is set up. */
  totpSince: Date | null;
  passkeys: Pick<Passkey, 'id' | 'name' | 'createdAt' | 'lastUsedAt'>[];
  codesLeft: number;
  /** Whether their role signs in with one alone. */
  isNeeded: boolean;
};

/** An operator's own second factors. */
export async function listOwnFactors({ id, role }: Pick<OperatorActor, 'id' | 'role'>): Promise<OwnFactors> {
  const [totp, passkeys, codesLeft] = await Promise.all([
    db().operatorTotp.findUnique({ where: { operatorId: id }, select: { confirmedAt: true } }),
    db().passkey.findMany({
      where: { operatorId: id },
      select: { id: true, name: true, createdAt: true, lastUsedAt: true },
      orderBy: { createdAt: 'asc' },
      take: MOST_PASSKEYS,
    }),
    db().recoveryCode.count({ where: { operatorId: id, usedAt: null } }),
  ]);
  return { totpSince: totp?.confirmedAt ?? null, passkeys, codesLeft, isNeeded: needsFactor({ role }) };
}

/** The address for an authenticator app, as `secret`: it counts for nothing until a first code is right. */
export async function setUpTotp(actor: OperatorActor): Promise<{ secret: string }> {
  authorize(actor, 'console:read');
  requireProof(actor);
  const operator = await db().operator.findUniqueOrThrow({ where: { id: actor.id } });
  return { secret: await beginTotp(operator) };
}

/** The first code of the app. Answers recovery codes as `secret`, a line each, where they had none. */
export async function addTotp(
  actor: OperatorActor,
  { code }: { code: string },
): Promise<{ secret?: string }> {
  authorize(actor, 'console:read');
  requireProof(actor);
  const guesses = factorGuessesOf(actor.id);
  await requireTry(guesses);
  const done = await transaction(async (tx) =>
    (await confirmTotp(tx, actor.id, code)) ? added(tx, actor, { factor: 'totp' }) : null,
  );
  if (!done) throw new InvalidInputError({ code: 'wrong_code' });
  await forgive(guesses);
  return done;
}

/** What the browser needs to make a passkey, as JSON in `secret`. */
export async function beginPasskey(actor: OperatorActor): Promise<{ secret: string }> {
  authorize(actor, 'console:read');
  requireProof(actor);
  const operator = await db().operator.findUniqueOrThrow({ where: { id: actor.id } });
  return { secret: JSON.stringify(await passkeyOptions(operator)) };
}

/** A passkey that the browser made. Answers recovery codes as `secret` where they had none. */
export async function addPasskey(
  actor: OperatorActor,
  { name, response }: { name: string; response: RegistrationResponseJSON | null },
): Promise<{ secret?: string }> {
  authorize(actor, 'console:read');
  requireProof(actor);
  const challenge = response ? challengeOf(response) : '';
  const made = response && (await newPasskey(challenge, response));
  if (!made) throw new InvalidInputError({ name: 'passkey_refused' });
  return transaction(async (tx) => {
    if (!(await closeChallenge(tx, challenge, 'enrol', actor.id)))
      throw new InvalidInputError({ name: 'passkey_refused' });
    if ((await tx.passkey.count({ where: { operatorId: actor.id } })) >= MOST_PASSKEYS)
      throw new InvalidInputError({ name: 'too_many_rows' });
    await tx.passkey.create({ data: { operatorId: actor.id, name, ...made } });
    return added(tx, actor, { factor: 'passkey', name });
  });
}

/** The authenticator app is theirs no more. Throws `last_factor` where their role needs one and it is the last. */
export async function removeOwnTotp(actor: OperatorActor): Promise<void> {
  authorize(actor, 'console:read');
  requireProof(actor);
  await transaction(async (tx) => {
    const { count } = await tx.operatorTotp.deleteMany({ where: { operatorId: actor.id } });
    if (count > 0) await removed(tx, actor, { factor: 'totp' });
  });
}

/** As `removeOwnTotp`, of one device. */
export async function removeOwnPasskey(
  actor: OperatorActor,
  { passkeyId: id }: { passkeyId: string },
): Promise<void> {
  authorize(actor, 'console:read');
  requireProof(actor);
  await transaction(async (tx) => {
    const passkey = await tx.passkey.findUnique({ where: { id } });
    if (passkey?.operatorId !== actor.id) throw notFound('passkey', id);
    await tx.passkey.delete({ where: { id } });
    await removed(tx, actor, { factor: 'passkey', name: passkey.name });
  });
}

/** New recovery codes as `secret`, a line each; the old ones are good for nothing any more. */
export async function renewRecoveryCodes(actor: OperatorActor): Promise<{ secret: string }> {
  authorize(actor, 'console:read');
  requireProof(actor);
  return transaction(async (tx) => {
    await lockRow(tx, 'operators', actor.id);
    if ((await factorWays(actor.id, tx)).length === 0)
      throw new DomainError('conflict', 'Recovery codes stand in for a second factor.');
    const codes = await makeRecoveryCodes(tx, actor.id);
    await note(tx, actor, 'operator.recovery_codes_made', { count: codes.length });
    return { secret: codes.join('\n') };
  });
}

type Factor = { factor: FactorKind; name?: string };

/** Whoever was signed in elsewhere had none: they sign in anew. */
async function added(tx: Tx, actor: OperatorActor, factor: Factor): Promise<{ secret?: string }> {
  await lockRow(tx, 'operators', actor.id);
  await note(tx, actor, 'operator.factor_added', factor);
  await endSessions(tx, { operatorId: actor.id, cause: 'second_factor', except: actor.sessionId });
  if ((await tx.recoveryCode.count({ where: { operatorId: actor.id, usedAt: null } })) > 0) return {};
  return { secret: (await makeRecoveryCodes(tx, actor.id)).join('\n') };
}

async function removed(tx: Tx, actor: OperatorActor, factor: Factor): Promise<void> {
  await lockRow(tx, 'operators', actor.id);
  if ((await factorWays(actor.id, tx)).length === 0) {
    if (needsFactor(actor)) throw new DomainError('last_factor', 'Their role signs in with one alone.');
    await tx.recoveryCode.deleteMany({ where: { operatorId: actor.id } });
  }
  await note(tx, actor, 'operator.factor_removed', factor);
}

/**
 * All of somebody's second factors, in the transaction of what decides so; their sessions end, and whatever their role,
 * they come in anew by setting one up.
 */
export async function dropFactors(tx: Tx, actor: Actor, id: string): Promise<void> {
  const ways = await factorWays(id, tx);
  const of = { where: { operatorId: id } };
  await tx.operatorTotp.deleteMany(of);
  await tx.passkey.deleteMany(of);
  await tx.recoveryCode.deleteMany(of);
  await tx.factorChallenge.deleteMany(of);
  await tx.operator.update({ where: { id }, data: { mustEnrol: true } });
  await endSessions(tx, { operatorId: id, cause: 'second_factor' });
  await recordAudit(tx, actor, {
    ...{ action: 'operator.factor_removed', subject: 'operator', id, before: { factor: ways.join(' ') } },
  });
}

type OwnAct = 'operator.factor_added' | 'operator.factor_removed' | 'operator.recovery_codes_made';

async function note(tx: Tx, actor: OperatorActor, action: OwnAct, after: object): Promise<void> {
  await recordAudit(tx, actor, { action, subject: 'operator', id: actor.id, after });
}
