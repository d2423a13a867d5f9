import { useTranslations } from 'next-intl';
import { moneyFilters, moneyParams } from '~/app/(console)/movements/money-params';
import { FilterBar } from '~/components/filter-bar';
import type { ChipFilter } from '~/components/filter-chip';
import {
  choicesParam,
  daysParam,
  hasFilters,
  type SearchParams,
  textParam,
} from '~/components/search-params';
import type { TransferFilter } from '~/lib/transfers/matching';

/** Why money waits; the words are `kinds.suspense`. */
const REASONS = ['unknown_number', 'wallet_frozen', 'wallet_closed', 'deposits_disabled'] as const;
/** Where an inbound transfer can stand; the words are `status.transfer`. */
const STATES = ['succeeded', 'return_pending', 'returned', 'rejected', 'seen'] as const;

/** Reads the address of a list of transfers. */
export function depositFilter(
  params: SearchParams,
  timeZone: string,
): TransferFilter & { cursor?: string | undefined } {
  const { since, before } = daysParam(params, timeZone);
  return {
    state: choicesParam(params, 'state', STATES),
    suspenseReason: choicesParam(params, 'reason', REASONS),
    text: textParam(params, 'q'),
    from: since,
    to: before,
    ...moneyParams(params),
    cursor: textParam(params, 'cursor'),
  };
}

export function hasDepositFilters(params: SearchParams): boolean {
  return hasFilters(params, ['q', 'state', 'reason', 'asset', 'from', 'to', 'min', 'max']);
}

type DepositFiltersProps = { params: SearchParams; view: 'suspense' | 'all' };

export function DepositFilters({ params, view }: DepositFiltersProps) {
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
    <FilterBar
      search={t('search')}
      filters={[
        first,
        { kind: 'dates', name: 'date', label: t('date') },
        ...moneyFilters(params, { asset: t('asset'), amount: (asset) => t('amount', { asset }) }),
      ]}
    />
  );
}
