import { z } from 'zod';
import { type Actor, authorize, type OperatorActor } from '~/lib/actor';
import { type Act, askToDo, decidersFor } from '~/lib/approvals/acts';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { once } from '~/lib/once';
import { makeInvitation } from '~/lib/people/links';
import { setPassword } from '~/lib/people/operators';
import { hashNewPassword } from '~/lib/people/passwords';
import { type Access, gainsPower, isDecider, requireReach } from '~/lib/people/power';
import {
  auditedAs,
  columnsOf,
  findRole,
  isSameRole,
  roleNamed,
  roleOf,
  roleShape,
  WITH_ROLE,
} from '~/lib/people/role-of';
import { refOf } from '~/lib/roles';
import { lineOf } from '~/lib/text';
import type { Operator, Prisma } from '~/prisma/generated/client';

export type NewOperator = {
  email: string;
  name: string;
  /** The name of a built-in role, or the id of a custom one. */
  role: string;
  locale?: string;
  requestId?: string;
};

type WithPassword = Omit<NewOperator, 'requestId'> & { password: string };

/** Somebody with a password, by who has the machine: nobody in the console knows a password of somebody else. */
export async function createOperator(actor: Actor, { password, ...content }: WithPassword) {
  authorize(actor, 'operators:write');
  requireMachine(actor);
  const passwordHash = await hashNewPassword('password', password, content);
  return transaction((tx) => enrol(tx, actor, content, passwordHash));
}

function requireMachine(actor: Actor): void {
  if (actor.kind !== 'system')
    throw new DomainError('forbidden', 'Whose password it is sets it.', { permission: 'own' });
}

/** `secret`: the link to hand over, told the first time alone. */
export type Linked = Omit<Operator, 'passwordHash'> & { secret?: string };

/**
 * Gives somebody access, and answers as `secret` the link under which they set their password. Who could ask for money
 * to leave, or decide on it, comes in once a second person has decided so (`operator.enrol`), and is disabled until then.
 */
export async function inviteOperator(actor: Actor, input: NewOperator): Promise<Linked> {
  authorize(actor, 'operators:write');
  const { requestId, ...content } = input;
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'operator.create', requestId, content },
      (id): Promise<Linked> => tx.operator.findUniqueOrThrow({ where: { id } }),
      async (): Promise<Linked> => {
        const operator = await enrol(tx, actor, content, null);
        const whom = { operatorId: operator.id, madeById: idOf(actor) };
        return { ...operator, secret: await makeInvitation(tx, whom) };
      },
    ),
  );
}

async function enrol(tx: Tx, actor: Actor, input: NewOperator, passwordHash: string | null) {
  if (lineOf(input.name) === '') throw new InvalidInputError({ name: 'required' });
  const role = await roleNamed(tx, input.role);
  requireReach(actor, role);
  const access = { role, disabled: false };
  const asks = actor.kind === 'operator' && gainsPower({ role, disabled: true }, access);
  const [operator] = await tx.operator.createManyAndReturn({
    data: [
      {
        email: lineOf(input.email).toLowerCase(),
        name: lineOf(input.name),
        passwordHash,
        ...columnsOf(role),
        ...(asks && { disabledAt: new Date() }),
        ...(input.locale && { locale: input.locale }),
      },
    ],
    skipDuplicates: true,
  });
  if (!operator) throw new InvalidInputError({ email: 'taken' });
  const { id, name, email } = operator;
  const audited = auditedAs(operator, role);
  await recordAudit(tx, actor, { action: 'operator.created', subject: 'operator', id, after: audited });
  await note(tx, idOf(actor), id, 'made');
  if (!asks) return operator;
  const facts = { name, email, before: { role, disabled: true }, after: access };
  await askToDo(
    tx,
    actor,
    { action: 'operator.enrol', subjectId: id, facts, reason: name },
    { does: setAccess },
  );
  return tx.operator.findUniqueOrThrow({ where: { id } });
}

/**
 * Another role, or no access any more. More power than somebody has, and what would leave the actor as the only one who
 * decides, waits for a second person (`operator.change`).
 */
export async function changeOperator(
  actor: Actor,
  { requestId, ...change }: { id: string; role: string; disabled: boolean; requestId?: string },
) {
  authorize(actor, 'operators:write');
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'operator.change', requestId, content: change },
      (id) => tx.operator.findUniqueOrThrow({ where: { id } }),
      () => askToChange(tx, actor, change),
    ),
  );
}

