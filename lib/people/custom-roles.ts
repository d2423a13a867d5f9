import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Actor, authorize, type OperatorActor } from '~/lib/actor';
import { type Act, askToDo, decidersFor } from '~/lib/approvals/acts';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Queryable, type Tx, transaction } from '~/lib/db';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import { byName } from '~/lib/names';
import { once } from '~/lib/once';
import { note } from '~/lib/people/access';
import { gainsPower, requireReach } from '~/lib/people/power';
import { customRoleOf, isSameRole, roleShape } from '~/lib/people/role-of';
import { type CustomRole, can, fitsScope, PERMISSION_NAMES, type Permission, ROLES } from '~/lib/roles';
import { lineOf } from '~/lib/text';
import { isUuid } from '~/lib/uuid';

/** `id`: which it is to become; left out, it is a new one. */
export type RoleText = {
  id?: string | undefined;
  name: string;
  permissions: readonly Permission[];
  /** Its scope; none: the whole house. */
  portfolioIds?: readonly string[] | undefined;
};

/** So many portfolios at most are a scope: of more nobody could say what it is. */
export const MOST_PORTFOLIOS = 100;

/**
 * A role by name of the permissions that there are, none of which the asker lacks, and the portfolios that it is of, if
 * not of all. A new one, and one that is to let people
 * do more, waits for a second person (`role.change`), and so does what would leave the asker as the only one who decides;
 * one that lets them do less is so at once.
 */
export async function changeRole(
  actor: Actor,
  { requestId, ...asked }: RoleText & { requestId?: string },
): Promise<{ id: string }> {
  authorize(actor, 'operators:write');
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'role.change', requestId, content: asked },
      async (id) => ({ id }),
      () => askForRole(tx, actor, asked),
    ),
  );
}

async function askForRole(tx: Tx, actor: Actor, asked: RoleText): Promise<{ id: string }> {
  const before = asked.id === undefined ? null : await lockRole(tx, asked.id);
  if (asked.id !== undefined && before === null) throw notFound('role', asked.id);
  const wanted = new Set<Permission>([...asked.permissions, 'console:read']);
  const after: CustomRole = {
    id: before?.id ?? randomUUID(),
    name: lineOf(asked.name),
    permissions: PERMISSION_NAMES.filter((permission) => wanted.has(permission)),
    portfolioIds: [...new Set(asked.portfolioIds)].sort(),
  };
  await requireName(tx, after);
  await requireFit(tx, after);
  for (const each of before ? [before, after] : [after]) requireReach(actor, each);
  if (before && isSameRole(before, after) && before.name === after.name) return { id: before.id };
  if (actor.kind === 'operator' && (widens(before, after) || (await leavesAlone(tx, actor, before, after)))) {
    const asked = { action: 'role.change', subjectId: after.id, reason: after.name } as const;
    await askToDo(tx, actor, { ...asked, facts: { before, after } }, { does: writeRole });
  } else await write(tx, actor, { before, after, by: actor.kind === 'operator' ? actor.id : null });
  return { id: after.id };
}

/** As those who have it see it: they may something that they could not do before. */
function widens(before: CustomRole | null, after: CustomRole): boolean {
  return before === null || gainsPower({ role: before, disabled: false }, { role: after, disabled: false });
}

/** Nobody makes themselves the only one who decides by taking it from all others (access.ts). */
async function leavesAlone(
  tx: Tx,
  actor: OperatorActor,
  before: CustomRole | null,
  after: CustomRole,
): Promise<boolean> {
  const takes = before !== null && can(before, 'approvals:decide') && !can(after, 'approvals:decide');
  if (!takes) return false;
  const deciders = await decidersFor(tx, actor.id);
  const others = { id: { in: deciders }, NOT: { customRoleId: before.id } };
  return deciders.length > 0 && (await tx.operator.count({ where: others })) === 0;
}

const changeShape = z.object({ before: roleShape.nullable(), after: roleShape });

/** Does what `role.change` asks for, on a role that still is as it was then. */
export async function writeRole(tx: Tx, actor: Actor, { facts, askedById }: Act): Promise<void> {
  const { before, after } = changeShape.parse(facts);
  if (typeof after === 'string' || typeof before === 'string')
    throw new Error('Built-in roles stay as they are.');
  const now = await lockRole(tx, after.id);
  const isAsThen = now === null || before === null ? now === before : isSameRole(now, before);
  if (!isAsThen)
    throw new DomainError('operator_changed', 'Somebody changed the role since it was asked for.');
  await requireName(tx, after);
  await requireFit(tx, after);
  await write(tx, actor, { before: now, after, by: askedById });
}

type Change = { before: CustomRole | null; after: CustomRole; by: string | null };

