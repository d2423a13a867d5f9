import type { Route } from 'next';
import Link from 'next/link';

type WalletNameProps = { id: string; name: string; customer: string | null };

/** The wallet that a record belongs to and whose it is, leading to the wallet. */
export function WalletName({ id, name, customer }: WalletNameProps) {
  return (
    <span className="grid min-w-0 leading-tight">
      <Link
        href={`/wallets/${id}` as Route}
        title={name}
        className="truncate rounded-sm hover:text-link hover:underline sm:relative sm:z-10 sm:-my-1 sm:py-1"
      >
        {name}
      </Link>
      {customer && customer !== name ? (
        <span className="truncate text-muted-foreground text-xs" title={customer}>
          {customer}
        </span>
      ) : null}
    </span>
  );
}
