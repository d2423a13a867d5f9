import { useTranslations } from 'next-intl';
import { CHANGED, type WithdrawalStatusName } from '~/app/(console)/withdrawals/params';
import { MoneyFilters, statusFilter } from '~/components/list/money-filters';
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
  const columns = useTranslations('common.columns');
  return (
    <MoneyFilters
      params={params}
      read={read}
      search={t('search')}
      days="requested"
      first={statusFilter(columns('status'), statuses, words)}
      more={[
        {
          kind: 'select',
          name: 'changed',
          label: t('changed'),
          options: CHANGED.map((value) => ({ value, label: t('last24Hours') })),
        },
      ]}
      banks
    />
  );
}
