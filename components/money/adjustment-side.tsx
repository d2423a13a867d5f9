import { useTranslations } from 'next-intl';
import { WalletName } from '~/components/money/wallet-name';
import { Link } from '~/components/ui/link';
import { useAccountWord } from '~/components/words/account-words';
import { useWalletName } from '~/components/words/wallet-name-words';
import type { NamedAccount } from '~/lib/wallets/account-holders';

export type Side = {
  wallet: {
    id: string;
    name: string;
    houseRole: string | null;
    customer: { name: string } | null;
  } | null;
  /** In a correction the other side is the world beyond this account: what came in there, or went out. */
  account: NamedAccount | null;
  way: 'in' | 'out';
};

type Sided = { fromWallet: Side['wallet']; toWallet: Side['wallet']; account: Side['account'] };

/** Where the money comes from, and where it goes. */
export function sidesOf({ fromWallet, toWallet, account }: Sided): { from: Side; to: Side } {
  return {
    from: { wallet: fromWallet, account: fromWallet ? null : account, way: 'in' },
    to: { wallet: toWallet, account: toWallet ? null : account, way: 'out' },
  };
}

/** A side in one word, for sentences. */
export function useSideWord(): (side: Side) => string {
  const t = useTranslations('adjustments');
  const nameOf = useWalletName();
  return ({ wallet, way }) => (wallet ? nameOf(wallet) : t(way === 'in' ? 'cashIn' : 'cashOut'));
}

/** A side in a row: the wallet and whose it is, or the account whose cash is corrected. */
export function SideName({ side }: { side: Side }) {
  const t = useTranslations('adjustments');
  const word = useSideWord();
  const accountWord = useAccountWord();
  const { wallet, account } = side;
  if (wallet) return <WalletName wallet={wallet} customer={wallet.customer?.name ?? t('house')} />;
  return (
    <span className="grid min-w-0 leading-tight">
      <span className="truncate">{word(side)}</span>
      <span className="truncate text-muted-foreground text-xs">{account ? accountWord(account) : null}</span>
    </span>
  );
}

/** A side in a list of facts, leading to the wallet and its customer. */
export function SideFact({ side }: { side: Side }) {
  const t = useTranslations('adjustments');
  const word = useSideWord();
  const accountWord = useAccountWord();
  const { wallet, account } = side;
  const whose = wallet ? (wallet.customer?.name ?? t('house')) : account && accountWord(account);
  return (
    <span className="flex flex-wrap gap-x-2">
      {wallet ? (
        <Link href={`/wallets/${wallet.id}`} className="text-link hover:underline">
          {word(side)}
        </Link>
      ) : (
        word(side)
      )}
      <span className="text-muted-foreground">{whose}</span>
    </span>
  );
}
