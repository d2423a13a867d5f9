import { createHash, randomInt } from 'node:crypto';
import type { Tx } from '~/lib/db';

const HOW_MANY = 10;
/** Without what is taken for something else by eye: five bits each. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz023456789';
const LENGTH = 16;

/** New ones in place of those that there were. Each has 80 random bits, so that a plain hash of it tells nothing. */
export async function makeRecoveryCodes(tx: Tx, operatorId: string): Promise<string[]> {
  const codes = Array.from({ length: HOW_MANY }, someCode);
  await tx.recoveryCode.deleteMany({ where: { operatorId } });
  await tx.recoveryCode.createMany({ data: codes.map((code) => ({ operatorId, codeHash: hashOf(code) })) });
  return codes;
}

/** Whether it is one of theirs that was never used; from now on it was. */
export async function spendRecoveryCode(tx: Tx, operatorId: string, typed: string): Promise<boolean> {
  const { count } = await tx.recoveryCode.updateMany({
    where: { operatorId, codeHash: hashOf(typed), usedAt: null },
    data: { usedAt: new Date() },
  });
  return count === 1;
}

/** In fours, as it is easier to copy; typed in any case and with any dashes. */
function someCode(): string {
  const letters = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return letters.match(/.{4}/g)?.join('-') ?? letters;
}

function hashOf(code: string): string {
  const bare = code.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return createHash('sha256').update(`recovery ${bare}`).digest('base64url');
}
