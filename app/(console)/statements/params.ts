import { AddressReader } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { STATEMENT_FORMATS, STATEMENT_STATES } from '~/lib/statements/read';

/** Reads the address of the list of statements; `?wallet=` and `?customer=` narrow it to one's. */
export function readStatements(params: SearchParams) {
  const read = new AddressReader(params);
  return read.done({
    state: read.choices('state', STATEMENT_STATES),
    format: read.choices('format', STATEMENT_FORMATS),
    walletId: read.uuid('wallet'),
    customerId: read.uuid('customer'),
  });
}
