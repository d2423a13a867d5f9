/** Who may do what: one table that a reviewer can read aloud. Actions and routes check it on the server. */
export const ROLES = ['viewer', 'support', 'operator', 'approver', 'auditor', 'admin'] as const;
export type RoleName = (typeof ROLES)[number];

const everyone: readonly RoleName[] = ROLES;
const staff: readonly RoleName[] = ['operator', 'approver', 'admin'];

const PERMISSIONS = {
  'console:read': everyone,
  'people:reveal': ['support', 'operator', 'approver', 'auditor', 'admin'],
  'notes:write': ['support', 'operator', 'approver', 'admin'],
  'customers:write': staff,
  'wallets:provision': staff,
  'wallets:freeze': staff,
  'kyb:write': staff,
  'fintoc:sync': staff,
  'deposits:simulate': staff,
  'deposits:resolve': staff,
  'withdrawals:request': staff,
  'withdrawals:approve': ['approver', 'admin'],
  'adjustments:request': staff,
  'webhooks:replay': staff,
  'audit:read': ['auditor', 'admin'],
  'settings:read': ['auditor', 'admin'],
  'settings:write': ['admin'],
  'operators:write': ['admin'],
} as const satisfies Record<string, readonly RoleName[]>;

export type Permission = keyof typeof PERMISSIONS;

export function can(role: RoleName, permission: Permission): boolean {
  return (PERMISSIONS[permission] as readonly RoleName[]).includes(role);
}
