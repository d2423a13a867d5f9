import type { Permission } from '~/lib/roles';

type Facts = {
  /** What lets somebody decide on it. Who asked never does, whatever they may. */
  decide: Permission;
  /** What it is about, as the audit names it. */
  subject: string;
  /** How long it waits for a decision; null: until there is one. */
  waitsDays: number | null;
};

/**
 * Everything that one person asks for and another decides on. What approving, declining and expiring does belongs to the
 * nouns; lib/approvals-registry.ts says which verb of which noun that is.
 */
export const ACTIONS = {
  'withdrawal.pay': { decide: 'withdrawals:approve', subject: 'withdrawal', waitsDays: 3 },
  'adjustment.post': { decide: 'adjustments:approve', subject: 'adjustment', waitsDays: null },
  /** Somebody new, or more power or their access back for somebody who is there. */
  'operator.enrol': { decide: 'approvals:decide', subject: 'operator', waitsDays: 3 },
  'operator.change': { decide: 'approvals:decide', subject: 'operator', waitsDays: 3 },
  'operator.password': { decide: 'approvals:decide', subject: 'operator', waitsDays: 3 },
  'rule.change': { decide: 'approvals:decide', subject: 'approval_rule', waitsDays: 3 },
  'beneficiary.unblock': { decide: 'beneficiaries:block', subject: 'beneficiary', waitsDays: 3 },
} as const satisfies Record<string, Facts>;

export type ApprovalAction = keyof typeof ACTIONS;

/** When what is asked for at this time is decided on no more; null: never. */
export function expiryOf(action: ApprovalAction, askedAt: Date): Date | null {
  const days: number | null = ACTIONS[action].waitsDays;
  return days === null ? null : new Date(askedAt.getTime() + days * 86_400_000);
}
