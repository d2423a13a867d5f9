import { Secret, TOTP } from 'otpauth';
import { db, type Tx } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { seal, unseal } from '~/lib/secrets';

/** What every authenticator app does without being told (RFC 6238). */
const STEP_SECONDS = 30;
/** A clock that is wrong by one step either way is still taken. */
const WINDOW = 1;

/**
 * The address that an authenticator app reads as a picture, with a new secret in it. It counts for nothing until a first
 * code is right. Throws `conflict` where an app is set up already.
 */
export async function beginTotp({ id, email }: { id: string; email: string }): Promise<string> {
  const secret = new Secret({ size: 20 });
  const fresh = { secret: seal(secret.base32), createdAt: new Date(), lastStep: 0n };
  const { count } = await db().operatorTotp.updateMany({
    where: { operatorId: id, confirmedAt: null },
    data: fresh,
  });
  if (count === 0) {
    const made = await db().operatorTotp.createMany({
      data: [{ operatorId: id, ...fresh }],
      skipDuplicates: true,
    });
    if (made.count === 0) throw new DomainError('conflict', 'An authenticator app is set up already.');
  }
  return totpOf(secret, email).toString();
}

/** The first right code of an app that was just set up. */
export async function confirmTotp(tx: Tx, operatorId: string, code: string): Promise<boolean> {
  if (!(await spendTotp(tx, operatorId, code, false))) return false;
  await tx.operatorTotp.update({ where: { operatorId }, data: { confirmedAt: new Date() } });
  return true;
}

/** Whether it is right now, with gaps or without, and of a later step than any that was taken: none is taken twice. */
export async function spendTotp(tx: Tx, operatorId: string, code: string, isSetUp = true): Promise<boolean> {
  const kept = await tx.operatorTotp.findUnique({ where: { operatorId } });
  if (!kept || (kept.confirmedAt !== null) !== isSetUp) return false;
  const totp = totpOf(Secret.fromBase32(unseal(kept.secret)));
  const now = Date.now();
  const delta = totp.validate({ token: code.replaceAll(/\s/g, ''), window: WINDOW, timestamp: now });
  if (delta === null) return false;
  const step = BigInt(totp.counter({ timestamp: now }) + delta);
  const { count } = await tx.operatorTotp.updateMany({
    where: { operatorId, secret: kept.secret, lastStep: { lt: step } },
    data: { lastStep: step },
  });
  return count === 1;
}

function totpOf(secret: Secret, label = ''): TOTP {
  return new TOTP({ issuer: 'Monedero', label, secret, period: STEP_SECONDS, digits: 6, algorithm: 'SHA1' });
}
