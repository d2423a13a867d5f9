import { lookBackOf } from '~/components/list/look-back-params';
import { AddressReader } from '~/components/list/read-address';
import { dayOf, daysOf, namedDays, type SearchParams } from '~/components/list/search-params';
import { POLIZAS_PER } from '~/lib/accounting/polizas';
import { TRANSACTION_KINDS } from '~/lib/ledger/kinds';
import { LEDGER_GROUPS } from '~/lib/ledger/read';
import { ASSETS, type AssetCode } from '~/lib/money';

export const ASSET_CODES = Object.keys(ASSETS) as AssetCode[];

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

/** Reads the address of the pólizas: of the current month where no days are chosen. */
export function readPolizas(params: SearchParams, timeZone: string) {
  const read = new AddressReader(params);
  const month = namedDays('thisMonth', dayOf(new Date(), timeZone));
  const { since, before } = read.days(timeZone);
  const [first, last] = [daysOf(month.from, timeZone), daysOf(month.to, timeZone)];
  return read.done({
    since: since ?? (before ? new Date(0) : (first?.since ?? new Date(0))),
    before: before ?? last?.before ?? new Date(),
    assets: read.choices('asset', ASSET_CODES),
    per: read.option('per', POLIZAS_PER) ?? 'day',
    timeZone,
  });
}
