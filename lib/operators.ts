import { type Actor, authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit';
import { db, transaction } from '~/lib/db';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { hashPassword, verifyPassword } from '~/lib/passwords';
import type { RoleName } from '~/lib/roles';

const PASSWORD_MIN = 12;
const LOCK_AFTER = 10;
const LOCK_MINUTES = 15;

export type NewOperator = { email: string; name: string; role: RoleName; password: string; locale?: string };

export async function createOperator(actor: Actor, input: NewOperator) {
  authorize(actor, 'operators:write');
  if (input.password.length < PASSWORD_MIN) throw new InvalidInputError({ password: 'password_too_short' });
  const passwordHash = await hashPassword(input.password);
  return transaction(async (tx) => {
    const [operator] = await tx.operator.createManyAndReturn({
      data: [
        {
          email: input.email.trim().toLowerCase(),
          name: input.name.trim(),
          role: input.role,
          passwordHash,
          ...(input.locale && { locale: input.locale }),
        },
      ],
      skipDuplicates: true,
    });
    if (!operator) throw new InvalidInputError({ email: 'taken' });
    await recordAudit(tx, actor, {
      action: 'operator.created',
      subject: 'operator',
      id: operator.id,
      after: operator,
    });
    return operator;
  });
}

/** Checks a password. Null when it is wrong, the operator is disabled or there were too many tries; never says which. */
export async function signIn(email: string, password: string) {
  const operator = await db().operator.findUnique({
    where: { email: email.trim().toLowerCase() },
    omit: { passwordHash: false },
  });
  if (!operator) {
    // The same work as for a known address, so that the answer's time doesn't tell which addresses exist.
    await hashPassword(password);
    return null;
  }
  const locked = operator.lockedUntil !== null && operator.lockedUntil > new Date();
  const right = await verifyPassword(operator.passwordHash, password);
  if (locked || operator.disabledAt) return null;
  await db().operator.update({
    where: { id: operator.id },
    data: right
      ? { failedSignIns: 0, lockedUntil: null, lastSignInAt: new Date() }
      : {
          failedSignIns: { increment: 1 },
          ...(operator.failedSignIns + 1 >= LOCK_AFTER && {
            failedSignIns: 0,
            lockedUntil: new Date(Date.now() + LOCK_MINUTES * 60_000),
          }),
        },
  });
  return right ? { id: operator.id, email: operator.email, name: operator.name } : null;
}

/** The operator as of now: a role that was taken away is gone at the next request. Null when disabled. */
export async function findActiveOperator(id: string) {
  return db().operator.findFirst({ where: { id, disabledAt: null } });
}

export function listOperators() {
  return db().operator.findMany({
    orderBy: [{ disabledAt: { sort: 'asc', nulls: 'first' } }, { name: 'asc' }],
  });
}

export async function changeOperator(
  actor: Actor,
  { id, role, disabled }: { id: string; role: RoleName; disabled: boolean },
) {
  authorize(actor, 'operators:write');
  return transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 AS locked FROM operators WHERE role = 'admin' ORDER BY id FOR UPDATE`;
    const before = await tx.operator.findUnique({ where: { id } });
    if (!before) throw notFound('operator', id);
    const otherAdmins = await tx.operator.count({
      where: { role: 'admin', disabledAt: null, id: { not: id } },
    });
    if (otherAdmins === 0 && (disabled || role !== 'admin'))
      throw new DomainError('last_admin', 'Somebody has to be admin.');
    const after = await tx.operator.update({
      where: { id },
      data: { role, disabledAt: disabled ? (before.disabledAt ?? new Date()) : null },
    });
    await recordAudit(tx, actor, { action: 'operator.changed', subject: 'operator', id, before, after });
    return after;
  });
}

/** An operator's own language and time zone. */
export async function changePreferences(
  operatorId: string,
  preferences: { locale?: string; timeZone?: string },
) {
  return db().operator.update({ where: { id: operatorId }, data: preferences });
}

export async function countOperators(): Promise<number> {
  return db().operator.count();
}
