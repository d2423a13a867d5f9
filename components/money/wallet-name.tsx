import { Link } from '~/components/ui/link';
import { useWalletName } from '~/components/words/wallet-name-words';

type WalletNameProps = {
  wallet: { id: string; name: string; houseRole: string | null };
  customer: string | null;
};

/** The wallet that a record belongs to and whose it is, leading to the wallet. */
export function WalletName({ wallet, customer }: WalletNameProps) {
  const name = useWalletName()(wallet);
  return (
    <span className="grid min-w-0 leading-tight">
      <Link
        href={`/wallets/${wallet.id}`}
        title={name}
        className="relative z-10 -my-1 truncate rounded-sm py-1 hover:text-link hover:underline max-sm:hidden"
      >
        {name}
      </Link>
      {/* On phones the whole row is one target. */}
      <span className="truncate sm:hidden">{name}</span>
      {customer && customer !== name ? (
        <span className="truncate text-muted-foreground text-xs" title={customer}>
          {customer}
        </span>
      ) : null}
    </span>
  );
}
