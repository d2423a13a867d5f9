import { getTranslations } from 'next-intl/server';
import { walletWord } from '~/components/words/wallet-name-words';

/** What `useWalletName` says, where hooks may not be called: in metadata, routes and async components. */
export async function getWalletName(): Promise<
  (wallet: { name: string; houseRole: string | null }) => string
> {
  const t = await getTranslations('wallets.house.roles');
  return (wallet) => walletWord(t, wallet);
}
