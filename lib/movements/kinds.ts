/** What a movement can be; the words are `kinds.movement`. */
export const MOVEMENT_KINDS = [
  'deposit',
  'deposit_fee',
  'deposit_return',
  'deposit_return_settled',
  'deposit_return_failed',
  'deposit_return_undone',
  'debt_repaid',
  'withdrawal',
  'withdrawal_fee',
  'withdrawal_release',
  'withdrawal_return',
  'payout_settled',
  'payout_explained',
  'adjustment',
  'adjustment_release',
] as const;
