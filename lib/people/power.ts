import type { Actor } from '~/lib/actor';
import { DomainError } from '~/lib/errors';
import { can, covers, nameOfRole, permissionsOf, type Role } from '~/lib/roles';

export type Access = { role: Role; disabled: boolean };

/** Who decides on what others ask for. */
export function isDecider({ role, disabled }: Access): boolean {
  return !disabled && can(role, 'approvals:decide');
}

/** What somebody could move: nothing; money, by asking; money, by asking and deciding; and who else may. */
function powerOf({ role, disabled }: Access): number {
  if (disabled || !can(role, 'withdrawals:request')) return 0;
  if (can(role, 'operators:write')) return 3;
  return can(role, 'approvals:decide') ? 2 : 1;
}

/** What somebody may beside looking around. */
function actsOf({ role, disabled }: Access): string[] {
  return disabled ? [] : permissionsOf(role).filter((permission) => permission !== 'console:read');
}

/**
 * Whether a change gives somebody more of that than they have: nobody gives it alone. Custom roles are no ladder: there
 * anything counts that they could not do before.
 */
export function gainsPower(before: Access, after: Access): boolean {
  if (typeof before.role === 'string' && typeof after.role === 'string')
    return powerOf(after) > powerOf(before);
  if (!after.disabled && seesMore(before.role, after.role)) return true;
  const had = new Set(actsOf(before));
  return actsOf(after).some((act) => !had.has(act));
}

/** Whether it shows somebody what lay beyond their scope. */
function seesMore(before: Role, after: Role): boolean {
  const [had, has] = [before, after].map((role) => (typeof role === 'string' ? [] : role.portfolioIds));
  if (!had || !has || had.length === 0) return false;
  return has.length === 0 || has.some((portfolio) => !had.includes(portfolio));
}

/** Nobody hands out more than they have themselves, nor touches the access of who has more. Throws `forbidden`. */
export function requireReach(by: Actor, role: Role): void {
  if (by.kind === 'operator' && !covers(by.role, permissionsOf(role)))
    throw new DomainError('forbidden', `${nameOfRole(role)} may more than ${nameOfRole(by.role)}.`, {
      permission: 'operators:write',
    });
}
