import { Link } from '~/components/ui/link';
import { useAccountSaid } from '~/components/words/account-words';
import type { NamedAccount } from '~/lib/wallets/account-holders';

type AccountNameProps = {
  account: NamedAccount;
  /** To the wallet whose alone it is; not where the row itself leads somewhere. */
  leads?: boolean;
};

/** An account at its rail by whose it is. */
export function AccountName({ account, leads = false }: AccountNameProps) {
  const { first, second } = useAccountSaid()(account);
  const { wallet } = account;
  return (
    <span className="grid min-w-0 leading-tight">
      {wallet && leads ? (
        <Link
          href={`/wallets/${wallet.id}`}
          title={first}
          className="-my-1 truncate rounded-sm py-1 hover:text-link hover:underline max-sm:-my-2 max-sm:py-2"
        >
          {first}
        </Link>
      ) : (
        <span className="truncate" title={first}>
          {first}
        </span>
      )}
      {second ? (
        <span className="truncate font-normal text-muted-foreground text-xs" title={second}>
          {second}
        </span>
      ) : null}
    </span>
  );
}
