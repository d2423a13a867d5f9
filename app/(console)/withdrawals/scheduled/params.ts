import { AddressReader } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { SCHEDULE_EVERY, SCHEDULE_STATES } from '~/lib/schedules/read';

/** Reads the address of the list of what is planned; `?wallet=<id>` narrows it to one wallet's. */
export function readSchedules(params: SearchParams) {
  const read = new AddressReader(params);
  return read.done({
    text: read.text('q'),
    state: read.choices('state', SCHEDULE_STATES),
    every: read.choices('every', SCHEDULE_EVERY),
    walletId: read.uuid('wallet'),
  });
}
