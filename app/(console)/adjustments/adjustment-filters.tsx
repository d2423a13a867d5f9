import { useTranslations } from 'next-intl';
import type { AdjustmentStatusName } from '~/app/(console)/adjustments/params';
import { MoneyFilters, statusFilter } from '~/components/list/money-filters';
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
  const columns = useTranslations('common.columns');
  return (
    <MoneyFilters
      params={params}
      read={read}
      search={t('search')}
      days="requested"
      first={statusFilter(columns('status'), statuses, words)}
    />
  );
}
