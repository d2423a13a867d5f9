import type { Queryable, Tx } from '~/lib/db';
import { InvalidInputError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import type { Prisma, Wallet, WalletAsset } from '~/prisma/generated/client';

/**
 * A wallet in one of its assets: what everything that moves money works on. Its status is `opening` as long as this asset
 * is, whatever the wallet's other ones are.
 */
export type AssetWallet = Wallet &
  Pick<
    WalletAsset,
    | 'asset'
    | 'state'
    | 'termsId'
    | 'rail'
    | 'pattern'
    | 'entityId'
    | 'accountId'
    | 'accountNumberId'
    | 'openingStep'
    | 'openingError'
    | 'openingAttempts'
    | 'nextAttemptAt'
  >;

/** The wallet seen in one of its assets. */
export function inAsset<Of extends Wallet>(wallet: Of, held: WalletAsset): Of & AssetWallet {
  const { asset, state, termsId, rail, pattern, entityId, accountId, accountNumberId } = held;
  const { openingStep, openingError, openingAttempts, nextAttemptAt } = held;
  return {
    ...wallet,
    ...{ asset, state, termsId, rail, pattern, entityId, accountId, accountNumberId },
    ...{ openingStep, openingError, openingAttempts, nextAttemptAt },
    status: statusIn(wallet, state),
  };
}

/** How a wallet stands in one of its assets. */
export function statusIn({ status }: Pick<Wallet, 'status'>, state: WalletAsset['state']): Wallet['status'] {
  if (state === 'cancelled') return 'closed';
  return status === 'open' && state === 'opening' ? 'opening' : status;
}

/** Of a wallet's assets those that it holds. */
export const HELD = { state: { not: 'cancelled' } } as const satisfies Prisma.WalletAssetWhereInput;

/** Of what was asked to be opened that which never will be, and whose number is to be disabled. */
export const GIVEN_UP = {
  OR: [{ state: 'cancelled' }, { wallet: { status: 'closed' } }],
} as const satisfies Prisma.WalletAssetWhereInput;

/** Null where the wallet doesn't hold the asset. Throws `not_found` where there is no such wallet. */
export async function findInAsset(client: Queryable, id: string, asset: string): Promise<AssetWallet | null> {
  const wallet = await client.wallet.findUnique({
    where: { id },
    include: { assets: { where: { asset, ...HELD } } },
  });
  if (!wallet) throw notFound('wallet', id);
  const { assets, ...whole } = wallet;
  return assets[0] ? inAsset(whole, assets[0]) : null;
}

/** Throws `invalid` where the wallet doesn't hold the asset. */
export async function getInAsset(client: Queryable, id: string, asset: string): Promise<AssetWallet> {
  const wallet = await findInAsset(client, id, asset);
  if (!wallet) throw new InvalidInputError({ walletId: 'of_another_asset' });
  return wallet;
}

/** The same under the wallet's lock: no other change of the wallet or of its assets until the transaction ends. */
export async function lockInAsset(tx: Tx, id: string, asset: string): Promise<AssetWallet> {
  await lockRow(tx, 'wallets', id);
  return getInAsset(tx, id, asset);
}
