import { AddressReader } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { ASSET_CODES } from '~/lib/money';

/** Reads the address of the list of who owes. */
export function readDebts(params: SearchParams) {
  const read = new AddressReader(params);
  return read.done({ asset: read.choices('asset', ASSET_CODES) });
}
