import { AddressReader } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { STATUS_LOOKS } from '~/components/words/status-looks';

export const NUMBER_STATUSES = Object.keys(
  STATUS_LOOKS.accountNumber,
) as (keyof typeof STATUS_LOOKS.accountNumber)[];

/** Without a deposit for so many days. */
export const DORMANT_DAYS = ['90', '180', '365'] as const;

function daysOf(chosen: readonly string[] | undefined): number | undefined {
  return chosen?.[0] === undefined ? undefined : Number(chosen[0]);
}

/** Reads the address of the list of account numbers. */
export function readAccountNumbers(params: SearchParams) {
  const read = new AddressReader(params);
  const linked = onlyOf(read, 'linked');
  return read.done({
    text: read.text('q'),
    status: read.choices('status', NUMBER_STATUSES),
    linked: linked === undefined ? undefined : linked ? ('wallet' as const) : ('none' as const),
    root: onlyOf(read, 'root'),
    dormantDays: daysOf(read.choices('dormant', DORMANT_DAYS)),
  });
}

/** A filter with two sides: one of them, or both, which is no filter. */
function onlyOf(read: AddressReader, name: string): boolean | undefined {
  const chosen = read.choices(name, ['yes', 'no']);
  return chosen?.length === 1 ? chosen[0] === 'yes' : undefined;
}
