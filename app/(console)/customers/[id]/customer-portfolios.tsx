import { PenLine } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { AddPortfolio } from '~/app/(console)/customers/[id]/add-portfolio';
import { CapPortfolio } from '~/app/(console)/customers/[id]/cap-portfolio';
import { FreezeWhole, UnfreezeWhole } from '~/app/(console)/customers/[id]/customer-actions';
import { renamePortfolioAction } from '~/app/(console)/customers/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Field } from '~/components/form/form';
import { Section } from '~/components/layout/section';
import { WaitsBadge } from '~/components/layout/waits-badge';
import { Money } from '~/components/money/money';
import { SharedLimits } from '~/components/money/utilisation';
import { StatusBadge } from '~/components/record/status-badge';
import { Input } from '~/components/ui/input';
import { Link } from '~/components/ui/link';
import type { AssetCode } from '~/lib/money';
import type { CapStanding } from '~/lib/terms/caps';
import type { AssetBalances } from '~/lib/wallets/portfolios';
import type { Standing } from '~/lib/wallets/standing';

type Portfolio = { id: string; name: string; _count: { wallets: number } };
type CustomerPortfoliosProps = {
  customerId: string;
  portfolios: readonly Portfolio[];
  totals: ReadonlyMap<string, readonly AssetBalances[]>;
  standings: (id: string) => Standing;
  /** What limits each as a whole, with what is used of it. */
  caps: ReadonlyMap<string, readonly CapStanding[]>;
  capsAsked: ReadonlyMap<string, ReadonlySet<string>>;
  /** In which limits can be asked for; null for who may not. */
  assets: readonly AssetCode[] | null;
  mayAdd: boolean;
  mayFreeze: boolean;
};

/** The named groups of a customer's wallets, with what each has in every asset. */
export function CustomerPortfolios(props: CustomerPortfoliosProps) {
  const { customerId, portfolios, totals, standings, caps, capsAsked, assets, mayAdd, mayFreeze } = props;
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
          {portfolios.map((portfolio) => (
            <li key={portfolio.id} className="grid gap-2 py-3 text-sm">
              <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
                <span className="flex min-w-0 flex-wrap items-baseline gap-2 break-words font-medium">
                  {portfolio.name}
                  {standings(portfolio.id).status === 'frozen' ? (
                    <StatusBadge kind="wallet" status="frozen" />
                  ) : null}
                </span>
                <Link
                  href={`/wallets?customer=${customerId}&portfolio=${portfolio.id}`}
                  className="shrink-0 rounded-sm text-link hover:underline max-sm:py-2"
                >
                  {t('portfolioWallets', { count: portfolio._count.wallets })}
                </Link>
              </div>
              <Totals of={totals.get(portfolio.id) ?? []} />
              {caps.has(portfolio.id) ? (
                <SharedLimits
                  label={t('cap.list', { name: portfolio.name })}
                  limits={caps.get(portfolio.id) ?? []}
                />
              ) : null}
              {capsAsked.get(portfolio.id)?.has('portfolio.cap') ? (
                <p>
                  <WaitsBadge />
                </p>
              ) : null}
              <div className="flex flex-wrap gap-2">
                {mayAdd ? <Rename portfolio={portfolio} /> : null}
                {assets ? (
                  <CapPortfolio portfolio={portfolio} caps={caps.get(portfolio.id) ?? []} assets={assets} />
                ) : null}
                {mayFreeze && portfolio._count.wallets > 0 ? (
                  <>
                    <FreezeWhole subject="portfolio" {...portfolio} />
                    <UnfreezeWhole subject="portfolio" {...portfolio} />
                  </>
                ) : null}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Totals({ of }: { of: readonly AssetBalances[] }) {
  const t = useTranslations('customers.page');
  if (of.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-x-6 gap-y-1 text-muted-foreground">
      {of.map(({ asset, available, pending, reserved }) => (
        <li key={asset}>
          {t.rich('portfolioTotal', {
            total: () => (
              <Money
                amount={available + pending + reserved}
                asset={asset}
                className="font-medium text-foreground"
              />
            ),
            available: () => <Money amount={available} asset={asset} />,
          })}
        </li>
      ))}
    </ul>
  );
}

function Rename({ portfolio: { id, name } }: { portfolio: Portfolio }) {
  const t = useTranslations('customers.page');
  return (
    <ConfirmDialog
      action={renamePortfolioAction}
      act="rename"
      hidden={{ portfolioId: id }}
      trigger={
        <>
          <PenLine aria-hidden />
          {t('renamePortfolio')}
        </>
      }
      title={t('renamePortfolioTitle', { name })}
      consequence={t('renamePortfolioHint')}
      confirm={t('renamePortfolioConfirm')}
      success={t('portfolioRenamed')}
    >
      <Field name="name" label={t('portfolioName')} required>
        <Input autoComplete="off" maxLength={60} defaultValue={name} />
      </Field>
    </ConfirmDialog>
  );
}
