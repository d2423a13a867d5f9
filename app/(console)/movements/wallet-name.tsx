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
