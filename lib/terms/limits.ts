import type { Tx } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { heldOf, walletBalances } from '~/lib/ledger/balances';
import {
  type Ceilings,
  firstOver,
  limitReached,
  NO_CEILINGS,
  type Standing,
  standings,
  type Use,
} from '~/lib/ledger/ceilings';
import { type WalletRef, walletAccount } from '~/lib/ledger/chart';
import { readUsage } from '~/lib/ledger/usage';
import { dayZone, railOf } from '~/lib/rails/registry';
import { hasRoomInPool, poolOf } from '~/lib/terms/caps';
import type { WalletTerms } from '~/prisma/generated/client';

type Wallet = { id: string; asset: string };

/** What may come in under these terms. */
export function ceilingsIn(terms: WalletTerms): Ceilings {
  return {
    dayAmount: terms.depositDayAmount,
    dayCount: terms.depositDayCount,
    weekAmount: terms.depositWeekAmount,
    weekCount: terms.depositWeekCount,
    monthAmount: terms.depositMonthAmount,
    monthCount: terms.depositMonthCount,
    balanceAmount: terms.balanceMaxAmount,
  };
}

/** What may go out under these terms. */
export function ceilingsOut(terms: WalletTerms): Ceilings {
  return {
    dayAmount: terms.withdrawalDayAmount,
    dayCount: terms.withdrawalDayCount,
    weekAmount: terms.withdrawalWeekAmount,
    weekCount: terms.withdrawalWeekCount,
    monthAmount: terms.withdrawalMonthAmount,
    monthCount: terms.withdrawalMonthCount,
    balanceAmount: null,
  };
}

/** The clock of a wallet's limits is its rail's, of that asset. */
export function zoneOf({ asset, accountId }: { asset: string; accountId: string | null }): string {
  return accountId === null ? dayZone(asset) : dayZone(asset, railOf(accountId));
}

/** What an account number opened for this wallet refuses by itself; null where the terms leave all to suspense. */
export async function depositBounds(tx: Tx, { termsId }: { termsId: string }) {
  const terms = await tx.walletTerms.findUniqueOrThrow({ where: { id: termsId } });
  const { depositsRefusedByRail, depositMinAmount: min, depositMaxAmount: max } = terms;
  return depositsRefusedByRail && (min !== null || max !== null) ? { min, max } : null;
}

type Held = WalletRef & { accountId: string | null; portfolioId: string | null };

/** What people decided that comes to a wallet: it counts, whatever is left of the limits. */
export function countedIn(wallet: Omit<Held, 'portfolioId'>, amount: bigint): Use {
  const account = walletAccount(wallet, 'available');
  return { account, direction: 'inbound', amount, timeZone: zoneOf(wallet), ceilings: NO_CEILINGS };
}

/** What an adjustment uses of a customer's limits, and its portfolio's, where the terms say that it counts. */
export async function adjustmentUse(
  tx: Tx,
  wallet: Held & { termsId: string },
  direction: Use['direction'],
  amount: bigint,
): Promise<{ use?: Use }> {
  if (wallet.kind !== 'customer') return {};
  const terms = await tx.walletTerms.findUniqueOrThrow({ where: { id: wallet.termsId } });
  if (!terms.adjustmentsCount) return {};
  const ceilings = direction === 'inbound' ? ceilingsIn(terms) : ceilingsOut(terms);
  const pool = await poolOf(tx, wallet, direction);
  return { use: { ...countedIn(wallet, amount), direction, ceilings, ...pool } };
}

/**
 * Whether the terms let so much come in as one deposit, as what is used of their limits stands now: what they don't,
 * nobody credits by themselves.
 */
export async function hasRoomIn(
  tx: Tx,
  {
    id,
    asset,
    accountId,
    rail,
    portfolioId,
  }: Wallet & Pick<Held, 'accountId' | 'portfolioId'> & { rail: string | null },
  terms: WalletTerms,
  amount: bigint,
): Promise<boolean> {
  const { depositMinAmount: min, depositMaxAmount: max } = terms;
  if (!allows(terms, 'inbound', rail)) return false;
  if ((min !== null && amount < min) || (max !== null && amount > max)) return false;
  if (!(await hasRoomInPool(tx, { portfolioId, asset }, amount))) return false;
  const ceilings = ceilingsIn(terms);
  if (!isLimited(ceilings)) return true;
  const usage = (await readUsage([id], zoneOf({ asset, accountId }), tx))(id, asset, 'inbound');
  const held = heldOf((await walletBalances([id], tx))(id, asset));
  return firstOver(standings(ceilings, usage, held), amount) === null;
}

function isLimited(ceilings: Ceilings): boolean {
  return Object.values(ceilings).some((ceiling) => ceiling !== null);
}

/** Whether the terms let money of this rail come in, or go out. */
export function allows(terms: WalletTerms, direction: 'inbound' | 'outbound', rail: string | null): boolean {
  const [isOn, railsOff] =
    direction === 'inbound'
      ? [terms.depositsEnabled, terms.depositRailsOff]
      : [terms.withdrawalsEnabled, terms.withdrawalRailsOff];
  return isOn && (rail === null || !railsOff.includes(rail));
}

/**
 * Refuses a withdrawal that the terms have no room for, before anything is written: `limit_per_withdrawal`,
 * `under_minimum`, `limit_reached`. The posting looks once more. Answers the limits as they stand before it. `whole` is
 * what it is a part of, or itself: that is one withdrawal.
 */
export async function requireRoomOut(
  tx: Tx,
  wallet: Wallet,
  terms: WalletTerms,
  { amount, whole, timeZone }: { amount: bigint; whole: bigint; timeZone: string },
): Promise<Standing[]> {
  const { id, asset } = wallet;
  const { withdrawalMaxAmount: max, withdrawalMinAmount: min } = terms;
  if (max !== null && whole > max)
    throw new DomainError('limit_per_withdrawal', 'Over the limit of one withdrawal.', {
      limit: max.toString(),
      asset,
    });
  if (min !== null && whole < min)
    throw new DomainError('under_minimum', 'Under the least of one withdrawal.', {
      limit: min.toString(),
      asset,
    });
  const ceilings = ceilingsOut(terms);
  if (!isLimited(ceilings)) return [];
  const usage = (await readUsage([id], timeZone, tx))(id, asset, 'outbound');
  const standing = standings(ceilings, usage, 0n);
  const over = firstOver(standing, amount);
  if (over) throw limitReached('outbound', asset, over);
  return standing;
}
