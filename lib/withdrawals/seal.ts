import { createHash } from 'node:crypto';
import type { Withdrawal } from '~/prisma/generated/client';

/** What Postgres puts its seal on when a withdrawal is asked for, and again when it is approved. */
export type Sealed = Pick<
  Withdrawal,
  | 'id'
  | 'walletId'
  | 'accountId'
  | 'asset'
  | 'amount'
  | 'feeAmount'
  | 'destinationKind'
  | 'destination'
  | 'approvedById'
  | 'requestHash'
  | 'approvedHash'
>;

/** The seal of a row as it is now: the same as withdrawal_hash() in Postgres. */
export function sealOf(withdrawal: Sealed): string {
  const { id, walletId, accountId, asset, amount, feeAmount, destinationKind, destination } = withdrawal;
  const facts = [id, walletId, accountId, asset, amount, feeAmount, destinationKind, destination];
  return createHash('sha256').update(facts.join('\n')).digest('hex');
}

/**
 * Whether a withdrawal is still what was asked for and, where somebody approved it, what they approved. Asked of the row
 * that is about to be sent: what says no was changed behind the back of everything here, and does not leave.
 */
export function isAsApproved(withdrawal: Sealed): boolean {
  const seal = sealOf(withdrawal);
  if (withdrawal.requestHash !== seal) return false;
  return withdrawal.approvedById === null
    ? withdrawal.approvedHash === null
    : withdrawal.approvedHash === seal;
}
