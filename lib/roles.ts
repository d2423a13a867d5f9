/**
 * Who may do what: one table that a reviewer can read aloud. Actions and routes check it on the server. These are the
 * built-in roles, which nobody edits.
 */
export const ROLES = ['viewer', 'support', 'operator', 'approver', 'auditor', 'admin'] as const;
export type RoleName = (typeof ROLES)[number];

/** One that people made by name of the permissions below (people/custom-roles.ts). */
export type CustomRole = {
  id: string;
  name: string;
  permissions: readonly Permission[];
  /** Its scope: those who have it see and work with what is of these portfolios. None: with the whole house. */
  portfolioIds: readonly string[];
};
export type Role = RoleName | CustomRole;

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

export function can(role: Role, permission: Permission): boolean {
  if (typeof role !== 'string') return role.permissions.includes(permission);
  return (PERMISSIONS[permission] as readonly RoleName[]).includes(role);
}

/** All that somebody of this role may. */
export function permissionsOf(role: Role): Permission[] {
  return PERMISSION_NAMES.filter((permission) => can(role, permission));
}

/**
 * Whether somebody of this role may all of that: nobody hands out more than they have. Who sees everybody's personal data
 * has to reveal nobody's.
 */
export function covers(role: Role, permissions: readonly Permission[]): boolean {
  return permissions.every(
    (permission) => can(role, permission) || (permission === 'reveals:write' && can(role, 'people:read')),
  );
}

/**
 * What a role with a scope may be made of. All else is about the house as a whole, or moves money, which is judged by all
 * that left to the same CLABE, person or customer: who does it sees everything.
 */
const OF_A_SCOPE: readonly Permission[] = [
  'console:read',
  'people:read',
  'reveals:write',
  'lists:export',
  'notes:write',
  'cases:write',
];

/** Whether those who have it see some portfolios alone. */
export function isScoped(role: Role): role is CustomRole {
  return typeof role !== 'string' && role.portfolioIds.length > 0;
}

export function fitsScope(permission: Permission): boolean {
  return OF_A_SCOPE.includes(permission);
}

/** What a form calls it by: the name of a built-in role, the id of a custom one. */
export function refOf(role: Role): string {
  return typeof role === 'string' ? role : role.id;
}

/** As it is called where there are no messages. */
export function nameOfRole(role: Role): string {
  return typeof role === 'string' ? role : role.name;
}

/** For what a person shows again that it is they: to decide, to see or take personal data, to change rules, keys and people. */
const PROVEN: readonly Permission[] = [
  'people:erase',
  'reveals:write',
  'people:export',
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

/** Whether a role weighs so much that it takes a second factor: it decides, or changes rules, keys and people. */
export function isWeighty(role: Role): boolean {
  return PROVEN.some((permission) => permission !== 'reveals:write' && can(role, permission));
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
