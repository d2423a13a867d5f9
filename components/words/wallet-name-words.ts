import { useTranslations } from 'next-intl';
import { formatClabe } from '~/lib/clabe';

/** A wallet's name. A house wallet's is what it is for, in the reader's language. */
export function useWalletName(): (wallet: { name: string; houseRole: string | null }) => string {
  const t = useTranslations('wallets.house.roles');
  return (wallet) => walletWord(t, wallet);
}

type Roles = ReturnType<typeof useTranslations<'wallets.house.roles'>>;

export function walletWord(
  t: Roles,
  { name, houseRole }: { name: string; houseRole: string | null },
): string {
  const key = houseRole as Parameters<Roles>[0] | null;
  // An account at Fintoc without a description goes by its CLABE.
  return key && t.has(key) ? t(key) : formatClabe(name);
}
