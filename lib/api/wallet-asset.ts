import { InvalidInputError, notFound } from '~/lib/errors';
import { walletAssetsOf } from '~/lib/wallets/wallets';

/** Said beside an amount, it is what the amount is read in. Throws where one of the wallets doesn't hold it. */
export async function requireAsset(wallets: Record<string, string | undefined>, said: string): Promise<void> {
  for (const id of Object.values(wallets)) {
    if (id === undefined) continue;
    const held = await walletAssetsOf(id);
    if (held === null) throw notFound('wallet', id);
    if (!held.includes(said)) throw new InvalidInputError({ asset: 'of_another_asset' });
  }
}

/** The same of a verb that looks by itself: to it, it is the wallet that doesn't fit. */
export function saidBesideAmount(error: unknown): unknown {
  const isOfAnother = error instanceof InvalidInputError && error.fields.walletId === 'of_another_asset';
  return isOfAnother ? new InvalidInputError({ asset: 'of_another_asset' }) : error;
}
