import { bankParam, moneyParams } from '~/components/list/money-params';
import { AddressReader } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';

/** Why money waits; the words are `kinds.suspense`. */
export const REASONS = [
  'unknown_number',
  'wallet_frozen',
  'wallet_closed',
  'deposits_disabled',
  'outside_limits',
  'outside_portfolio_limits',
] as const;
/** Where an inbound transfer can stand; the words are `status.transfer`. */
export const STATES = ['succeeded', 'pending', 'return_pending', 'returned', 'rejected', 'seen'] as const;

/** What can be asked of a clave de rastreo: that other deposits came with it too. */
export const KEYS = ['shared'] as const;

/** Reads the address of a list of deposits: of those that wait, by why; of all, by where they stand. */
export function readDeposits(params: SearchParams, view: 'suspense' | 'all', timeZone: string) {
  const read = new AddressReader(params);
  const { since, before } = read.days(timeZone);
  return read.done({
    ...(view === 'suspense'
      ? { suspenseReason: read.choices('reason', REASONS) }
      : { state: read.choices('state', STATES) }),
    banks: bankParam(read),
    sharesKey: read.choices('key', KEYS) !== undefined,
    text: read.text('q'),
    from: since,
    to: before,
    ...moneyParams(read),
  });
}
