import type { Tx } from '~/lib/db';
import { DomainError, notFound } from '~/lib/errors';
import type { WithdrawalStatus } from '~/prisma/generated/enums';

/** Ended without the beneficiary keeping the money: what was asked may be asked again, as a new withdrawal. */
const OVER: ReadonlySet<WithdrawalStatus> = new Set([
  'failed',
  'rejected',
  'returned',
  'declined',
  'cancelled',
  'expired',
]);

/** Whether a withdrawal ended without paying anybody. */
export function isOver(status: WithdrawalStatus): boolean {
  return OVER.has(status);
}

/**
 * The withdrawal that a new one takes the place of, under its wallet's lock. Each is tried again once: what failed again
 * is tried again from there, so that nobody pays twice from two screens. Throws `already_retried` or `payout_not_final`.
 */
export async function checkedRetry(
  tx: Tx,
  { retryOf, walletId }: { retryOf?: string | undefined; walletId: string },
): Promise<string | null> {
  if (!retryOf) return null;
  const before = await tx.withdrawal.findUnique({
    where: { id: retryOf },
    select: { walletId: true, status: true, retry: { select: { id: true } } },
  });
  if (!before || before.walletId !== walletId) throw notFound('withdrawal', retryOf);
  if (before.retry) throw new DomainError('already_retried', `Tried again as ${before.retry.id}.`);
  if (!isOver(before.status))
    throw new DomainError('payout_not_final', `The withdrawal is ${before.status}.`);
  return retryOf;
}
