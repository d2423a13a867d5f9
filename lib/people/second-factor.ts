import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { db, type Queryable, type Tx, transaction } from '~/lib/db';
import { factorGuessesOf, forgive, requireTry } from '~/lib/people/guesses';
import { challengeOf, spendPasskey } from '~/lib/people/passkeys';
import { spendRecoveryCode } from '~/lib/people/recovery-codes';
import { spendTotp } from '~/lib/people/totp';

/** What somebody has besides the password: a code of their app, one of their recovery codes, or what their device signed. */
export type FactorAnswer = { code: string } | { passkey: AuthenticationResponseJSON };
export type FactorKind = 'totp' | 'recovery' | 'passkey';

/** Ways of proving it that somebody set up; none where they have no second factor. */
export async function factorWays(
  operatorId: string,
  client: Queryable = db(),
): Promise<('totp' | 'passkey')[]> {
  const [row] = await client.$queryRaw<{ totp: boolean; passkey: boolean }[]>`
    SELECT EXISTS (SELECT FROM operator_totps WHERE operator_id = ${operatorId}::uuid AND confirmed_at IS NOT NULL) AS totp,
      EXISTS (SELECT FROM passkeys WHERE operator_id = ${operatorId}::uuid) AS passkey`;
  return (['totp', 'passkey'] as const).filter((way) => row?.[way]);
}

/**
 * A try at somebody's second factor: counted before it is looked at, spent and followed by `done` in one transaction.
 * Null where it is wrong. Throws `too_many_tries`. `spend` stands in for the usual look at a code.
 */
export async function tryFactor<Result>(
  operatorId: string,
  challenge: string,
  answer: FactorAnswer,
  work: {
    spend?: ((tx: Tx) => Promise<boolean>) | undefined;
    done: (tx: Tx, factor: FactorKind) => Promise<Result>;
  },
): Promise<Result | null> {
  const guesses = factorGuessesOf(operatorId);
  await requireTry(guesses);
  const factor = kindOf(answer);
  const result = await transaction(async (tx) => {
    const isRight = await (work.spend?.(tx) ?? spend(tx, operatorId, challenge, answer));
    return isRight ? { of: await work.done(tx, factor) } : null;
  });
  if (result === null) return null;
  await forgive(guesses);
  return result.of;
}

/** Six digits are a code of the app; all else that is typed is meant as a recovery code. */
function kindOf(answer: FactorAnswer): FactorKind {
  if ('passkey' in answer) return 'passkey';
  // As apps show it: with a gap in the middle.
  return /^\d{6}$/.test(answer.code.replaceAll(/\s/g, '')) ? 'totp' : 'recovery';
}

async function spend(tx: Tx, operatorId: string, challenge: string, answer: FactorAnswer): Promise<boolean> {
  if ('passkey' in answer)
    // What the device signed is for this question alone, whatever page showed it another one.
    return (
      challengeOf(answer.passkey) === challenge && spendPasskey(tx, operatorId, challenge, answer.passkey)
    );
  return kindOf(answer) === 'totp'
    ? spendTotp(tx, operatorId, answer.code)
    : spendRecoveryCode(tx, operatorId, answer.code);
}
