import { askedParams } from '~/components/list/money-params';
import { AddressReader } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';

/** Every state of an adjustment; the words are `status.adjustment`. */
export const ADJUSTMENT_STATUSES = ['awaiting_approval', 'posted', 'declined', 'cancelled'] as const;
export type AdjustmentStatusName = (typeof ADJUSTMENT_STATUSES)[number];

/** Reads the address of a list of adjustments that shows these states. `?wallet=<id>` narrows it to one wallet's. */
export function readAdjustments(
  params: SearchParams,
  statuses: readonly AdjustmentStatusName[],
  timeZone: string,
) {
  const read = new AddressReader(params);
  return read.done(askedParams(read, statuses, timeZone));
}
