import { readMovementFilter } from '~/components/list/movement-params';
import { AddressReader, type ReadAddress } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { DomainError } from '~/lib/errors';
import type { MovementFilter } from '~/lib/movements/search';
import type { Reader } from '~/lib/people/sight';
import { getWallet, type WalletRecord } from '~/lib/wallets/wallets';

/** Reads the address of the list of all movements, where `?wallet=` names one wallet: its own, if there is one. */
export async function readMovements(
  reader: Reader,
  params: SearchParams,
  timeZone: string,
): Promise<ReadAddress<MovementFilter> & { wallet: WalletRecord | undefined }> {
  const read = new AddressReader(params);
  const id = read.uuid('wallet');
  const wallet = id ? await walletOrNone(reader, id) : undefined;
  if (id && !wallet) read.cannotRead('wallet');
  return { ...readMovementFilter(read, timeZone, wallet), wallet };
}

function walletOrNone(reader: Reader, id: string): Promise<WalletRecord | undefined> {
  return getWallet(reader, id).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === 'not_found') return undefined;
    throw error;
  });
}
