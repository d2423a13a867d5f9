import { useTranslations } from 'next-intl';
import type { AdjustmentStatusName } from '~/app/(console)/adjustments/params';
import { FilterBar } from '~/components/list/filter-bar';
import { moneyFilters } from '~/components/list/money-params';
import type { ReadAddress } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';

type AdjustmentFiltersProps = {
  params: SearchParams;
  read: ReadAddress<unknown>;
  statuses: readonly AdjustmentStatusName[];
};

export function AdjustmentFilters({ params, read, statuses }: AdjustmentFiltersProps) {
  const t = useTranslations('adjustments.filters');
  const words = useTranslations('status.adjustment');
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
        ...moneyFilters(params, { asset: t('asset'), amount: (asset) => t('amount', { asset }) }),
      ]}
    />
  );
}
