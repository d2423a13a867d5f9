import { useTranslations } from 'next-intl';
import { CHANGED, type WithdrawalStatusName } from '~/app/(console)/withdrawals/params';
import { FilterBar } from '~/components/list/filter-bar';
import { bankFilter, moneyFilters } from '~/components/list/money-params';
import type { ReadAddress } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';

type WithdrawalFiltersProps = {
  params: SearchParams;
  read: ReadAddress<unknown>;
  statuses: readonly WithdrawalStatusName[];
};

export function WithdrawalFilters({ params, read, statuses }: WithdrawalFiltersProps) {
  const t = useTranslations('withdrawals.filters');
  const words = useTranslations('status.withdrawal');
  const common = useTranslations('common.filters');
  return (
    <FilterBar
      search={t('search')}
      read={read}
      filters={[
        ...(statuses.length > 1
          ? [
              {
                kind: 'select' as const,
                name: 'status',
                label: t('status'),
                options: statuses.map((value) => ({ value, label: words(value) })),
              },
            ]
          : []),
        { kind: 'dates', name: 'date', label: t('date') },
        {
          kind: 'select',
          name: 'changed',
          label: t('changed'),
          options: CHANGED.map((value) => ({ value, label: t('last24Hours') })),
        },
        bankFilter(common('bank')),
        ...moneyFilters(params, {
          asset: t('asset'),
          amount: (asset) => t('amount', { asset }),
        }),
      ]}
    />
  );
}
