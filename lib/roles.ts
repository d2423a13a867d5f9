/** Who may do what: one table that a reviewer can read aloud. Actions and routes check it on the server. */
export const ROLES = ['viewer', 'support', 'operator', 'approver', 'auditor', 'admin'] as const;
export type RoleName = (typeof ROLES)[number];

const everyone: readonly RoleName[] = ROLES;
const staff: readonly RoleName[] = ['operator', 'approver', 'admin'];

const PERMISSIONS = {
  'console:read': everyone,
  /** Everybody's personal data, as the work needs it: to type a beneficiary, to approve one, to audit. */
  'people:read': ['operator', 'approver', 'auditor', 'admin'],
  /** One person's personal data, for a while and for a reason. */
  'reveals:write': ['support'],
  /** A file leaves the house whole: not for who looks up one person at a time, and masked it would hold nothing to work with. */
  'lists:export': ['operator', 'approver', 'auditor', 'admin'],
  /** All that is held of one person, whole, for who asks for it by law: with a reason. */
  'people:export': ['admin'],
  /** Who somebody was, for good: asked for by one, decided on by another. */
  'people:erase': ['admin'],
  'notes:write': ['support', 'operator', 'approver', 'admin'],
  'cases:write': ['support', 'operator', 'approver', 'admin'],
  'customers:write': staff,
  'wallets:provision': staff,
  'wallets:freeze': staff,
  'kyb:write': staff,
  'fintoc:sync': staff,
  'deposits:simulate': staff,
  'deposits:resolve': staff,
  'deposits:decide': ['approver', 'admin'],
  'withdrawals:request': staff,
  'withdrawals:approve': ['approver', 'admin'],
  /** To whom nobody pays: who decides on payouts decides on it. */
  /** That nothing more is paid out: whoever sees fire pulls the alarm. */
  'payouts:stop': staff,
  'beneficiaries:block': ['approver', 'admin'],
  /** On who may decide, and from when it takes somebody: never on one's own wish. */
  'approvals:decide': ['approver', 'admin'],
  'adjustments:request': staff,
  'adjustments:approve': ['approver', 'admin'],
  'inbox:replay': staff,
  /** Asks Fintoc how things stand, and changes nothing there: who has the customer on the phone may. */
  'proof:recover': ['support', ...staff],
  'proof:release': ['approver', 'admin'],
  'audit:read': ['auditor', 'admin'],
  'settings:read': ['auditor', 'admin'],
  'settings:write': ['admin'],
  'operators:write': ['admin'],
  'keys:write': ['admin'],
  /** Where the platform is told of what happens. */
  'webhooks:write': ['admin'],
} as const satisfies Record<string, readonly RoleName[]>;

export type Permission = keyof typeof PERMISSIONS;
export const PERMISSION_NAMES = Object.keys(PERMISSIONS) as Permission[];

export function can(role: RoleName, permission: Permission): boolean {
  return (PERMISSIONS[permission] as readonly RoleName[]).includes(role);
}

/** For what a person shows again that it is they: to decide, to see personal data, to change rules, keys and people. */
const PROVEN: readonly Permission[] = [
  'people:erase',
  'reveals:write',
  'deposits:decide',
  'withdrawals:approve',
  'approvals:decide',
  'adjustments:approve',
  'beneficiaries:block',
  'proof:release',
  'settings:write',
  'operators:write',
  'keys:write',
  'webhooks:write',
];

export function needsProof(permission: Permission): boolean {
  return PROVEN.includes(permission);
}

/** What our own jobs may do by themselves, without anybody who asked. Those that only write down what they saw may nothing. */
const JOBS = {
  /** An install and its first data: from the command line, by who has the machine. */
  setup: [
    'settings:write',
    'operators:write',
    'customers:write',
    'wallets:provision',
    'wallets:freeze',
    'kyb:write',
    'fintoc:sync',
  ],
  /** Writes down who tried to get in. */
  sign_in: [],
  sync: ['fintoc:sync'],
  endpoints: ['settings:write'],
  provisioning: [],
  submission: [],
  batches: [],
  schedules: [],
  expiry: [],
  transfers: [],
  moves: [],
  kyb: [],
  proof: [],
  standstill: [],
  stops: [],
  alarms: [],
  webhooks: [],
  statements: [],
} as const satisfies Record<string, readonly Permission[]>;

export type Job = keyof typeof JOBS;
export const JOB_NAMES = Object.keys(JOBS) as Job[];

export function jobMay(job: Job, permission: Permission): boolean {
  return (JOBS[job] as readonly Permission[]).includes(permission);
}
