import { AddressReader } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { BATCH_STATES } from '~/lib/batches/read';

/** Reads the address of the list of files of withdrawals. */
export function readBatches(params: SearchParams) {
  const read = new AddressReader(params);
  return read.done({ text: read.text('q'), state: read.choices('state', BATCH_STATES) });
}
