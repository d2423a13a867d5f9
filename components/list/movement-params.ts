import { bankParam, moneyParams } from '~/components/list/money-params';
import { AddressReader, type ReadAddress } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { MOVEMENT_KINDS } from '~/lib/movements/kinds';
import type { MovementFilter } from '~/lib/movements/search';

export const DIRECTIONS = ['in', 'out'] as const;

/** What the address of one wallet's movements may hold, beside the moments that its page is about. */
export const MOVEMENT_PARAMS = [
  'q',
  'asset',
  'kind',
  'direction',
  'from',
  'to',
  'min',
  'max',
  'bank',
] as const;

/** Reads the address of one wallet's movements. */
export function readWalletMovements(
  params: SearchParams,
  timeZone: string,
  wallet: { id: string; asset: string },
): ReadAddress<MovementFilter> {
  return readMovementFilter(
    new AddressReader(params).besides('at', 'with', 'clock', 'asset'),
    timeZone,
    wallet,
  );
}

/** Days are whole days of the operator's zone; amounts are in the wallet's asset, where it is seen in one. */
export function readMovementFilter(
  read: AddressReader,
  timeZone: string,
  wallet: { id: string; asset?: string | undefined } | undefined,
  customerId?: string,
): ReadAddress<MovementFilter> {
  const directions = read.choices('direction', DIRECTIONS);
  const { since, before } = read.days(timeZone);
  return read.done({
    walletId: wallet?.id,
    customerId,
    kind: read.choices('kind', MOVEMENT_KINDS),
    direction: directions?.length === 1 ? directions[0] : undefined,
    from: since,
    to: before,
    ...(wallet?.asset ? amountsIn(read, wallet.asset) : moneyParams(read)),
    banks: bankParam(read),
    text: read.text('q'),
  });
}

function amountsIn(read: AddressReader, asset: string) {
  const { min, max } = read.amounts(asset);
  return { asset: [asset], minAmount: min, maxAmount: max };
}
