import { useTranslations } from 'next-intl';
import { WalletName } from '~/components/money/wallet-name';
import { Link } from '~/components/ui/link';
import type { StatementRow } from '~/lib/statements/read';

/** Whose statements they are, as a link where they have a page. */
export function Whose({ of }: { of: Pick<StatementRow, 'wallet' | 'customer' | 'portfolio'> }) {
  const t = useTranslations('statements');
  const { wallet, customer, portfolio } = of;
  if (wallet) return <WalletName wallet={wallet} customer={wallet.customer?.name ?? null} />;
  if (customer)
    return (
      <Link href={`/customers/${customer.id}`} className="rounded-sm text-link hover:underline">
        {customer.name}
      </Link>
    );
  if (portfolio) return t('portfolio', { portfolio: portfolio.name, customer: portfolio.customer.name });
  return t('all');
}