async function askToChange(
  tx: Tx,
  actor: Actor,
  { id, disabled, ...named }: { id: string; role: string; disabled: boolean },
) {
  const operator = await lockOperator(tx, id);
  const role = await roleNamed(tx, named.role);
  for (const each of [roleOf(operator), role]) requireReach(actor, each);
  if (operator.guestUntil) throw new DomainError('conflict', 'A guest reads until their time is over.');
  await requireAdminLeft(tx, id, { role, disabled });
  const [before, after] = [accessOf(operator), { role, disabled }];
  if (isSameRole(before.role, role) && before.disabled === disabled) return operator;
  const facts = { name: operator.name, email: operator.email, before, after };
  const asked = { action: 'operator.change', subjectId: id, facts, reason: operator.name } as const;
  if (actor.kind === 'operator' && (gainsPower(before, after) || (await leavesAlone(tx, actor, id, before))))
    await askToDo(tx, actor, asked, { does: setAccess });
  else await write(tx, actor, { id, after, by: idOf(actor) });
  return tx.operator.findUniqueOrThrow({ where: { id } });
}

/**
 * Whoever is the only one left to decide needs nobody, so nobody makes themselves that alone: not by taking it from the
 * last other one, nor by changing their role, after which that one decides on nothing of theirs for a day.
 */
async function leavesAlone(tx: Tx, actor: OperatorActor, id: string, before: Access): Promise<boolean> {
  if (id === actor.id || !isDecider(before)) return false;
  return (await decidersFor(tx, actor.id)).every((decider) => decider === id);
}

/** A new password for somebody, by who has the machine. Their sessions end. */
export async function resetPassword(actor: Actor, { id, password }: { id: string; password: string }) {
  authorize(actor, 'operators:write');
  requireMachine(actor);
  const owner = await db().operator.findUnique({ where: { id }, select: { name: true, email: true } });
  if (!owner) throw notFound('operator', id);
  const passwordHash = await hashNewPassword('password', password, owner);
  return transaction(async (tx) => {
    await setPassword(tx, await lockOperator(tx, id), passwordHash);
    await recordAudit(tx, actor, { action: 'operator.password_reset', subject: 'operator', id });
  });
}

const accessShape = z.object({ role: roleShape, disabled: z.boolean() });
const changeShape = z.object({ before: accessShape, after: accessShape });

/** Does what `operator.enrol` and `operator.change` ask for, on somebody who still is as they were then. */
export async function setAccess(
  tx: Tx,
  actor: Actor,
  { subjectId: id, facts, askedById }: Act,
): Promise<void> {
  const { before, after } = changeShape.parse(facts);
  const now = accessOf(await lockOperator(tx, id));
  const given = await findRole(tx, refOf(after.role));
  if (
    !given ||
    !isSameRole(given, after.role) ||
    !isSameRole(now.role, before.role) ||
    now.disabled !== before.disabled
  )
    throw new DomainError('operator_changed', 'Somebody changed their access since it was asked for.');
  await requireAdminLeft(tx, id, after);
  await write(tx, actor, { id, after, by: askedById });
}

async function write(
  tx: Tx,
  actor: Actor,
  { id, after: { role, disabled }, by }: { id: string; after: Access; by: string | null },
): Promise<void> {
  const { customRole, ...before } = await tx.operator.findUniqueOrThrow({
    where: { id },
    include: WITH_ROLE,
  });
  const after = await tx.operator.update({
    where: { id },
    data: { ...columnsOf(role), disabledAt: disabled ? (before.disabledAt ?? new Date()) : null },
  });
  await note(tx, by, id, 'role');
  await recordAudit(tx, actor, {
    ...{ action: 'operator.changed', subject: 'operator', id },
    before: auditedAs(before, roleOf({ ...before, customRole })),
    after: auditedAs(after, role),
  });
}

function idOf(actor: Actor): string | null {
  return actor.kind === 'operator' ? actor.id : null;
}

/** For a day neither of the two decides on what the other asks for. */
export async function note(
  tx: Tx,
  byId: string | null,
  operatorId: string,
  what: 'made' | 'role' | 'password' | 'factor',
) {
  if (byId !== null && byId !== operatorId)
    await tx.operatorChange.create({ data: { operatorId, byId, what } });
}

async function requireAdminLeft(tx: Tx, id: string, { role, disabled }: Access): Promise<void> {
  const others = await tx.operator.count({ where: { role: 'admin', disabledAt: null, id: { not: id } } });
  if (others === 0 && (disabled || role !== 'admin'))
    throw new DomainError('last_admin', 'Somebody has to be admin.');
}

type WithRole = Omit<Prisma.OperatorGetPayload<{ include: typeof WITH_ROLE }>, 'passwordHash'>;

/** With all admins, always in one order: of two who end each other's access, the second sees what the first did. */
export async function lockOperator(tx: Tx, id: string): Promise<WithRole> {
  await tx.$queryRaw`
    SELECT 1 AS locked FROM operators WHERE role = 'admin' OR id = ${id}::uuid ORDER BY id FOR UPDATE`;
  const operator = await tx.operator.findUnique({ where: { id }, include: WITH_ROLE });
  if (!operator) throw notFound('operator', id);
  return operator;
}

function accessOf(operator: WithRole): Access {
  return { role: roleOf(operator), disabled: operator.disabledAt !== null };
}
