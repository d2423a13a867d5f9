import { useTranslations } from 'next-intl';
import { useWalletName } from '~/components/words/wallet-name-words';
import { formatClabe } from '~/lib/clabe';
import type { NamedAccount } from '~/lib/wallets/account-holders';

/** What is said of an account at its rail: whose it is, before how its rail describes it. */
export type AccountSaid = {
  first: string;
  /** What tells it from others of the same first. */
  second: string | null;
};

type NameOf = ReturnType<typeof useWalletName>;

/** The parts of an account's name, for two lines. */
export function useAccountSaid(): (account: NamedAccount) => AccountSaid {
  const t = useTranslations('common.account');
  const nameOf = useWalletName();
  return (account) => accountSaid(t('shared'), nameOf, account);
}

/** An account's name in one line. */
export function useAccountWord(): (account: NamedAccount) => string {
  const saidOf = useAccountSaid();
  return (account) => inOneLine(saidOf(account));
}

export function accountSaid(
  shared: string,
  nameOf: NameOf,
  { wallet, isShared, description, rootAccountNumber }: NamedAccount,
): AccountSaid {
  const end = rootAccountNumber && `••${rootAccountNumber.slice(-4)}`;
  if (wallet) {
    const name = nameOf(wallet);
    const customer = wallet.customer?.name ?? name;
    return { first: customer, second: customer === name ? end : name };
  }
  if (isShared) return { first: shared, second: end };
  return description
    ? { first: description, second: end || null }
    : { first: formatClabe(rootAccountNumber), second: null };
}

export function inOneLine({ first, second }: AccountSaid): string {
  return second ? `${first} · ${second}` : first;
}
