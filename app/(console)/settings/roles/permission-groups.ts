import type { Permission } from '~/lib/roles';

const GROUPS = ['see', 'work', 'wallets', 'money', 'decide', 'manage'] as const;
type Group = (typeof GROUPS)[number];

/** Under what each permission is shown; null: everybody who signs in has it. */
const GROUP_OF: Record<Permission, Group | null> = {
  'console:read': null,
  'people:read': 'see',
  'reveals:write': 'see',
  'lists:export': 'see',
  'people:export': 'see',
  'audit:read': 'see',
  'settings:read': 'see',
  'notes:write': 'work',
  'cases:write': 'work',
  'customers:write': 'work',
  'kyb:write': 'work',
  'fintoc:sync': 'work',
  'inbox:replay': 'work',
  'proof:recover': 'work',
  'wallets:provision': 'wallets',
  'wallets:freeze': 'wallets',
  'deposits:simulate': 'money',
  'deposits:resolve': 'money',
  'withdrawals:request': 'money',
  'adjustments:request': 'money',
  'payouts:stop': 'money',
  'deposits:decide': 'decide',
  'withdrawals:approve': 'decide',
  'adjustments:approve': 'decide',
  'approvals:decide': 'decide',
  'beneficiaries:block': 'decide',
  'proof:release': 'decide',
  'people:erase': 'manage',
  'settings:write': 'manage',
  'operators:write': 'manage',
  'keys:write': 'manage',
  'webhooks:write': 'manage',
};

/** The permissions that a role can be made of, in groups. */
export const PERMISSION_GROUPS = GROUPS.map((group) => ({
  group,
  permissions: (Object.keys(GROUP_OF) as Permission[]).filter((each) => GROUP_OF[each] === group),
}));

/** The messages' key of a permission. */
export function wordKey(permission: Permission): 'people_read' {
  return permission.replace(':', '_') as 'people_read';
}
