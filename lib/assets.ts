import { type Actor, authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { DomainError, InvalidInputError } from '~/lib/errors';
import { ASSET_CODES, type AssetCode, isAsset, MAX_AMOUNT } from '~/lib/money';
import type { Asset } from '~/prisma/generated/client';

export type AssetRow = Asset;

/** Every asset, in the order in which they are written down: what rails move first. */
export async function listAssets(): Promise<AssetRow[]> {
  const place = ({ code }: Asset) => ASSET_CODES.indexOf(code as AssetCode);
  return (await db().asset.findMany()).sort((one, other) => place(one) - place(other));
}

/** The codes of those that wallets may hold, as they are offered. */
export async function enabledAssets(): Promise<AssetCode[]> {
  return (await listAssets()).flatMap(({ code, enabled }) => (enabled && isAsset(code) ? [code] : []));
}

/** What is known of an asset that may be used now. Throws `asset_not_enabled`, and `invalid` on one that nobody knows. */
export async function requireAsset(tx: Tx, code: string): Promise<Asset & { code: AssetCode }> {
  if (!isAsset(code)) throw new InvalidInputError({ asset: 'unknown_asset' });
  const asset = await tx.asset.findUniqueOrThrow({ where: { code } });
  checkEnabled(asset);
  return { ...asset, code };
}

function checkEnabled({ code, enabled }: Pick<Asset, 'code' | 'enabled'>): void {
  if (!enabled) throw new DomainError('asset_not_enabled', `${code} is not enabled here.`, { asset: code });
}

/** The same of what is about to be moved. Throws `asset_limit` where it is more than one act may carry. */
export async function requireMovable(tx: Tx, code: string, amount: bigint): Promise<void> {
  checkMovable(await requireAsset(tx, code), amount);
}

/** The same of an asset that was read already. */
export function checkMovable(asset: Pick<Asset, 'code' | 'enabled' | 'maxAmount'>, amount: bigint): void {
  checkEnabled(asset);
  const { code, maxAmount } = asset;
  if (amount > maxAmount)
    throw new DomainError('asset_limit', `Over what one act may move of ${code}.`, {
      limit: maxAmount.toString(),
      asset: code,
    });
}

type AssetChange = { code: string; enabled: boolean; maxAmount: bigint };

/**
 * Whether an asset may be used, and how much of it one withdrawal or adjustment may carry, in its smallest unit. What
 * wallets hold already stays where it is.
 */
export async function changeAsset(actor: Actor, { code, enabled, maxAmount }: AssetChange): Promise<Asset> {
  authorize(actor, 'settings:write');
  if (!isAsset(code)) throw new InvalidInputError({ asset: 'unknown_asset' });
  if (maxAmount <= 0n) throw new InvalidInputError({ maxAmount: 'amount_not_positive' });
  if (maxAmount > MAX_AMOUNT) throw new InvalidInputError({ maxAmount: 'amount_too_large' });
  return transaction(async (tx) => {
    const before = await tx.asset.findUniqueOrThrow({ where: { code } });
    const after = await tx.asset.update({ where: { code }, data: { enabled, maxAmount } });
    await recordAudit(tx, actor, { action: 'asset.changed', subject: 'asset', id: code, before, after });
    return after;
  });
}
