import { lookBackOf } from '~/components/list/look-back-params';
import { AddressReader } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { ASSET_CODES } from '~/lib/money';
import { WALLET_KINDS, WALLET_PATTERNS, WALLET_STATUSES } from '~/lib/wallets/wallets';

/** Reads the address of the list of wallets; `?customer=` and `?portfolio=` say whose. */
export function readWallets(params: SearchParams) {
  const read = new AddressReader(params);
  return read.done({
    text: read.text('q'),
    status: read.choices('status', WALLET_STATUSES),
    kind: read.choices('kind', WALLET_KINDS),
    pattern: read.choices('pattern', WALLET_PATTERNS),
    asset: read.choices('asset', ASSET_CODES),
    customerId: read.uuid('customer'),
    portfolioId: read.uuid('portfolio'),
    byName: read.option('sort', ['name']) === 'name',
  });
}

export const BUCKETS = ['available', 'pending', 'reserved'] as const;

/** Reads the address of what one of a wallet's balances is made of, now or at a moment. */
export function readBalance(params: SearchParams, timeZone: string) {
  const read = new AddressReader(params);
  const bucket = read.choice('bucket', BUCKETS) ?? 'available';
  const asset = read.choice('asset', ASSET_CODES);
  const look = lookBackOf(read, params, timeZone, ['at']);
  return { ...read.done({ bucket, asset, at: look.at }), look };
}
