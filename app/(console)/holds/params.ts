import { AddressReader } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { HOLD_STATES } from '~/lib/holds/read';
import { ASSET_CODES } from '~/lib/money';

/** Reads the address of the list of holds; `?wallet=<id>` narrows it to one wallet's. */
export function readHolds(params: SearchParams) {
  const read = new AddressReader(params);
  return read.done({
    text: read.text('q'),
    state: read.choices('state', HOLD_STATES),
    asset: read.choices('asset', ASSET_CODES),
    walletId: read.uuid('wallet'),
  });
}
