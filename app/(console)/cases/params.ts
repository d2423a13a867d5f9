import { AddressReader } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { CASE_STATES, CASE_TYPES } from '~/lib/cases/kinds';

/** Reads the address of the list of cases. Without a state, those that are open; `?owner=me` is whoever reads it. */
export function readCases(params: SearchParams, ownId: string) {
  const read = new AddressReader(params);
  const mine = read.choices('owner', ['me'] as const);
  return read.done({
    text: read.text('q'),
    state: read.choices('state', CASE_STATES) ?? (['open', 'overdue'] as const).slice(),
    type: read.choices('type', CASE_TYPES),
    ownerId: mine && ownId,
  });
}