/** Who gave people more by it decides on nothing of theirs for a day, nor they of theirs (PostgreSQL: `operators_tied`). */
async function write(tx: Tx, actor: Actor, { before, after, by }: Change): Promise<void> {
  const { id } = after;
  const data = writtenAs(after);
  await tx.customRole.upsert({ where: { id }, create: { id, ...data }, update: data });
  if (before && widens(before, after)) {
    const holders = await tx.operator.findMany({ where: { customRoleId: id }, select: { id: true } });
    for (const holder of holders) await note(tx, by, holder.id, 'role');
  }
  await recordAudit(tx, actor, {
    ...{ action: before ? 'role.changed' : 'role.created', subject: 'role', id, after: data },
    ...(before && { before: writtenAs(before) }),
  });
}

function writtenAs({ name, permissions, portfolioIds }: CustomRole) {
  return { name, permissions: [...permissions], portfolioIds: [...portfolioIds] };
}

/** One that nobody has any more is taken away; one that is gone stays so. Throws `role_in_use`. */
export async function removeRole(actor: Actor, { id }: { id: string }): Promise<void> {
  authorize(actor, 'operators:write');
  await transaction(async (tx) => {
    const role = await lockRole(tx, id);
    if (role === null) return;
    requireReach(actor, role);
    const people = await tx.operator.count({ where: { customRoleId: id } });
    if (people > 0) throw new DomainError('role_in_use', `${people} people have it.`, { people });
    await tx.customRole.delete({ where: { id } });
    await recordAudit(tx, actor, {
      ...{ action: 'role.removed', subject: 'role', id },
      before: writtenAs(role),
    });
  });
}

export type RoleRow = CustomRole & {
  /** How many have it, those without access too. */
  people: number;
};

/** The roles that people made, by name. */
export async function listRoles(reader: Actor): Promise<RoleRow[]> {
  authorize(reader, 'settings:read');
  const rows = await db().customRole.findMany({
    include: { _count: { select: { operators: true } } },
    orderBy: { id: 'asc' },
  });
  return byName(rows.map(({ _count, ...row }) => ({ ...customRoleOf(row), people: _count.operators })));
}

/** One of them. */
export async function getRole(reader: Actor, id: string): Promise<RoleRow> {
  authorize(reader, 'settings:read');
  const row = isUuid(id)
    ? await db().customRole.findUnique({
        where: { id },
        include: { _count: { select: { operators: true } } },
      })
    : null;
  if (!row) throw notFound('role', id);
  return { ...customRoleOf(row), people: row._count.operators };
}

async function lockRole(tx: Tx, id: string): Promise<CustomRole | null> {
  await lockRow(tx, 'custom_roles', id);
  const row = await tx.customRole.findUnique({ where: { id } });
  return row && customRoleOf(row);
}

/** Throws `invalid` where the scope and what the role lets people do don't go together, or where there is none to give. */
async function requireFit(tx: Tx, { permissions, portfolioIds }: CustomRole): Promise<void> {
  if (portfolioIds.length === 0) return;
  if (!permissions.every(fitsScope)) throw new InvalidInputError({ portfolioIds: 'of_the_house' });
  await requirePortfolios(tx, portfolioIds);
}

/** Throws `invalid` where these can't be a scope, and `scopes_unknown` where the database has no role for one. */
export async function requirePortfolios(tx: Tx, portfolioIds: readonly string[]): Promise<void> {
  if (portfolioIds.length > MOST_PORTFOLIOS)
    throw new InvalidInputError({ portfolioIds: 'too_many_portfolios' });
  const known = await tx.portfolio.count({ where: { id: { in: [...portfolioIds] } } });
  if (known < portfolioIds.length) throw new InvalidInputError({ portfolioIds: 'unknown_portfolio' });
  if (!(await canScope(tx)))
    throw new DomainError('scopes_unknown', 'The database has no role for people with a scope (README).');
}

/** Whether the database has a role for who sees some portfolios alone; where its owner may make none somebody else does. */
export async function canScope(client: Queryable = db()): Promise<boolean> {
  const [row] = await client.$queryRaw<{ can: boolean }[]>`
    SELECT EXISTS (SELECT FROM pg_roles r JOIN pg_policy p ON p.polname = r.rolname
      WHERE r.rolname = current_user || '_scoped' AND pg_has_role(current_user, r.oid, 'MEMBER')) AS can`;
  return row?.can ?? false;
}

/** Throws `invalid` where it has none, or another role has it. */
async function requireName(tx: Tx, { id, name }: CustomRole): Promise<void> {
  if (name === '') throw new InvalidInputError({ name: 'required' });
  const isBuiltIn = ROLES.some((role) => role === name.toLowerCase());
  const other = { id: { not: id }, name: { equals: name, mode: 'insensitive' } } as const;
  if (isBuiltIn || (await tx.customRole.count({ where: other })) > 0)
    throw new InvalidInputError({ name: 'taken' });
}
