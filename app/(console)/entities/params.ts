import { AddressReader } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { STATUS_LOOKS } from '~/components/words/status-looks';

export const ENTITY_STATUSES = Object.keys(STATUS_LOOKS.entity) as (keyof typeof STATUS_LOOKS.entity)[];
export const KYB_STATUSES = Object.keys(STATUS_LOOKS.onboarding) as (keyof typeof STATUS_LOOKS.onboarding)[];

/** Reads the address of the list of entities. */
export function readEntities(params: SearchParams) {
  const read = new AddressReader(params);
  return read.done({
    text: read.text('q'),
    status: read.choices('status', ENTITY_STATUSES),
    kyb: read.choices('kyb', ['ours', 'none', ...KYB_STATUSES]),
    byName: read.option('sort', ['name']) === 'name',
  });
}
