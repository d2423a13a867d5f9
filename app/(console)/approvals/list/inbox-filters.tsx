import { useTranslations } from 'next-intl';
import { FilterBar } from '~/components/list/filter-bar';
import { bankFilter, moneyFilters } from '~/components/list/money-params';
import type { ReadAddress } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import type { ApprovalGroup } from '~/lib/approvals/actions';

type InboxFiltersProps = {
  params: SearchParams;
  read: ReadAddress<{ group: ApprovalGroup | undefined }>;
};

/** By whom, what and how much: each where what is shown has it. */
export function InboxFilters({ params, read }: InboxFiltersProps) {
  const t = useTranslations('approvals.filters');
  const common = useTranslations('common.filters');
  const { group } = read.filter;
  return (
    <FilterBar
      search={t('search')}
      read={read}
      filters={[
        { kind: 'dates', name: 'date', label: t('date') },
        ...(group === undefined || group === 'withdrawals' ? [bankFilter(common('bank'))] : []),
        ...(group === 'people' || group === 'proof'
          ? []
          : moneyFilters(params, { asset: t('asset'), amount: (asset) => t('amount', { asset }) })),
      ]}
    />
  );
}
