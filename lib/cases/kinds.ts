/** What cases are about, whose turn it is, and how they are sorted: closed sets, the same as PostgreSQL's. */
export const CASE_TYPES = [
  'deposit_claim',
  'withdrawal_claim',
  'wrong_beneficiary',
  'fraud',
  'kyb',
  'other',
] as const;
export type CaseTypeName = (typeof CASE_TYPES)[number];

export const WAITS_FOR = ['us', 'customer', 'bank', 'fintoc'] as const;
export type WaitsFor = (typeof WAITS_FOR)[number];

export const CASE_SUBJECTS = ['customer', 'transfer', 'withdrawal', 'proof_break'] as const;
export type CaseSubject = (typeof CASE_SUBJECTS)[number];

export const CASE_STATES = ['open', 'overdue', 'closed'] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** Where a case stands on its clock. */
export function caseState(
  { closedAt, dueAt }: { closedAt: Date | null; dueAt: Date },
  now = new Date(),
): CaseState {
  if (closedAt) return 'closed';
  return dueAt < now ? 'overdue' : 'open';
}

/** The type that somebody means most likely who opens a case on such a thing. */
export function likelyType(subject: CaseSubject): CaseTypeName {
  if (subject === 'transfer') return 'deposit_claim';
  return subject === 'withdrawal' ? 'withdrawal_claim' : 'other';
}
