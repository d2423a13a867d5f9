import { useTranslations } from 'next-intl';
import { MoneyFilters } from '~/components/list/money-filters';
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
  const { group } = read.filter;
  return (
    <MoneyFilters
      params={params}
      read={read}
      search={t('search')}
      days="requested"
      banks={group === undefined || group === 'withdrawals'}
      asset={group === 'wallets' || group === 'people' || group === 'proof' ? null : 'any'}
    />
  );
}
