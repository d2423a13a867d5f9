import { createHash, randomBytes } from 'node:crypto';
import { db, type Tx } from '~/lib/db';

/** Who waits longer begins again. */
const MINUTES = 5;

export const CHALLENGE_PURPOSES = ['sign_in', 'step_up', 'enrol'] as const;
export type ChallengePurpose = (typeof CHALLENGE_PURPOSES)[number];

/** 32 random bytes in base64url, for a second factor to answer. Only its hash is kept. */
export async function openChallenge(operatorId: string, purpose: ChallengePurpose): Promise<string> {
  const challenge = randomBytes(32).toString('base64url');
  await db().factorChallenge.deleteMany({ where: { at: { lt: startOfTime() } } });
  await db().factorChallenge.create({ data: { hash: hashOf(challenge), operatorId, purpose } });
  return challenge;
}

/** Whom a challenge asks; null once it is answered or too old. */
export async function askedBy(challenge: string, purpose: ChallengePurpose): Promise<string | null> {
  const open = await db().factorChallenge.findFirst({ where: openIs(challenge, purpose) });
  return open?.operatorId ?? null;
}

/** Takes it away, where it asked this operator; of two who answer it at once, one alone hears true. */
export async function closeChallenge(
  tx: Tx,
  challenge: string,
  purpose: ChallengePurpose,
  operatorId?: string,
): Promise<boolean> {
  const where = { ...openIs(challenge, purpose), ...(operatorId && { operatorId }) };
  return (await tx.factorChallenge.deleteMany({ where })).count === 1;
}

function openIs(challenge: string, purpose: ChallengePurpose) {
  return { hash: hashOf(challenge), purpose, at: { gte: startOfTime() } };
}

function startOfTime(): Date {
  return new Date(Date.now() - MINUTES * 60_000);
}

function hashOf(challenge: string): string {
  return createHash('sha256').update(challenge).digest('base64url');
}
