import { useTranslations } from 'next-intl';
import { Money } from '~/components/money/money';
import type { LedgerSums } from '~/lib/ledger/read';

type TotalsProps = { sums: LedgerSums };

/** What all pages of the list come to, per asset. */
export function Totals({ sums }: TotalsProps) {
  const t = useTranslations('ledger');
  if (sums === null) return <p className="mb-3 text-muted-foreground text-sm">{t('accounts.tooMany')}</p>;
  if (sums.length === 0) return null;
  return (
    <dl className="mb-3 flex flex-wrap gap-x-6 gap-y-1 text-sm">
      {sums.map(({ asset, debit, credit, accounts }) => (
        <div key={asset} className="flex flex-wrap items-baseline gap-x-3">
          <dt className="text-muted-foreground">
            {accounts === null
              ? t('accounts.totalOf', { asset })
              : t('accounts.total', { count: accounts, asset })}
          </dt>
          <dd className="flex flex-wrap gap-x-3">
            {debit > 0n || credit === 0n ? (
              <span>
                {t('sides.debitColumn')} <Money amount={debit} asset={asset} className="font-medium" />
              </span>
            ) : null}
            {credit > 0n ? (
              <span>
                {t('sides.creditColumn')} <Money amount={credit} asset={asset} className="font-medium" />
              </span>
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
