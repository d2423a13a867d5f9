import { getTranslations } from 'next-intl/server';
import { accountSaid, inOneLine } from '~/components/words/account-words';
import { getWalletName } from '~/components/words/get-wallet-name';
import type { NamedAccount } from '~/lib/wallets/account-holders';

/** What `useAccountWord` says, where hooks may not be called. */
export async function getAccountWord(): Promise<(account: NamedAccount) => string> {
  const [t, nameOf] = await Promise.all([getTranslations('common.account'), getWalletName()]);
  return (account) => inOneLine(accountSaid(t('shared'), nameOf, account));
}
