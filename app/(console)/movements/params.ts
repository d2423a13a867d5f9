import { readMovementFilter } from '~/components/list/movement-params';
import { AddressReader, type ReadAddress } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { DomainError } from '~/lib/errors';
import { ASSET_CODES } from '~/lib/money';
import type { MovementFilter } from '~/lib/movements/search';
import { type CustomerRecord, getCustomer } from '~/lib/people/customers';
import type { Reader } from '~/lib/people/sight';
import { getWallet, type WalletRecord } from '~/lib/wallets/wallets';

/** One wallet; `asset`: the one in which it is seen, where it is one. */
type OneWallet = WalletRecord & { asset: string | undefined };

/** Reads the address of the list of all movements, where `?wallet=` and `?customer=` name whose: their own, if there are such. */
export async function readMovements(
  reader: Reader,
  params: SearchParams,
  timeZone: string,
): Promise<
  ReadAddress<MovementFilter> & { wallet: OneWallet | undefined; customer: CustomerRecord | undefined }
> {
  const read = new AddressReader(params);
  const id = read.uuid('wallet');
  const customerId = read.uuid('customer');
  const [found, customer] = await Promise.all([
    id && orNone(getWallet(reader, id)),
    customerId && orNone(getCustomer(reader, customerId)),
  ]);
  if (id && !found) read.cannotRead('wallet');
  if (customerId && !customer) read.cannotRead('customer');
  const wallet = found ? { ...found, asset: assetOf(read, found) } : undefined;
  return {
    ...readMovementFilter(read, timeZone, wallet, customer ? customer.id : undefined),
    ...{ wallet, customer: customer || undefined },
  };
}

/** The one that is asked for, or the only one that the wallet holds. */
function assetOf(read: AddressReader, { assets }: WalletRecord): string | undefined {
  const held = assets.map(({ asset }) => asset);
  const chosen = read.choices('asset', ASSET_CODES) ?? held;
  if (!chosen.every((asset) => held.includes(asset))) read.cannotRead('asset');
  return chosen.length === 1 ? chosen[0] : undefined;
}

function orNone<Found>(read: Promise<Found>): Promise<Found | undefined> {
  return read.catch((error: unknown) => {
    if (error instanceof DomainError && error.code === 'not_found') return undefined;
    throw error;
  });
}
