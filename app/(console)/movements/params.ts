import { bankParam, moneyParams } from '~/app/(console)/movements/money-params';
import { AddressReader, type ReadAddress } from '~/components/read-address';
import type { SearchParams } from '~/components/search-params';
import { DomainError } from '~/lib/errors';
import type { MovementFilter } from '~/lib/transfers/movement-search';
import { getWallet } from '~/lib/wallets';

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
export const MOVEMENT_PARAMS = ['q', 'kind', 'direction', 'from', 'to', 'min', 'max', 'bank'] as const;

type Wallet = Awaited<ReturnType<typeof getWallet>>;

/** Reads the address of the list of all movements, where `?wallet=` names one wallet: its own, if there is one. */
export async function readMovements(
  params: SearchParams,
  timeZone: string,
): Promise<ReadAddress<MovementFilter> & { wallet: Wallet | undefined }> {
  const read = new AddressReader(params);
  const id = read.uuid('wallet');
  const wallet = id ? await walletOrNone(id) : undefined;
  if (id && !wallet) read.cannotRead('wallet');
  return { ...readAll(read, timeZone, wallet), wallet };
}

/** Reads the address of one wallet's movements. */
export function readWalletMovements(
  params: SearchParams,
  timeZone: string,
  wallet: { id: string; asset: string },
): ReadAddress<MovementFilter> {
  return readAll(new AddressReader(params).besides('at', 'with', 'clock'), timeZone, wallet);
}

/** Days are whole days of the operator's zone; amounts are in the wallet's asset. */
function readAll(
  read: AddressReader,
  timeZone: string,
  wallet: { id: string; asset: string } | undefined,
): ReadAddress<MovementFilter> {
  const directions = read.choices('direction', DIRECTIONS);
  const { since, before } = read.days(timeZone);
  return read.done({
    walletId: wallet?.id,
    kind: read.choices('kind', MOVEMENT_KINDS),
    direction: directions?.length === 1 ? directions[0] : undefined,
    from: since,
    to: before,
    ...(wallet ? amountsIn(read, wallet.asset) : moneyParams(read)),
    banks: bankParam(read),
    text: read.text('q'),
  });
}

function amountsIn(read: AddressReader, asset: string) {
  const { min, max } = read.amounts(asset);
  return { minAmount: min, maxAmount: max };
}

function walletOrNone(id: string): Promise<Wallet | undefined> {
  return getWallet(id).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === 'not_found') return undefined;
    throw error;
  });
}
