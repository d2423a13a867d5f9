/** What a rule can say, by name: for who reads one and for who writes one. */
export const SUM_OF = ['requester', 'wallet', 'beneficiary', 'customer'] as const;
export const SUM_WITHIN = ['hour', 'day', 'month'] as const;
export type SumOf = (typeof SUM_OF)[number];
export type SumWithin = (typeof SUM_WITHIN)[number];

export const WALLET_KINDS = ['customer', 'house', 'general'] as const;
export const PATTERNS = ['A', 'B', 'C'] as const;

/** What a rule can look at: an action has some of it. */
export const LOOKS = ['amount', 'sum', 'wallet', 'beneficiary', 'customer', 'outside'] as const;
export type Look = (typeof LOOKS)[number];

/** Roles that a step can be kept for; without one it is for whoever may decide. */
export const STEP_ROLES = ['approver', 'admin'] as const;
export type StepRole = (typeof STEP_ROLES)[number];

export const RULE_MODES = ['off', 'shadow', 'on'] as const;
export type RuleMode = (typeof RULE_MODES)[number];
