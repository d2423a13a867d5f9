import { type CustomRole, covers, permissionsOf, ROLES, type Role, type RoleName } from '~/lib/roles';

export type RoleOption = { value: string; label: string };

/** The roles that somebody may hand out: none that may more than they. */
export function roleOptions(
  own: Role,
  words: (role: RoleName) => string,
  custom: readonly CustomRole[],
): RoleOption[] {
  return [
    ...ROLES.map((role) => ({ role, value: role, label: words(role) })),
    ...custom.map((role) => ({ role, value: role.id, label: role.name })),
  ].flatMap(({ role, ...option }) => (covers(own, permissionsOf(role)) ? [option] : []));
}
