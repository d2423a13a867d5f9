import { useTranslations } from 'next-intl';
import { FilterBar } from '~/components/list/filter-bar';
import type { ChipFilter } from '~/components/list/filters';
import { bankFilter, moneyFilters } from '~/components/list/money-params';
import type { ReadAddress } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';

type MoneyFiltersProps = {
  params: SearchParams;
  read: ReadAddress<unknown>;
  /** What the search finds by. */
  search: string;
  /** What the days are of: when it happened, or when somebody asked for it. */
  days: 'date' | 'requested';
  /** The list's own, before the days and behind them. */
  first?: readonly ChipFilter[];
  more?: readonly ChipFilter[];
  /** Whether the rows have another side at a bank. */
  banks?: boolean;
  /** `any`: of whatever asset, which is a filter too; else the one that all rows are in; null: they move no money. */
  asset?: string | null;
};

/** Search and filters that lists of money have in common, in one order and under the same words. */
export function MoneyFilters({
  params,
  read,
  search,
  days,
  first = [],
  more = [],
  banks = false,
  asset = 'any',
}: MoneyFiltersProps) {
  const t = useTranslations('common.filters');
  const columns = useTranslations('common.columns');
  const amount = (code: string) => t('amount', { asset: code });
  const ofMoney: ChipFilter[] =
    asset === 'any'
      ? moneyFilters(params, { asset: t('asset'), amount })
      : asset === null
        ? []
        : [{ kind: 'amount', name: 'amount', label: amount(asset), asset }];
  return (
    <FilterBar
      search={search}
      read={read}
      filters={[
        ...first,
        { kind: 'dates', name: 'date', label: columns(days) },
        ...more,
        ...(banks ? [bankFilter(t('bank'))] : []),
        ...ofMoney,
      ]}
    />
  );
}

/** By state, where there is more than one to choose from. */
export function statusFilter<Status extends string>(
  label: string,
  statuses: readonly Status[],
  word: (status: Status) => string,
): ChipFilter[] {
  if (statuses.length < 2) return [];
  const options = statuses.map((value) => ({ value, label: word(value) }));
  return [{ kind: 'select', name: 'status', label, options }];
}
