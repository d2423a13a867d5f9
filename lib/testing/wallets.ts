import { db } from '~/lib/db';
import { type AssetWallet, getInAsset } from '~/lib/wallets/asset-wallets';
import type { AccountNumber, WalletAsset } from '~/prisma/generated/client';

/** A wallet in pesos as it stands, with its CLABE. */
export async function inPesos(id: string): Promise<AssetWallet & { accountNumber: AccountNumber | null }> {
  const wallet = await getInAsset(db(), id, 'MXN');
  const { accountNumberId } = wallet;
  const accountNumber = accountNumberId
    ? await db().accountNumber.findUnique({ where: { id: accountNumberId } })
    : null;
  return { ...wallet, accountNumber };
}

/** Writes in its peso row what no verb would. */
export async function setInPesos(walletId: string, data: Partial<WalletAsset>): Promise<void> {
  await db().walletAsset.update({ where: { walletId_asset: { walletId, asset: 'MXN' } }, data });
}

/** As if the opening of a wallet had not gone on from this step. */
export async function openAgain(id: string, data: Partial<WalletAsset>): Promise<void> {
  await db().wallet.update({ where: { id }, data: { status: 'opening' } });
  await setInPesos(id, { state: 'opening', ...data });
}
