import { useTranslations } from 'next-intl';
import { KEYS, REASONS, STATES } from '~/app/(console)/deposits/params';
import type { ChipFilter } from '~/components/list/filters';
import { MoneyFilters } from '~/components/list/money-filters';
import type { ReadAddress } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';

type DepositFiltersProps = { params: SearchParams; read: ReadAddress<unknown>; view: 'suspense' | 'all' };

export function DepositFilters({ params, read, view }: DepositFiltersProps) {
  const t = useTranslations('deposits.filters');
  const states = useTranslations('status.transfer');
  const reasons = useTranslations('kinds.suspense');
  const first: ChipFilter =
    view === 'suspense'
      ? {
          kind: 'select',
          name: 'reason',
          label: t('reason'),
          options: REASONS.map((value) => ({ value, label: reasons(value) })),
        }
      : {
          kind: 'select',
          name: 'state',
          label: t('state'),
          options: STATES.map((value) => ({ value, label: states(value) })),
        };
  return (
    <MoneyFilters
      params={params}
      read={read}
      search={t('search')}
      days="date"
      first={[first]}
      more={[
        {
          kind: 'select',
          name: 'key',
          label: t('key'),
          options: KEYS.map((value) => ({ value, label: t(`keys.${value}`) })),
        },
      ]}
      banks
    />
  );
}
