import { z } from 'zod';
import type { Queryable } from '~/lib/db';
import { InvalidInputError } from '~/lib/errors';
import {
  type CustomRole,
  can,
  nameOfRole,
  PERMISSION_NAMES,
  type Permission,
  ROLES,
  type Role,
} from '~/lib/roles';
import { isUuid } from '~/lib/uuid';
import { type Operator, Prisma } from '~/prisma/generated/client';

/** What a read of an operator takes with it, so that it can say what they may. */
export const WITH_ROLE = {
  customRole: { select: { id: true, name: true, permissions: true, portfolioIds: true } },
} as const satisfies Prisma.OperatorInclude;

type Kept = {
  id: string;
  name: string;
  permissions: readonly string[];
  /** Not known of what was asked for before there were any. */
  portfolioIds?: readonly string[];
};
type WithRole = Pick<Operator, 'role'> & { customRole: Kept | null };

/** Somebody's role, with all that it lets them do. */
export function roleOf({ role, customRole }: WithRole): Role {
  if (role !== 'custom') return role;
  if (customRole === null) throw new Error('A custom role is in force with all that it lets people do.');
  return customRoleOf(customRole);
}

/** The same as a part of a statement, where `r` is the row of the custom role, if there is one. */
export const CUSTOM_ROLE = Prisma.sql`(to_jsonb(r) || jsonb_build_object('portfolioIds', r.portfolio_ids))`;

/** A permission that the code no longer knows lets nobody do anything. */
export function customRoleOf({ id, name, permissions, portfolioIds = [] }: Kept): CustomRole {
  return {
    ...{ id, name, portfolioIds },
    permissions: PERMISSION_NAMES.filter((known) => permissions.includes(known)),
  };
}

/** A role as approvals keep it: a custom one with all that it let people do when it was asked for. */
export const roleShape = z.union([
  z.enum(ROLES),
  z
    .object({
      ...{ id: z.string(), name: z.string(), permissions: z.array(z.string()) },
      portfolioIds: z.array(z.string()).default([]),
    })
    .transform(customRoleOf),
]);

/** A role by what a form calls it: the name of a built-in one, or the id of a custom one. */
export async function roleNamed(client: Queryable, name: string): Promise<Role> {
  const role = await findRole(client, name);
  if (!role) throw new InvalidInputError({ role: 'unknown_role' });
  return role;
}

export async function findRole(client: Queryable, name: string): Promise<Role | null> {
  const builtIn = ROLES.find((role) => role === name);
  if (builtIn) return builtIn;
  const found = isUuid(name) ? await client.customRole.findUnique({ where: { id: name } }) : null;
  return found && customRoleOf(found);
}

/** Which operators' roles have this permission. */
export function whoMay(permission: Permission): Prisma.OperatorWhereInput {
  const roles = ROLES.filter((role) => can(role, permission));
  return { OR: [{ role: { in: roles } }, { customRole: { permissions: { has: permission } } }] };
}

/** A role as an operator's row has it. */
export function columnsOf(role: Role) {
  if (typeof role === 'string') return { role, customRoleId: null };
  return { role: 'custom', customRoleId: role.id } as const;
}

/** An operator's row as the audit log has it: with the role as people call it. */
export function auditedAs<Row extends { customRoleId: string | null }>(row: Row, role: Role) {
  const { customRoleId: _, ...told } = row;
  return { ...told, role: nameOfRole(role) };
}

/** Whether two are the same role, and let people do the same. */
export function isSameRole(one: Role, other: Role): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return one.id === other.id && sorted(one) === sorted(other);
}

function sorted({ permissions, portfolioIds }: CustomRole): string {
  return [[...permissions].sort().join(), [...portfolioIds].sort().join()].join('/');
}
