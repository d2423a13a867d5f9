import { LOOKS, type Look, SUM_OF, type SumOf } from '~/lib/approvals/rule-words';
import { can, type Permission, type Role } from '~/lib/roles';

type Facts = {
  /**
   * hold: its noun keeps something of its own until it is decided. word: two people say the same, the first of them asks
   * (words.ts). act: it holds nothing, and is done when it is decided (acts.ts).
   */
  kind: 'hold' | 'word' | 'act';
  /** What lets somebody decide on it. Who asked never does, whatever they may. */
  decide: Permission;
  /** What it is about, as the audit names it. */
  subject: string;
  /** How long it waits for a decision: then what it holds goes back; null: until there is one. */
  waitsDays: number | null;
};

/**
 * Everything that one person asks for and another decides on. What approving, declining and expiring does belongs to the
 * nouns; lib/deciding/registry.ts says which verb of which noun that is.
 */
export const ACTIONS = {
  'withdrawal.pay': { kind: 'hold', decide: 'withdrawals:approve', subject: 'withdrawal', waitsDays: 3 },
  'batch.pay': { kind: 'hold', decide: 'withdrawals:approve', subject: 'withdrawal_batch', waitsDays: 3 },
  'adjustment.post': { kind: 'hold', decide: 'adjustments:approve', subject: 'adjustment', waitsDays: 7 },
  'deposit.return': { kind: 'hold', decide: 'deposits:decide', subject: 'transfer', waitsDays: 7 },
  'deposit.assign': { kind: 'hold', decide: 'deposits:decide', subject: 'transfer', waitsDays: 7 },

  'withdrawal.end': { kind: 'word', decide: 'proof:release', subject: 'withdrawal', waitsDays: null },
  'payout.explain': { kind: 'word', decide: 'proof:release', subject: 'transfer', waitsDays: null },
  'break.release': { kind: 'word', decide: 'proof:release', subject: 'proof_break', waitsDays: null },
  'break.accept': { kind: 'word', decide: 'proof:release', subject: 'proof_break', waitsDays: null },
  'payouts.resume': { kind: 'word', decide: 'proof:release', subject: 'payout_stop', waitsDays: null },
  'standstill.release': { kind: 'word', decide: 'proof:release', subject: 'standstill', waitsDays: null },

  /** Somebody new, or more power or their access back for somebody who is there. */
  'operator.enrol': { kind: 'act', decide: 'approvals:decide', subject: 'operator', waitsDays: 3 },
  'operator.change': { kind: 'act', decide: 'approvals:decide', subject: 'operator', waitsDays: 3 },
  'operator.password': { kind: 'act', decide: 'approvals:decide', subject: 'operator', waitsDays: 3 },
  'operator.second_factor': { kind: 'act', decide: 'approvals:decide', subject: 'operator', waitsDays: 3 },
  /** A role by name, new or with more than it had. */
  'role.change': { kind: 'act', decide: 'approvals:decide', subject: 'role', waitsDays: 3 },
  /** The books to somebody from outside, for a while and to read. */
  'operator.guest': { kind: 'act', decide: 'approvals:decide', subject: 'operator', waitsDays: 3 },
  /** Who a customer was, for good. */
  'customer.erase': { kind: 'act', decide: 'approvals:decide', subject: 'customer', waitsDays: 3 },
  'rule.change': { kind: 'act', decide: 'approvals:decide', subject: 'approval_rule', waitsDays: 3 },
  /** A version of terms, or which wallets are under one. */
  'terms.change': { kind: 'act', decide: 'approvals:decide', subject: 'wallet_terms', waitsDays: 3 },
  /** What all wallets of a portfolio may hold and pay out together. */
  'portfolio.cap': { kind: 'act', decide: 'approvals:decide', subject: 'portfolio', waitsDays: 3 },
  /** From how many failures on payouts stop by themselves. */
  'stops.change': { kind: 'act', decide: 'approvals:decide', subject: 'setting', waitsDays: 3 },
  /** Where the rail's daily settlement goes, which needs no explanation. */
  'settlement.change': { kind: 'act', decide: 'approvals:decide', subject: 'setting', waitsDays: 3 },
  /** A caller that may ask for money to move. */
  'key.make': { kind: 'act', decide: 'approvals:decide', subject: 'api_key', waitsDays: 3 },
  /** A new secret for one that has it already. */
  'key.rotate': { kind: 'act', decide: 'approvals:decide', subject: 'api_key', waitsDays: 3 },
  'beneficiary.unblock': { kind: 'act', decide: 'beneficiaries:block', subject: 'beneficiary', waitsDays: 3 },
  /** That what a wallet owes is taken from it in instalments. */
  'debt.plan': { kind: 'act', decide: 'adjustments:approve', subject: 'wallet', waitsDays: 3 },
  /** A wallet to another account of ours, and its money with it. */
  'wallet.move_pattern': { kind: 'act', decide: 'withdrawals:approve', subject: 'wallet', waitsDays: 3 },
  /** Only where a rule says so; else whoever may do it does it at once. */
  'event.replay': { kind: 'act', decide: 'approvals:decide', subject: 'inbox_event', waitsDays: 3 },
  /** The same; `customer` and `portfolio` where it is done to all their wallets. */
  'wallet.freeze': { kind: 'act', decide: 'approvals:decide', subject: 'wallet', waitsDays: 3 },
  'wallet.unfreeze': { kind: 'act', decide: 'approvals:decide', subject: 'wallet', waitsDays: 3 },
  'wallet.close': { kind: 'act', decide: 'approvals:decide', subject: 'wallet', waitsDays: 3 },
  'number.quarantine': { kind: 'act', decide: 'approvals:decide', subject: 'account_number', waitsDays: 3 },
  /** Money in suspense back to who sent it, and to the very wallet that it was sent to. */
  'suspense.return': { kind: 'act', decide: 'deposits:decide', subject: 'transfer', waitsDays: 3 },
  'suspense.assign': { kind: 'act', decide: 'deposits:decide', subject: 'transfer', waitsDays: 3 },
} as const satisfies Record<string, Facts>;

