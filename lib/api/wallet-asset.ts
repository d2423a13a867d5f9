import { InvalidInputError, notFound } from '~/lib/errors';
import { walletAssetOf } from '~/lib/wallets/wallets';

/** A wallet's asset never changes: said beside an amount, it is what the amount is read in. Throws where it is another. */
export async function requireAsset(wallets: Record<string, string | undefined>, said: string): Promise<void> {
  for (const id of Object.values(wallets)) {
    if (id === undefined) continue;
    const asset = await walletAssetOf(id);
    if (asset === null) throw notFound('wallet', id);
    if (asset !== said) throw new InvalidInputError({ asset: 'of_another_asset' });
  }
}
