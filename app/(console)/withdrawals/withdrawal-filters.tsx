import { useTranslations } from 'next-intl';
import { moneyFilters, moneyParams } from '~/app/(console)/movements/money-params';
import { FilterBar } from '~/components/filter-bar';
import {
  choicesParam,
  daysParam,
  hasFilters,
  type SearchParams,
  textParam,
} from '~/components/search-params';
import type { WithdrawalFilter } from '~/lib/transfers/matching';

/** Every state of a withdrawal; the words are `status.withdrawal`. */
export const WITHDRAWAL_STATUSES = [
  'awaiting_approval',
  'queued',
  'submitting',
  'pending',
  'succeeded',
  'failed',
  'rejected',
  'returned',
  'declined',
  'cancelled',
  'expired',
] as const;

/** What the overview counts as news. */
const CHANGED = ['24h'] as const;

type Status = (typeof WITHDRAWAL_STATUSES)[number];

/** Reads the address of a list of withdrawals that shows these states. */
export function withdrawalFilter(
  params: SearchParams,
  statuses: readonly Status[],
  timeZone: string,
): WithdrawalFilter {
  const { since, before } = daysParam(params, timeZone);
  return {
    status: choicesParam(params, 'status', statuses) ?? [...statuses],
    text: textParam(params, 'q'),
    from: since,
    to: before,
    changedSince: choicesParam(params, 'changed', CHANGED)
      ? new Date(Date.now() - 24 * 3_600_000)
      : undefined,
    ...moneyParams(params),
  };
}

export function hasWithdrawalFilters(params: SearchParams): boolean {
  return hasFilters(params, ['q', 'status', 'asset', 'from', 'to', 'min', 'max', 'changed']);
}

type WithdrawalFiltersProps = { params: SearchParams; statuses: readonly Status[] };

export function WithdrawalFilters({ params, statuses }: WithdrawalFiltersProps) {
  const t = useTranslations('withdrawals.filters');
  const words = useTranslations('status.withdrawal');
  return (
    <FilterBar
      search={t('search')}
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
        ...moneyFilters(params, {
          asset: t('asset'),
          amount: (asset) => t('amount', { asset }),
        }),
      ]}
    />
  );
}
