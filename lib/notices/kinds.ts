import type { EventType } from '~/lib/outbox/catalogue';
import { can, type Permission, type Role, type RoleName } from '~/lib/roles';

/** How a person is told: not at all, in the console, there and by mail at once, there and by one mail a day. */
export const NOTICE_MODES = ['off', 'app', 'mail', 'digest'] as const;
export type NoticeMode = (typeof NOTICE_MODES)[number];

type Kind = {
  /** Whoever lacks it may not see what the notice is about, and is never told. */
  permission: Permission;
  /** Of who chose nothing, by role; who isn't named is not told until they choose it. */
  unless: Partial<Record<RoleName, NoticeMode>>;
};

/** What people of the console are told of: one table that a reviewer can read aloud. */
const KINDS = {
  /** The books part from the rail, and payouts of the account wait. */
  proof_broken: {
    permission: 'console:read',
    unless: { operator: 'app', approver: 'mail', auditor: 'digest', admin: 'mail' },
  },
  /** Payouts were stopped, of an account or of all; or everything stands still after a restore. */
  payouts_stopped: {
    permission: 'console:read',
    unless: { support: 'app', operator: 'app', approver: 'mail', auditor: 'digest', admin: 'mail' },
  },
  /** Something waits for this very person's decision. */
  approval_waiting: { permission: 'approvals:decide', unless: { approver: 'mail', admin: 'app' } },
  /** An account has less than what is to leave it. */
  cash_short: { permission: 'console:read', unless: { operator: 'app', approver: 'app', admin: 'mail' } },
  /** More payouts than usual fail, of one reason. */
  withdrawals_failing: {
    permission: 'console:read',
    unless: { support: 'app', operator: 'app', approver: 'app', admin: 'mail' },
  },
  /** Events that could not be taken in. */
  dead_letters: { permission: 'console:read', unless: { operator: 'app', admin: 'mail' } },
  /** Fintoc approved a KYB, or rejected it. */
  kyb_decided: { permission: 'console:read', unless: { support: 'app', operator: 'app' } },
  /** A wallet or portfolio used 70, 90 or 100 hundredths of a limit: of many it is a lot, so whoever wants it says so. */
  limit_used: { permission: 'console:read', unless: {} },
  /** A statement that this very person asked for is made, or can't be. */
  statement_ready: {
    permission: 'lists:export',
    unless: { operator: 'app', approver: 'app', auditor: 'app', admin: 'app' },
  },
  /** Statements that this very person has mailed each month ended: also of who may not send any more. */
  statements_ended: {
    permission: 'console:read',
    unless: { viewer: 'app', support: 'app', operator: 'app', approver: 'app', auditor: 'app', admin: 'app' },
  },
} as const satisfies Record<string, Kind>;

export type NoticeKind = keyof typeof KINDS;
export const NOTICE_KINDS = Object.keys(KINDS) as NoticeKind[];

/** Those that this role may choose: whose subject it may see. */
export function kindsFor(role: Role): NoticeKind[] {
  return NOTICE_KINDS.filter((kind) => can(role, KINDS[kind].permission));
}

/** How whoever chose nothing is told. */
export function usualMode(role: Role, kind: NoticeKind): NoticeMode {
  const { permission, unless }: Kind = KINDS[kind];
  return can(role, permission) ? (unless[toldAs(role)] ?? 'off') : 'off';
}

/** Whoever has a custom role is told as those who do the same work. */
function toldAs(role: Role): RoleName {
  if (typeof role === 'string') return role;
  if (can(role, 'approvals:decide')) return 'approver';
  return can(role, 'withdrawals:request') ? 'operator' : 'viewer';
}

/** What a person is told of an event; the type says to whom it can be of interest, `tell` to whom it is. */
const TELLING = {
  'proof.broken': 'proof_broken',
  'payouts.stopped': 'payouts_stopped',
  'standstill.opened': 'payouts_stopped',
  'approval.waits': 'approval_waiting',
  'onboarding.approved': 'kyb_decided',
  'onboarding.rejected': 'kyb_decided',
  'limit.approached': 'limit_used',
  'limit.reached': 'limit_used',
  'statement.ready': 'statement_ready',
  'statement.failed': 'statement_ready',
  'statement_order.ended': 'statements_ended',
} as const satisfies Partial<Record<EventType, NoticeKind>>;

/** An alarm that is raised is an event of its own: those that people are told of too, by the alarm's kind. */
const ALARMS: Readonly<Record<string, NoticeKind>> = {
  cash_short: 'cash_short',
  dead_letters: 'dead_letters',
  withdrawals_failing: 'withdrawals_failing',
};

/** The types of event that somebody may be told of. */
export const TELLING_TYPES: readonly string[] = [...Object.keys(TELLING), 'alarm.raised'];

/** Null for what nobody is told of. */
export function kindOf(type: string, alarmKind: unknown): NoticeKind | null {
  if (type === 'alarm.raised') return ALARMS[String(alarmKind)] ?? null;
  return Object.hasOwn(TELLING, type) ? TELLING[type as keyof typeof TELLING] : null;
}
