import { authorize, type OperatorActor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { closeChallenge, openChallenge } from '~/lib/people/challenges';
import { challengeOf, passkeyQuestion } from '~/lib/people/passkeys';
import { type FactorAnswer, factorWays, tryFactor } from '~/lib/people/second-factor';
import { tryOwnPassword } from '~/lib/people/sign-in';

/** The password, or what somebody has besides it: either shows that it is still they who sit there. */
export type Proof = { password: string } | FactorAnswer;

/** How somebody can show that it is they, besides the password; with what a device is asked, where they have one. */
export async function stepUpWays(actor: OperatorActor) {
  authorize(actor, 'console:read');
  const ways = await factorWays(actor.id);
  const question = ways.includes('passkey')
    ? passkeyQuestion(await openChallenge(actor.id, 'step_up'))
    : null;
  return { code: ways.length > 0, passkey: question };
}

/** Shows that it is still they, which is good for some minutes in this session alone. False where it is wrong. */
export async function stepUp(actor: OperatorActor, proof: Proof): Promise<boolean> {
  authorize(actor, 'console:read');
  const isRight =
    'password' in proof ? await byPassword(actor, proof.password) : await byFactor(actor, proof);
  if (!isRight)
    await transaction((tx) =>
      recordAudit(tx, actor, { action: 'operator.step_up_failed', subject: 'operator', id: actor.id }),
    );
  return isRight;
}

async function byPassword(actor: OperatorActor, password: string): Promise<boolean> {
  const operator = await db().operator.findUniqueOrThrow({
    where: { id: actor.id },
    omit: { passwordHash: false },
  });
  if (!(await tryOwnPassword(operator, password, actor))) return false;
  await transaction((tx) => prove(tx, actor, 'password'));
  return true;
}

async function byFactor(actor: OperatorActor, answer: FactorAnswer): Promise<boolean> {
  const challenge = 'passkey' in answer ? challengeOf(answer.passkey) : '';
  const done = await tryFactor(actor.id, challenge, answer, {
    done: async (tx, factor) => {
      if ('passkey' in answer && !(await closeChallenge(tx, challenge, 'step_up', actor.id))) return false;
      await prove(tx, actor, factor);
      return true;
    },
  });
  return done ?? false;
}

async function prove(tx: Tx, actor: OperatorActor, by: string): Promise<void> {
  if (actor.sessionId === undefined) throw new Error('Only who sits at a browser shows that it is they.');
  await tx.operatorSession.updateMany({
    where: { id: actor.sessionId, operatorId: actor.id, endedAt: null },
    data: { provenAt: new Date() },
  });
  await recordAudit(tx, actor, {
    ...{ action: 'operator.stepped_up', subject: 'operator', id: actor.id, after: { by } },
  });
}
