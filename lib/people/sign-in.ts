import { type OperatorActor, system } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, transaction } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { countTry, forgive, guessesOf } from '~/lib/people/guesses';
import { hashPassword, verifyPassword } from '~/lib/people/passwords';
import { isOwnPlace, openSession, type Place } from '~/lib/people/sessions';
import { lineOf } from '~/lib/text';

const NOWHERE: Place = { ip: '', userAgent: '' };
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * Checks a password and opens a session. Null when it is wrong or the operator is disabled; never says which, and takes
 * the same statements and time for an address that nobody has. Throws `too_many_tries` while nobody looks at a try.
 */
export async function signIn(email: string, password: string, from: Place = NOWHERE) {
  const address = lineOf(email).toLowerCase();
  const guesses = guessesOf({ name: address, ip: from.ip, isOwn: await isOwnPlace(address, from.ip) });
  const seconds = await countTry(guesses);
  if (seconds > 0) throw tooManyTries(seconds);
  const operator = await db().operator.findUnique({
    where: { email: address },
    omit: { passwordHash: false },
  });
  const isRight = await verifyPassword(operator?.passwordHash ?? (await nobodysHash()), password);
  if (!operator || !isRight || operator.disabledAt) {
    await transaction((tx) =>
      recordAudit(tx, system('sign_in'), {
        ...{ action: 'operator.sign_in_failed', subject: 'operator', id: operator?.id ?? NOBODY },
        after: from,
      }),
    );
    return null;
  }
  await forgive(guesses);
  const { id, name, role } = operator;
  const actor: OperatorActor = { kind: 'operator', id, name, role, ...from };
  const sessionId = await openSession(actor, from);
  return { id, email: operator.email, name, sessionId };
}

/** A try at one's own password from inside, which counts like one at the door. Throws `too_many_tries`. */
export async function tryOwnPassword(
  { email, passwordHash }: { email: string; passwordHash: string },
  password: string,
  { ip = '' }: OperatorActor,
): Promise<boolean> {
  const guesses = guessesOf({ name: email, ip, isOwn: true });
  const seconds = await countTry(guesses);
  if (seconds > 0) throw tooManyTries(seconds);
  const isRight = await verifyPassword(passwordHash, password);
  if (isRight) await forgive(guesses);
  return isRight;
}

function tooManyTries(seconds: number): DomainError {
  return new DomainError('too_many_tries', `Too many wrong passwords: wait ${seconds} s.`, { seconds });
}

let nobodys: Promise<string> | undefined;

/** A password that nobody has, hashed once like everybody's. */
function nobodysHash(): Promise<string> {
  nobodys ??= hashPassword(crypto.randomUUID());
  return nobodys;
}
