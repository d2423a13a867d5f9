import { useTranslations } from 'next-intl';
import { FilterBar } from '~/components/list/filter-bar';
import type { ChipFilter } from '~/components/list/filters';
import { bankFilter, moneyFilters } from '~/components/list/money-params';
import { DIRECTIONS } from '~/components/list/movement-params';
import type { ReadAddress } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { MOVEMENT_KINDS } from '~/lib/movements/kinds';

type MovementFiltersProps = {
  params: SearchParams;
  read: ReadAddress<unknown>;
  /** The asset of the one wallet whose movements these are; left out, there is a filter for it. */
  asset?: string;
  /** Over the movements of all wallets: the one that is chosen, by name, or null. Left out, wallets are no filter. */
  wallet?: string | null;
};

/** Search and filters over a list of movements, of one wallet or of all. */
export function MovementFilters({ params, read, asset, wallet }: MovementFiltersProps) {
  const t = useTranslations('movements.filters');
  const kinds = useTranslations('kinds.movement');
  const common = useTranslations('common.filters');
  const filters: ChipFilter[] = [
    ...(wallet === undefined
      ? []
      : [
          {
            kind: 'lookup' as const,
            name: 'wallet',
            label: t('wallet'),
            search: t('searchWallet'),
            source: '/api/wallets',
            chosen: wallet,
          },
        ]),
    { kind: 'dates', name: 'date', label: t('date') },
    {
      kind: 'select',
      name: 'kind',
      label: t('kind'),
      options: MOVEMENT_KINDS.map((value) => ({ value, label: kinds(value) })),
    },
    {
      kind: 'select',
      name: 'direction',
      label: t('direction'),
      options: DIRECTIONS.map((value) => ({ value, label: t(value) })),
    },
    bankFilter(common('bank')),
    ...(asset
      ? [{ kind: 'amount' as const, name: 'amount', label: t('amount', { asset }), asset }]
      : moneyFilters(params, { asset: t('asset'), amount: (code) => t('amount', { asset: code }) })),
  ];
  return <FilterBar search={t('search')} read={read} filters={filters} />;
}
