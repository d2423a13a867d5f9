import { can, type RoleName } from '~/lib/roles';

type Access = { role: RoleName; disabled: boolean };

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

/** Whether a change gives somebody more of that than they have: nobody gives it alone. */
export function gainsPower(before: Access, after: Access): boolean {
  return powerOf(after) > powerOf(before);
}
