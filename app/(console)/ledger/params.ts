import { lookBackOf } from '~/components/list/look-back-params';
import { AddressReader } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
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
  'deposit_announced',
  'deposit_arrived',
  'payout_settled',
  'payout_explained',
  'move_sent',
  'move_arrived',
  'move_returned',
  'withdrawal_return',
  'adjustment_hold',
  'adjustment',
  'adjustment_release',
  'hold',
  'hold_release',
] as const;

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
