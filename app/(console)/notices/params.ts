import { AddressReader } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';

/** Reads the address of the notices: all of them, or those that are unread. */
export function readNotices(params: SearchParams) {
  const read = new AddressReader(params);
  const show = read.choices('show', ['unread'] as const);
  return read.done({ unread: show !== undefined });
}
