/** What something can have happened to. */
export const SUBJECTS = [
  'operator',
  'role',
  'customer',
  'wallet',
  'wallet_terms',
  'entity',
  'account',
  'account_number',
  'transfer',
  'withdrawal',
  'withdrawal_batch',
  'schedule',
  'adjustment',
  'hold',
  'inbox_event',
  'setting',
  'asset',
  'approval_rule',
  'approval',
  'beneficiary',
  'inbox_endpoint',
  'fintoc',
  ...(['proof_break', 'list', 'alarm', 'standstill', 'payout_stop', 'api_key', 'case', 'balance'] as const),
  ...(['webhook_endpoint', 'statement'] as const),
  /** What is decided on before money moves; `approval` is of who works here, and by which rules. */
  'money_approval',
] as const;
export type Subject = (typeof SUBJECTS)[number];

/** The house's own: nobody else is told what happens to them, whatever it is. */
export const HOUSE_SUBJECTS: readonly Subject[] = ['approval'];
