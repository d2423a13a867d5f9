import type { Tx } from '~/lib/db';
import { InvalidInputError } from '~/lib/errors';
import { askFrom } from '~/lib/holds/draws';
import type { Use } from '~/lib/ledger/ceilings';
import { adjustmentUse, requireRoom } from '~/lib/terms/limits';
import type { AssetWallet } from '~/lib/wallets/asset-wallets';
import type { Hold } from '~/prisma/generated/client';

/**
 * Asks a hold for a part of what it has. Throws `invalid` where it is of another wallet or asset, `hold_less` where it has
 * less left, and `limit_reached` where the terms have no room for that much to leave.
 */
export async function askForPart(
  tx: Tx,
  hold: Hold,
  from: AssetWallet | null,
  { fromWalletId, asset, amount }: { fromWalletId: string | null; asset: string; amount: bigint },
): Promise<void> {
  if (hold.walletId !== fromWalletId || hold.asset !== asset)
    throw new InvalidInputError({ holdId: 'of_another_wallet' });
  await askFrom(tx, hold, amount);
  await requireRoom(tx, await captureUse(tx, from, amount));
}

/**
 * What a capture uses of the giving wallet's limits, where its terms count adjustments: when it is posted, not when it is
 * asked for, because until then the money may be given back.
 */
export async function captureUse(tx: Tx, from: AssetWallet | null, amount: bigint): Promise<Use | undefined> {
  return from ? (await adjustmentUse(tx, from, 'outbound', amount)).use : undefined;
}
