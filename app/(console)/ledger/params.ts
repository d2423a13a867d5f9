import { AddressReader } from '~/components/read-address';
import { type SearchParams, textParam } from '~/components/search-params';
import { CLOCKS, type Clock, type Moment } from '~/lib/ledger/moment';
import { LEDGER_GROUPS } from '~/lib/ledger/read';
import { ASSETS, type AssetCode } from '~/lib/money';

export const ASSET_CODES = Object.keys(ASSETS) as AssetCode[];

/** Every kind of a ledger transaction; the words are `kinds.transaction`. */
export const TRANSACTION_KINDS = [
  'deposit',
  'deposit_return',
  'deposit_return_settled',
  'deposit_return_failed',
  'deposit_return_undone',
  'debt_repaid',
  'withdrawal_hold',
  'withdrawal_release',
  'payout_accepted',
  'payout_settled',
  'payout_explained',
  'withdrawal_return',
  'adjustment_hold',
  'adjustment',
  'adjustment_release',
] as const;

/** What the address asks to see: balances of a moment, beside those of another. Left out, now and nothing. */
export type LookBack = {
  at: Moment | undefined;
  compared: Moment | undefined;
  clock: Clock;
  /** As they stand in the address. */
  words: { at: string | undefined; compared: string | undefined };
};

/** Reads the address of the list of ledger accounts, as they stand or stood. */
export function readLedgerAccounts(params: SearchParams, timeZone: string) {
  const read = new AddressReader(params);
  const look = lookBackOf(read, params, timeZone, ['at']);
  const address = read.done({
    at: look.at,
    text: read.text('q'),
    groups: read.choices('group', LEDGER_GROUPS),
    assets: read.choices('asset', ASSET_CODES),
    nonZero: read.choices('balance', ['nonzero']) !== undefined,
  });
  return { ...address, look };
}

/** Reads the address of the list of ledger transactions. */
export function readLedgerTransactions(params: SearchParams, timeZone: string) {
  const read = new AddressReader(params);
  return read.done({
    text: read.text('q'),
    kinds: read.choices('kind', TRANSACTION_KINDS),
    ...read.days(timeZone),
  });
}

/** Reads `?at=`, `?with=` and `?clock=` of a page that is about balances; `besides` is what a list on it reads. */
export function readLookBack(params: SearchParams, timeZone: string, besides: readonly string[] = []) {
  const read = new AddressReader(params).besides(...besides);
  const look = lookBackOf(read, params, timeZone, ['at', 'with']);
  return { ...read.done({}), look };
}

/** The moments of an address; `with` only where balances are compared. */
export function lookBackOf(
  read: AddressReader,
  params: SearchParams,
  timeZone: string,
  names: readonly ('at' | 'with')[],
): LookBack {
  const [clock = 'effective'] = read.choices('clock', CLOCKS) ?? [];
  const of = (name: 'at' | 'with') => {
    const before = names.includes(name) ? read.moment(name, timeZone) : undefined;
    return before ? { moment: { before, clock }, words: textParam(params, name) } : undefined;
  };
  const [at, compared] = [of('at'), of('with')];
  return {
    at: at?.moment,
    compared: compared?.moment,
    clock,
    words: { at: at?.words, compared: compared?.words },
  };
}
