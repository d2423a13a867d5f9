/** What becomes of deposits while a wallet is frozen: Fintoc sends them back, or they wait in suspense. */
export const FROZEN_DEPOSITS = ['refuse', 'suspend'] as const;
export type FrozenDeposits = (typeof FROZEN_DEPOSITS)[number];

/**
 * Whether Fintoc can send back what comes to a wallet: from a CLABE of its own, once that is disabled. An account's root
 * number can't be (docs.fintoc.com, account numbers), so what comes to a wallet with its own account can only wait.
 */
export function canRefuseDeposits(number: { isRoot: boolean; status: string } | null): boolean {
  return number !== null && !number.isRoot && number.status !== 'deleted';
}
