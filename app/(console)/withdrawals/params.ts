import { askedParams, bankParam } from '~/components/list/money-params';
import { AddressReader } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';

/** Every state of a withdrawal; the words are `status.withdrawal`. */
export const WITHDRAWAL_STATUSES = [
  'awaiting_approval',
  'queued',
  'submitting',
  'pending',
  'succeeded',
  'failed',
  'rejected',
  'returned',
  'declined',
  'cancelled',
  'expired',
] as const;
export type WithdrawalStatusName = (typeof WITHDRAWAL_STATUSES)[number];

/** What the overview counts as news. */
export const CHANGED = ['24h'] as const;

/** Reads the address of a list of withdrawals that shows these states. `?wallet=<id>` narrows it to one wallet's. */
export function readWithdrawals(
  params: SearchParams,
  statuses: readonly WithdrawalStatusName[],
  timeZone: string,
) {
  const read = new AddressReader(params);
  return read.done({
    ...askedParams(read, statuses, timeZone),
    banks: bankParam(read),
    changedSince: read.choices('changed', CHANGED) ? new Date(Date.now() - 24 * 3_600_000) : undefined,
  });
}
