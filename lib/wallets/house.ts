import { system } from '~/lib/actor';
import { recordAudits } from '~/lib/audit/audit';
import { db, type Queryable } from '~/lib/db';
import type { AssetCode } from '~/lib/money';
import { ensureDefaultTerms } from '~/lib/terms/terms';
import { type AssetWallet, inAsset } from '~/lib/wallets/asset-wallets';

/** The platform's own wallets: what it works with, what it earned, what Fintoc's daily settlement swept out. */
export const HOUSE_ROLES = ['operating', 'fees', 'settlement'] as const;
export type HouseRole = (typeof HOUSE_ROLES)[number];

const NAMES: Record<HouseRole, string> = {
  operating: 'Operación',
  fees: 'Comisiones',
  settlement: 'Liquidación diaria',
};

const OF_A_ROLE = { houseRole: { in: [...HOUSE_ROLES] } };

/** The wallet that the platform works with; null before it was made. */
export async function operatingWalletId(): Promise<string | null> {
  const found = await db().wallet.findFirst({ where: { houseRole: 'operating' }, select: { id: true } });
  return found?.id ?? null;
}

export type HouseWallets = Record<HouseRole, AssetWallet>;

/** The roles that no wallet has yet. */
export async function freeHouseRoles(): Promise<HouseRole[]> {
  const taken = await db().wallet.findMany({
    where: { houseRole: { not: null } },
    select: { houseRole: true },
  });
  return HOUSE_ROLES.filter((role) => !taken.some(({ houseRole }) => houseRole === role));
}

/** The platform's wallet of each role in an asset: one wallet each for all assets, made with its first. */
export async function houseWallets(tx: Queryable, asset: AssetCode): Promise<HouseWallets> {
  const found = await tx.wallet.findMany({
    where: OF_A_ROLE,
    include: { assets: { where: { asset } } },
  });
  const byRole = new Map(
    found.flatMap(({ assets: [held], ...wallet }) =>
      held ? [[wallet.houseRole, inAsset(wallet, held)] as const] : [],
    ),
  );
  const [operating, fees, settlement] = HOUSE_ROLES.map((role) => byRole.get(role));
  if (operating && fees && settlement) return { operating, fees, settlement };
  await makeHouse(tx, asset);
  return houseWallets(tx, asset);
}

/** Makes what is missing; of two at once both go on with the same. */
async function makeHouse(tx: Queryable, asset: AssetCode): Promise<void> {
  const terms = await ensureDefaultTerms(tx, asset);
  const made = await tx.wallet.createManyAndReturn({
    data: HOUSE_ROLES.map((houseRole) => ({
      ...{ kind: 'house' as const, status: 'open' as const, name: NAMES[houseRole], houseRole },
    })),
    skipDuplicates: true,
  });
  const wallets = await tx.wallet.findMany({ where: OF_A_ROLE, select: { id: true } });
  const held = await tx.walletAsset.createManyAndReturn({
    data: wallets.map(({ id: walletId }) => ({ walletId, asset, state: 'open' as const, termsId: terms.id })),
    skipDuplicates: true,
  });
  const isNew = new Set(made.map(({ id }) => id));
  await recordAudits(
    tx,
    system('setup'),
    held.map((after) => ({
      ...{ action: isNew.has(after.walletId) ? 'wallet.opened' : 'wallet.asset_opened', subject: 'wallet' },
      ...{ id: after.walletId, after },
    })),
  );
}
