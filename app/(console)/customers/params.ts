import { AddressReader } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { CUSTOMER_COUNTRIES, CUSTOMER_KINDS } from '~/lib/people/customers';

/** Reads the address of the list of customers. */
export function readCustomers(params: SearchParams) {
  const read = new AddressReader(params);
  return read.done({
    text: read.text('q'),
    kind: read.choices('kind', CUSTOMER_KINDS),
    country: read.choices('country', CUSTOMER_COUNTRIES),
    byName: read.option('sort', ['name']) === 'name',
  });
}
