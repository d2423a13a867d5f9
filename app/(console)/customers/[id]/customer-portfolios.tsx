import { useTranslations } from 'next-intl';
import { AddPortfolio } from '~/app/(console)/customers/[id]/add-portfolio';
import { Section } from '~/components/layout/section';
import { Link } from '~/components/ui/link';

type CustomerPortfoliosProps = {
  customerId: string;
  portfolios: readonly { id: string; name: string; _count: { wallets: number } }[];
  mayAdd: boolean;
};

/** The named groups of a customer's wallets. */
export function CustomerPortfolios({ customerId, portfolios, mayAdd }: CustomerPortfoliosProps) {
  const t = useTranslations('customers.page');
  return (
    <Section
      title={t('portfolios')}
      description={t('portfoliosHint')}
      actions={mayAdd ? <AddPortfolio customerId={customerId} /> : null}
    >
      {portfolios.length === 0 ? (
        <p className="text-muted-foreground text-sm">{t('noPortfolios')}</p>
      ) : (
        <ul className="-my-2 divide-y">
          {portfolios.map(({ id, name, _count: { wallets } }) => (
            <li key={id} className="flex items-center justify-between gap-4 py-2 text-sm">
              <span className="min-w-0 break-words font-medium">{name}</span>
              <Link
                href={`/wallets?customer=${customerId}&portfolio=${id}`}
                className="shrink-0 rounded-sm text-link hover:underline max-sm:py-2"
              >
                {t('portfolioWallets', { count: wallets })}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
