import { authorize, type OperatorActor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { DomainError, InvalidInputError } from '~/lib/errors';
import { byName } from '~/lib/names';
import { madeUnder, once } from '~/lib/once';
import { hashNewPassword } from '~/lib/people/passwords';
import { roleOf, WITH_ROLE } from '~/lib/people/role-of';
import { endSessions } from '~/lib/people/sessions';
import { tryOwnPassword } from '~/lib/people/sign-in';
import type { Role } from '~/lib/roles';
import type { Operator, Prisma } from '~/prisma/generated/client';

export type PasswordChange = {
  currentPassword: string;
  newPassword: string;
  repeatedPassword: string;
  requestId?: string | undefined;
};

/**
 * An operator's own new password. Their sessions end, but for the one that asks. Asked again under
 * the same id, as who does whose answer was lost, it is the one that was set already.
 */
export async function changePassword(actor: OperatorActor, input: PasswordChange) {
  authorize(actor, 'console:read');
  const { currentPassword, newPassword, repeatedPassword, requestId } = input;
  if (newPassword === currentPassword) throw new InvalidInputError({ newPassword: 'password_same' });
  if (newPassword !== repeatedPassword) throw new InvalidInputError({ repeatedPassword: 'passwords_differ' });
  const passwordHash = await hashNewPassword('newPassword', newPassword, actor);
  const asked = { act: 'operator.change_password', requestId, content: {} } as const;
  const operator = await db().operator.findUniqueOrThrow({
    where: { id: actor.id },
    omit: { passwordHash: false },
  });
  const isSet = await transaction((tx) => madeUnder(tx, actor, asked));
  if (isSet !== null) return setBefore(actor, operator, newPassword);
  if (!(await tryOwnPassword(operator, currentPassword, actor)))
    throw new InvalidInputError({ currentPassword: 'wrong_password' });
  const change = async (tx: Tx) => {
    const changed = await setPassword(tx, operator, passwordHash, actor.sessionId);
    await recordAudit(tx, actor, {
      action: 'operator.password_changed',
      subject: 'operator',
      id: actor.id,
    });
    return changed;
  };
  const recall = async (tx: Tx) =>
    setBefore(
      actor,
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
async function setBefore(actor: OperatorActor, { passwordHash, ...operator }: Operator, newPassword: string) {
  if (await tryOwnPassword({ email: operator.email, passwordHash }, newPassword, actor)) return operator;
  throw new DomainError('request_reused', 'Another password was set under this request id.', { by: 'same' });
}

/**
 * Over the password that was read: of two who set one at once, the second is told. Every session that the old one opened
 * ends, but for the one that is kept.
 */
export async function setPassword(
  tx: Tx,
  { id, passwordVersion }: { id: string; passwordVersion: number },
  passwordHash: string,
  keptSession?: string,
) {
  const [changed] = await tx.operator.updateManyAndReturn({
    where: { id, passwordVersion },
    data: { passwordHash, passwordVersion: { increment: 1 } },
  });
  if (!changed) throw new DomainError('already_decided', 'The password was changed by somebody else.');
  await endSessions(tx, { operatorId: id, cause: 'password', except: keptSession });
  // A sign-in that the old one began doesn't end well either.
  await tx.factorChallenge.deleteMany({ where: { operatorId: id } });
  return changed;
}

const SHOWN = {
  totp: { select: { confirmedAt: true } },
  passkeys: { select: { createdAt: true }, orderBy: { createdAt: 'asc' } },
  _count: { select: { recoveryCodes: { where: { usedAt: null } } } },
  ...WITH_ROLE,
} satisfies Prisma.OperatorInclude;

/** Which second factors somebody has, and since when. */
type Factors = { totpSince: Date | null; passkeys: number; passkeysSince: Date | null; codesLeft: number };

export type OperatorRow = Omit<Operator, 'role' | 'passwordHash'> & { role: Role; factors: Factors | null };

/** Those who may sign in by name, then those who may not any more, without guests (guests.ts); with what each has besides the password. */
export async function listOperators(): Promise<OperatorRow[]> {
  const rows = await db().operator.findMany({ where: { guestUntil: null }, include: SHOWN });
  const operators = byName(
    rows.map(({ totp, passkeys, _count, role, customRole, ...operator }) => ({
      ...operator,
      role: roleOf({ role, customRole }),
      factors: factorsOf(totp?.confirmedAt ?? null, passkeys, _count.recoveryCodes),
    })),
  );
  return [
    ...operators.filter(({ disabledAt }) => disabledAt === null),
    ...operators.filter(({ disabledAt }) => disabledAt !== null),
  ];
}

/** Null where there are none. */
function factorsOf(
  totpSince: Date | null,
  passkeys: readonly { createdAt: Date }[],
  codesLeft: number,
): Factors | null {
  if (totpSince === null && passkeys.length === 0) return null;
  return { totpSince, passkeys: passkeys.length, passkeysSince: passkeys[0]?.createdAt ?? null, codesLeft };
}

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
