import { readMovementFilter } from '~/components/list/movement-params';
import { AddressReader, type ReadAddress } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { DomainError } from '~/lib/errors';
import type { MovementFilter } from '~/lib/movements/search';
import { getWallet, type WalletRecord } from '~/lib/wallets/wallets';

/** Reads the address of the list of all movements, where `?wallet=` names one wallet: its own, if there is one. */
export async function readMovements(
  params: SearchParams,
  timeZone: string,
): Promise<ReadAddress<MovementFilter> & { wallet: WalletRecord | undefined }> {
  const read = new AddressReader(params);
  const id = read.uuid('wallet');
  const wallet = id ? await walletOrNone(id) : undefined;
  if (id && !wallet) read.cannotRead('wallet');
  return { ...readMovementFilter(read, timeZone, wallet), wallet };
}

function walletOrNone(id: string): Promise<WalletRecord | undefined> {
  return getWallet(id).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === 'not_found') return undefined;
    throw error;
  });
}
