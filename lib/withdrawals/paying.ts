import type { Rail } from '~/lib/rails/rail';
import type { PayoutFacts, RailFacts } from '~/lib/rails/rail-facts';
import { mainRail, railOf } from '~/lib/rails/registry';
import type { WalletAsset } from '~/prisma/generated/client';

type InAsset = Pick<WalletAsset, 'asset' | 'accountId'>;

/** Without an account nothing leaves a wallet: what is so of the main rail is said of it then. */
export function railOfWallet({ accountId }: Pick<InAsset, 'accountId'>): Rail {
  return accountId === null ? mainRail() : railOf(accountId);
}

/** Whether what a wallet holds in an asset can be paid out: by the rail on which its account stands. */
export function isPaidOut({ asset, accountId }: InAsset): boolean {
  return accountId !== null && asset in railOf(accountId).facts().payouts;
}

/** What a form that asks for a payment has to know of the rail: what it pays to, and how much of which words it takes. */
export type PayingFacts = PayoutFacts &
  Pick<RailFacts, 'writing'> & {
    /** Characters. */
    conceptMax: number;
  };

export function payingFacts(wallet: InAsset): PayingFacts {
  const { payouts, writing, text } = railOfWallet(wallet).facts();
  const facts = payouts[wallet.asset];
  if (!facts) throw new Error(`Nothing is paid out in ${wallet.asset}.`);
  return { ...facts, writing, conceptMax: text.comment };
}
