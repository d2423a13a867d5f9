import type { Tx } from '~/lib/db';
import type { AssetCode } from '~/lib/money';
import { ensureDefaultTerms } from '~/lib/terms/terms';
import type { Wallet } from '~/prisma/generated/client';

/** The platform's own wallets: what it works with, what it earned, what Fintoc's daily settlement swept out. */
export const HOUSE_ROLES = ['operating', 'fees', 'settlement'] as const;
export type HouseRole = (typeof HOUSE_ROLES)[number];

const NAMES: Record<HouseRole, string> = {
  operating: 'Operación',
  fees: 'Comisiones',
  settlement: 'Liquidación diaria',
};

export type HouseWallets = Record<HouseRole, Wallet>;

/** The house wallets of an asset, made on first use. */
export async function houseWallets(tx: Tx, asset: AssetCode): Promise<HouseWallets> {
  const found = await tx.wallet.findMany({ where: { kind: 'house', asset } });
  const byRole = new Map(found.map((wallet) => [wallet.houseRole, wallet]));
  const missing = HOUSE_ROLES.filter((role) => !byRole.has(role));
  if (missing.length > 0) {
    const terms = await ensureDefaultTerms(tx, asset);
    await tx.wallet.createMany({
      data: missing.map((houseRole) => ({
        kind: 'house' as const,
        status: 'open' as const,
        name: NAMES[houseRole],
        asset,
        houseRole,
        termsId: terms.id,
      })),
      skipDuplicates: true,
    });
    return houseWallets(tx, asset);
  }
  const [operating, fees, settlement] = HOUSE_ROLES.map((role) => byRole.get(role));
  if (!operating || !fees || !settlement) throw new Error(`House wallets of ${asset} are incomplete.`);
  return { operating, fees, settlement };
}
