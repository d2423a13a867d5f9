import { AddressReader } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { BATCH_STATES, ROW_VIEWS } from '~/lib/batches/read';

/** Reads the address of the list of files of withdrawals. */
export function readBatches(params: SearchParams) {
  const read = new AddressReader(params);
  return read.done({ text: read.text('q'), state: read.choices('state', BATCH_STATES) });
}

/** Reads the address of the rows of one file. */
export function readRows(params: SearchParams) {
  const read = new AddressReader(params);
  return read.done({ view: read.option('view', ROW_VIEWS) });
}
