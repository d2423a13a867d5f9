import { numberIn } from '~/lib/rails/destination';
import type { Moves, TransferRow, WithdrawalRow } from '~/lib/transfers/records';

/** Why a payout is no withdrawal's payment. */
export type UnexplainedReason =
  | 'no_mark'
  | 'unknown_withdrawal'
  | 'paid_twice'
  | 'ended'
  | 'amount'
  | 'beneficiary'
  | 'account'
  | 'settlement_elsewhere';

/**
 * Why a transfer that carries a withdrawal's mark isn't its payment; null when it is. One that ended has given its hold
 * back, and one that was paid was paid: whatever pays under their mark besides is somebody's loss until it is explained.
 */
export function mismatch(withdrawal: WithdrawalRow, row: TransferRow): UnexplainedReason | null {
  if (withdrawal.transferId === row.id) return null;
  if (withdrawal.transferId !== null) return 'paid_twice';
  // One that waits to be approved was, by books that a restore took back.
  if (!['submitting', 'queued', 'awaiting_approval'].includes(withdrawal.status)) return 'ended';
  if (withdrawal.accountId !== row.accountId) return 'account';
  if (withdrawal.amount !== row.amount) return 'amount';
  if (row.counterpartyNumber !== null && row.counterpartyNumber !== numberIn(withdrawal.destination))
    return 'beneficiary';
  return null;
}

/** The same of a transfer that carries the mark of a move's payment from one account of ours to another. */
export function unlikePayment(
  payment: Moves['payments'][number],
  row: TransferRow,
): UnexplainedReason | null {
  if (payment.transferId === row.id) return null;
  if (payment.transferId !== null) return 'paid_twice';
  if (payment.accountId !== row.accountId) return 'account';
  if (payment.amount !== row.amount) return 'amount';
  if (row.counterpartyNumber !== null && row.counterpartyNumber !== payment.destination) return 'beneficiary';
  return null;
}

/** Why a payout that is no withdrawal's stands unexplained. */
export function unasked(
  mark: string | null,
  payment: Moves['payments'][number] | undefined,
  row: TransferRow,
): UnexplainedReason | null {
  if (payment) return unlikePayment(payment, row);
  return mark === null ? 'no_mark' : 'unknown_withdrawal';
}

/** Whether an amount is one of those that are waited for; it is then waited for no more. */
export function takeOut(amounts: bigint[], amount: bigint): boolean {
  const at = amounts.indexOf(amount);
  if (at >= 0) amounts.splice(at, 1);
  return at >= 0;
}
