import type { NewAdjustment } from '~/lib/adjustments/checks';
import type { Tx } from '~/lib/db';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { cash, type LedgerAccountSpec, walletAccount } from '~/lib/ledger/chart';
import { isBooksOnly } from '~/lib/money';
import { type AssetWallet, HELD, lockInAsset } from '~/lib/wallets/asset-wallets';
import { pays, takes } from '~/lib/wallets/frozen';
import type { Account } from '~/prisma/generated/client';

/** Who gives and who gets, in one asset. In a correction the account stands for the one that is no wallet. */
export type Sides = { from: AssetWallet | null; to: AssetWallet | null; account: Account | null };

type Id = string | null | undefined;
type Named = { fromWalletId?: Id; toWalletId?: Id; accountId?: Id };

/** Both sides, the wallets under their locks, taken in the order of their ids so that no two adjustments deadlock. */
export async function lockSides(tx: Tx, named: Named & { asset: string }): Promise<Sides> {
  const { fromWalletId: fromId, toWalletId: toId, accountId, asset } = named;
  const wallets = new Map<string, AssetWallet>();
  for (const id of [fromId, toId].filter((id) => typeof id === 'string').sort())
    wallets.set(id, await lockSide(tx, id, asset));
  const account = accountId ? await tx.account.findUnique({ where: { id: accountId } }) : null;
  if (accountId && !account) throw notFound('account', accountId);
  const sides = { from: wallets.get(fromId ?? '') ?? null, to: wallets.get(toId ?? '') ?? null, account };
  checkFit(sides, asset);
  return sides;
}

/** The wallet that doesn't hold the asset is told by the field that names the other one. */
function lockSide(tx: Tx, id: string, asset: string): Promise<AssetWallet> {
  return lockInAsset(tx, id, asset).catch((error: unknown) => {
    throw error instanceof InvalidInputError ? ofAnotherAsset() : error;
  });
}

const ofAnotherAsset = () => new InvalidInputError({ toWalletId: 'of_another_asset' });

function checkFit({ from, to, account }: Sides, asset: string): void {
  if (account && account.asset !== asset) throw ofAnotherAsset();
  const wallet = from ?? to;
  // What Fintoc did to one account is no other customer's.
  if (account && wallet?.kind === 'customer' && wallet.accountId !== account.id)
    throw new InvalidInputError({ accountId: 'of_another_customer' });
}

/** The asset that was named; else the one that all sides hold. Throws `invalid` where that is none, or more than one. */
export async function assetOf(
  tx: Tx,
  { asset, fromWalletId, toWalletId, accountId }: NewAdjustment,
): Promise<string> {
  if (asset) return asset;
  const ids = [fromWalletId, toWalletId].filter((id) => typeof id === 'string');
  const sides: { asset: string }[][] = [];
  for (const walletId of ids)
    sides.push(await tx.walletAsset.findMany({ where: { walletId, ...HELD }, select: { asset: true } }));
  const account = accountId ? await tx.account.findUnique({ where: { id: accountId } }) : null;
  if (accountId && !account) throw notFound('account', accountId);
  const held = [...sides, ...(account ? [[account]] : [])].map(
    (side) => new Set(side.map((one) => one.asset)),
  );
  const shared = [...(held[0] ?? [])].filter((one) => held.every((side) => side.has(one)));
  const missing = ids.find((_id, nth) => sides[nth]?.length === 0);
  if (missing) throw notFound('wallet', missing);
  const [only, another] = shared;
  if (!only) throw ofAnotherAsset();
  if (another) throw new InvalidInputError({ asset: 'required' });
  return only;
}

/** What is frozen against debits gives nothing, and against credits gets nothing: an adjustment is no way round. */
export function requireOpen({ from, to }: Sides): void {
  for (const [wallet, may] of [
    [from, pays],
    [to, takes],
  ] as const) {
    if (wallet && !may(wallet))
      throw new DomainError('wallet_not_open', `${wallet.name} is ${wallet.status}.`, {
        status: wallet.status,
      });
  }
}

/**
 * What the house gives to a wallet it has: else a customer would be owed what nobody stands for. Settlement is money
 * that is elsewhere, and gives none of it. A correction against an account's cash only follows what Fintoc did. Of what
 * stands in these books alone two people say that the platform has it: nothing else could.
 */
export async function requireHouseHas(tx: Tx, sides: Sides, amount: bigint): Promise<void> {
  if (!isHouseGift(sides)) return;
  const { code, asset, side } = walletAccount(sides.from, 'available');
  const account = await tx.ledgerAccount.findFirst({ where: { code, asset } });
  const has = side === 'credit' ? (account?.balance ?? 0n) : -(account?.balance ?? 0n);
  if (has < amount) throw houseLacks(has, asset);
}

export function isHouseGift(sides: Sides): sides is Sides & { from: AssetWallet } {
  return sides.from?.kind === 'house' && sides.to !== null && !isBooksOnly(sides.from.asset);
}

function houseLacks(has: bigint, asset: string): DomainError {
  return new DomainError('house_not_covered', 'The house has less than that to give.', {
    has: (has > 0n ? has : 0n).toString(),
    asset,
  });
}

/** The platform's own books may go below zero by what Fintoc does, so nothing is set aside in them. */
export function isHeld(sides: Sides): sides is Sides & { from: AssetWallet } {
  return sides.from !== null && sides.from.kind !== 'house';
}

/** A side is its wallet's available balance; where it has no wallet it is the account's cash. */
export function ledgerAccountOf(wallet: AssetWallet | null, account: Account | null): LedgerAccountSpec {
  if (wallet) return walletAccount(wallet, 'available');
  if (account) return cash(account.id, account.asset);
  throw new Error('An adjustment has two sides.');
}
