import { authorize, type OperatorActor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { DomainError, InvalidInputError } from '~/lib/errors';
import { byName } from '~/lib/names';
import { madeUnder, once } from '~/lib/once';
import { hashPassword, verifyPassword } from '~/lib/people/passwords';
import { lineOf } from '~/lib/text';
import type { Operator } from '~/prisma/generated/client';

const PASSWORD_MIN = 12;
const LOCK_AFTER = 10;
const LOCK_MINUTES = 15;

/** Checks a password. Null when it is wrong, the operator is disabled or there were too many tries; never says which. */
export async function signIn(email: string, password: string) {
  const operator = await db().operator.findUnique({
    where: { email: lineOf(email).toLowerCase() },
    omit: { passwordHash: false },
  });
  if (!operator) {
    // The same work as for a known address, so that the answer's time doesn't tell which addresses exist.
    await hashPassword(password);
    return null;
  }
  if ((await tryPassword(operator, password)) !== 'right') return null;
  await db().operator.update({ where: { id: operator.id }, data: { lastSignInAt: new Date() } });
  const { id, name, passwordVersion } = operator;
  return { id, email: operator.email, name, passwordVersion };
}

/** Counted before it is checked, so that a hundred tries at once are no more than a hundred one by one. */
async function tryPassword(
  { id, passwordHash }: { id: string; passwordHash: string },
  password: string,
): Promise<'right' | 'wrong' | 'locked'> {
  const counted = await db().$queryRaw<{ id: string }[]>`
    UPDATE operators SET
      failed_sign_ins = CASE WHEN failed_sign_ins + 1 >= ${LOCK_AFTER} THEN 0 ELSE failed_sign_ins + 1 END,
      locked_until = CASE WHEN failed_sign_ins + 1 >= ${LOCK_AFTER}
        THEN now() + make_interval(mins => ${LOCK_MINUTES}) END
    WHERE id = ${id}::uuid AND disabled_at IS NULL AND (locked_until IS NULL OR locked_until <= now())
    RETURNING id`;
  const right = await verifyPassword(passwordHash, password);
  if (counted.length === 0) return 'locked';
  if (!right) return 'wrong';
  await db().operator.update({ where: { id }, data: { failedSignIns: 0, lockedUntil: null } });
  return 'right';
}

/**
 * The operator as of now: a role that was taken away is gone at the next request. Null when disabled, and when the
 * password is another than the one that the session was opened with.
 */
export async function findActiveOperator(id: string, passwordVersion: number) {
  return db().operator.findFirst({ where: { id, passwordVersion, disabledAt: null } });
}

export type PasswordChange = {
  currentPassword: string;
  newPassword: string;
  repeatedPassword: string;
  requestId?: string | undefined;
};

/**
 * An operator's own new password. Their sessions end, but for the one that is given the new version. Asked again under
 * the same id, as who does whose answer was lost, it is the one that was set already.
 */
export async function changePassword(actor: OperatorActor, input: PasswordChange) {
  authorize(actor, 'console:read');
  const { currentPassword, newPassword, repeatedPassword, requestId } = input;
  if (newPassword === currentPassword) throw new InvalidInputError({ newPassword: 'password_same' });
  if (newPassword !== repeatedPassword) throw new InvalidInputError({ repeatedPassword: 'passwords_differ' });
  const passwordHash = await hashNewPassword('newPassword', newPassword);
  const asked = { act: 'operator.change_password', requestId, content: {} } as const;
  const operator = await db().operator.findUniqueOrThrow({
    where: { id: actor.id },
    omit: { passwordHash: false },
  });
  const isSet = await transaction((tx) => madeUnder(tx, actor, asked));
  if (isSet !== null) return setBefore(operator, newPassword);
  const attempt = await tryPassword(operator, currentPassword);
  if (attempt === 'locked') throw new DomainError('too_many_tries', 'Too many wrong passwords.');
  if (attempt === 'wrong') throw new InvalidInputError({ currentPassword: 'wrong_password' });
  const change = async (tx: Tx) => {
    const changed = await setPassword(tx, operator, passwordHash);
    await recordAudit(tx, actor, {
      action: 'operator.password_changed',
      subject: 'operator',
      id: actor.id,
    });
    return changed;
  };
  const recall = async (tx: Tx) =>
    setBefore(
      await tx.operator.findUniqueOrThrow({ where: { id: actor.id }, omit: { passwordHash: false } }),
      newPassword,
    );
  return transaction((tx) =>
    once(
      tx,
      actor,
      asked,
      () => recall(tx),
      () => change(tx),
    ),
  );
}

/** Only whoever knows the password that stands asks for the very same again. */
async function setBefore({ passwordHash, ...operator }: Operator, newPassword: string) {
  const attempt = await tryPassword({ id: operator.id, passwordHash }, newPassword);
  if (attempt === 'locked') throw new DomainError('too_many_tries', 'Too many wrong passwords.');
  if (attempt === 'right') return operator;
  throw new DomainError('request_reused', 'Another password was set under this request id.', { by: 'same' });
}

export async function hashNewPassword(field: string, password: string): Promise<string> {
  if (password.length < PASSWORD_MIN) throw new InvalidInputError({ [field]: 'password_too_short' });
  return hashPassword(password);
}

/** Over the password that was read: of two who set one at once, the second is told. */
export async function setPassword(
  tx: Tx,
  { id, passwordVersion }: { id: string; passwordVersion: number },
  passwordHash: string,
) {
  const [changed] = await tx.operator.updateManyAndReturn({
    where: { id, passwordVersion },
    data: { passwordHash, passwordVersion: { increment: 1 }, failedSignIns: 0, lockedUntil: null },
  });
  if (!changed) throw new DomainError('already_decided', 'The password was changed by somebody else.');
  return changed;
}

/** Those who may sign in by name, then those who may not any more. */
export async function listOperators() {
  const operators = byName(await db().operator.findMany());
  return [
    ...operators.filter(({ disabledAt }) => disabledAt === null),
    ...operators.filter(({ disabledAt }) => disabledAt !== null),
  ];
}

export type OperatorRow = Awaited<ReturnType<typeof listOperators>>[number];

/** An operator's own language and time zone. */
export async function changePreferences(
  actor: OperatorActor,
  preferences: { locale?: string; timeZone?: string },
) {
  authorize(actor, 'console:read');
  const { id } = actor;
  return transaction(async (tx) => {
    const before = await tx.operator.findUniqueOrThrow({
      where: { id },
      select: { locale: true, timeZone: true },
    });
    const after = { ...before, ...preferences };
    if (after.locale === before.locale && after.timeZone === before.timeZone) return;
    await tx.operator.update({ where: { id }, data: preferences });
    await recordAudit(tx, actor, {
      action: 'operator.preferences_changed',
      subject: 'operator',
      id,
      before,
      after,
    });
  });
}

export async function countOperators(): Promise<number> {
  return db().operator.count();
}