export type ApprovalAction = keyof typeof ACTIONS;
const ALL = Object.keys(ACTIONS) as ApprovalAction[];

/** What is done at once where nobody but who asked could decide, and audited as done by one person alone. */
export const ALONE = [
  ...(['operator.enrol', 'operator.change', 'operator.password', 'operator.second_factor'] as const),
  ...(['role.change', 'rule.change', 'beneficiary.unblock', 'key.make', 'key.rotate'] as const),
  ...(['terms.change', 'portfolio.cap', 'stops.change', 'settlement.change', 'debt.plan'] as const),
] satisfies ApprovalAction[];

/** Under what the inbox shows each. */
export const APPROVAL_GROUPS = [
  'withdrawals',
  'adjustments',
  'deposits',
  'wallets',
  'people',
  'proof',
] as const;
export type ApprovalGroup = (typeof APPROVAL_GROUPS)[number];

export const GROUP_OF: Record<ApprovalAction, ApprovalGroup> = {
  'withdrawal.pay': 'withdrawals',
  'batch.pay': 'withdrawals',
  'adjustment.post': 'adjustments',
  'deposit.return': 'deposits',
  'deposit.assign': 'deposits',
  'suspense.return': 'deposits',
  'suspense.assign': 'deposits',
  'wallet.move_pattern': 'people',
  'withdrawal.end': 'proof',
  'payout.explain': 'proof',
  'break.release': 'proof',
  'break.accept': 'proof',
  'payouts.resume': 'proof',
  'standstill.release': 'proof',
  'operator.enrol': 'people',
  'operator.change': 'people',
  'operator.password': 'people',
  'operator.second_factor': 'people',
  'role.change': 'people',
  'operator.guest': 'people',
  'customer.erase': 'people',
  'rule.change': 'people',
  'terms.change': 'people',
  'portfolio.cap': 'people',
  'stops.change': 'people',
  'settlement.change': 'people',
  'beneficiary.unblock': 'people',
  'key.make': 'people',
  'key.rotate': 'people',
  'event.replay': 'people',
  'debt.plan': 'wallets',
  'wallet.freeze': 'wallets',
  'wallet.unfreeze': 'wallets',
  'wallet.close': 'wallets',
  'number.quarantine': 'wallets',
};

export function actionsOf(group: ApprovalGroup): ApprovalAction[] {
  return ALL.filter((action) => GROUP_OF[action] === group);
}

export function actionsOfKind(kind: Facts['kind']): ApprovalAction[] {
  return ALL.filter((action) => ACTIONS[action].kind === kind);
}

/**
 * What the platform's own systems are told of and read: money that waits, and what they ask for and a rule stops. Who
 * works here, and by which rules, is the house's own. PostgreSQL tells of the same (`tell_money_approvals`).
 */
export const TOLD_ACTIONS: readonly ApprovalAction[] = [
  ...actionsOfKind('hold'),
  ...(['wallet.freeze', 'wallet.unfreeze', 'wallet.close', 'suspense.return', 'suspense.assign'] as const),
];

/** On what somebody of this role may decide. */
export function decidableBy(role: Role): ApprovalAction[] {
  return ALL.filter((action) => can(role, ACTIONS[action].decide));
}

/** When what is asked for at this time is decided on no more; null: never. */
export function expiryOf(action: ApprovalAction, askedAt: Date): Date | null {
  const days: number | null = ACTIONS[action].waitsDays;
  return days === null ? null : new Date(askedAt.getTime() + days * 86_400_000);
}

/** Of what people make rules of their own, and what such a rule can look at there. */
export const RULED = {
  'withdrawal.pay': LOOKS,
  'adjustment.post': ['amount', 'sum', 'wallet', 'outside'],
  'deposit.return': ['amount', 'wallet', 'outside'],
  'deposit.assign': ['amount', 'wallet', 'outside'],
  'event.replay': ['outside'],
  'wallet.freeze': ['wallet', 'outside'],
  'wallet.unfreeze': ['wallet', 'outside'],
  'wallet.close': ['wallet', 'outside'],
  'number.quarantine': ['wallet', 'outside'],
  'suspense.return': ['amount', 'outside'],
  'suspense.assign': ['amount', 'wallet', 'outside'],
  'terms.change': ['outside'],
  'wallet.move_pattern': ['amount', 'wallet', 'outside'],
  'debt.plan': ['amount', 'wallet', 'outside'],
} as const satisfies Partial<Record<ApprovalAction, readonly Look[]>>;
/** By whom what is asked for adds up, where a rule can look at sums. */
const SUMMED: Partial<Record<keyof typeof RULED, readonly SumOf[]>> = {
  'withdrawal.pay': SUM_OF,
  'adjustment.post': ['requester', 'wallet', 'customer'],
};
export const sumsOf = (action: RuledAction): readonly SumOf[] => SUMMED[action] ?? [];

export type RuledAction = keyof typeof RULED;
export const RULED_ACTIONS = Object.keys(RULED) as [RuledAction, ...RuledAction[]];
