import type { WalletStatus } from '~/prisma/generated/enums';

/** What a freeze stops: what leaves, what comes in, or both. */
export const FREEZE_DIRECTIONS = ['debits', 'credits', 'both'] as const;
export type FreezeDirection = (typeof FREEZE_DIRECTIONS)[number];

type Standing = { status: WalletStatus; frozenDirection?: string | null };

/** Whether money may leave it. */
export function pays(wallet: Standing): boolean {
  return wallet.status === 'open' || (wallet.status === 'frozen' && wallet.frozenDirection === 'credits');
}

/** Whether money may come in. */
export function takes(wallet: Standing): boolean {
  return wallet.status === 'open' || (wallet.status === 'frozen' && wallet.frozenDirection === 'debits');
}

export type Freeze = { direction: FreezeDirection; until: Date | null };

/** The freeze that a wallet stands under; null where it stands under none. */
export function freezeOf(wallet: Standing & { frozenUntil: Date | null }): Freeze | null {
  if (wallet.status !== 'frozen') return null;
  const direction = FREEZE_DIRECTIONS.find((each) => each === wallet.frozenDirection) ?? 'both';
  return { direction, until: wallet.frozenUntil };
}

/**
 * Two freezes as one: what either stops, for as long as either lasts. A freeze is never made less by another one: for
 * that it is lifted.
 */
export function both(one: Freeze, other: Freeze): Freeze {
  const until = one.until && other.until && (one.until > other.until ? one.until : other.until);
  return { direction: one.direction === other.direction ? one.direction : 'both', until };
}

export function isSameFreeze(one: Freeze, other: Freeze): boolean {
  return one.direction === other.direction && one.until?.getTime() === other.until?.getTime();
}
