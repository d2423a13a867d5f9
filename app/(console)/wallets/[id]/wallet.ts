import type { getWallet } from '~/lib/wallets/wallets';

/** A wallet as its page has it: with customer, terms, what stands at Fintoc, and its balances. */
export type WalletPageData = Awaited<ReturnType<typeof getWallet>>;
