import { bankParam, moneyParams } from '~/components/money-params';
import { AddressReader, type ReadAddress } from '~/components/read-address';
import type { SearchParams } from '~/components/search-params';
import type { MovementFilter } from '~/lib/movements/search';

/** What a movement can be; the words are `kinds.movement`. */
export const MOVEMENT_KINDS = [
  'deposit',
  'deposit_fee',
  'deposit_return',
  'deposit_return_settled',
  'deposit_return_failed',
  'deposit_return_undone',
  'debt_repaid',
  'withdrawal',
  'withdrawal_fee',
  'withdrawal_release',
  'withdrawal_return',
  'payout_settled',
  'payout_explained',
  'adjustment',
  'adjustment_release',
] as const;

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
): ReadAddress<MovementFilter> {
  const directions = read.choices('direction', DIRECTIONS);
  const { since, before } = read.days(timeZone);
  return read.done({
    walletId: wallet?.id,
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
