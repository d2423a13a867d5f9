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
import type { AdjustmentFilter } from '~/lib/transfers/adjustments-read';

/** Every state of an adjustment; the words are `status.adjustment`. */
export const ADJUSTMENT_STATUSES = ['awaiting_approval', 'posted', 'declined', 'cancelled'] as const;
type Status = (typeof ADJUSTMENT_STATUSES)[number];

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Reads the address of a list of adjustments that shows these states. `?wallet=<id>` narrows it to one wallet's. */
export function adjustmentFilter(
  params: SearchParams,
  statuses: readonly Status[],
  timeZone: string,
): AdjustmentFilter & { cursor?: string | undefined } {
  const { since, before } = daysParam(params, timeZone);
  const walletId = textParam(params, 'wallet');
  return {
    status: choicesParam(params, 'status', statuses) ?? [...statuses],
    walletId: walletId && UUID.test(walletId) ? walletId : undefined,
    text: textParam(params, 'q'),
    from: since,
    to: before,
    ...moneyParams(params),
    cursor: textParam(params, 'cursor'),
  };
}

export function hasAdjustmentFilters(params: SearchParams): boolean {
  return hasFilters(params, ['q', 'status', 'wallet', 'asset', 'from', 'to', 'min', 'max']);
}

type AdjustmentFiltersProps = { params: SearchParams; statuses: readonly Status[] };

export function AdjustmentFilters({ params, statuses }: AdjustmentFiltersProps) {
  const t = useTranslations('adjustments.filters');
  const words = useTranslations('status.adjustment');
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
        ...moneyFilters(params, { asset: t('asset'), amount: (asset) => t('amount', { asset }) }),
      ]}
    />
  );
}
