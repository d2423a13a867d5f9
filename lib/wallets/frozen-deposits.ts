/** What becomes of deposits while a wallet is frozen: Fintoc sends them back, or they wait in suspense. */
export const FROZEN_DEPOSITS = ['refuse', 'suspend'] as const;
export type FrozenDeposits = (typeof FROZEN_DEPOSITS)[number];

type Number = { isRoot: boolean; status: string };

/** The numbers of a wallet, of all its assets. */
export function numbersOf<Of extends Number>(assets: readonly { accountNumber: Of | null }[]): Of[] {
  return assets.flatMap(({ accountNumber }) => (accountNumber ? [accountNumber] : []));
}

/**
 * Whether Fintoc can send back what comes to a wallet: from a CLABE of its own, once that is disabled. An account's root
 * number can't be (docs.fintoc.com, account numbers), so what comes to a wallet with its own account can only wait. Of a
 * wallet with several numbers all have to be able to.
 */
export function canRefuseDeposits(numbers: readonly Number[]): boolean {
  const live = numbers.filter(({ status }) => status !== 'deleted');
  return live.length > 0 && live.every(({ isRoot }) => !isRoot);
}
