import { useTranslations } from 'next-intl';
import type { ChipFilter } from '~/components/list/filters';
import { MoneyFilters } from '~/components/list/money-filters';
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
  /** The same of the customer whose movements they all are. */
  customer?: string | null;
};

/** Search and filters over a list of movements, of one wallet or of all. */
export function MovementFilters({ params, read, asset, wallet, customer }: MovementFiltersProps) {
  const t = useTranslations('movements.filters');
  const kinds = useTranslations('kinds.movement');
  return (
    <MoneyFilters
      params={params}
      read={read}
      search={t('search')}
      days="date"
      first={[
        ...(customer === undefined ? [] : [customerFilter(t, customer)]),
        ...(wallet === undefined ? [] : [walletFilter(t, wallet)]),
      ]}
      more={[
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
      ]}
      banks
      {...(asset && { asset })}
    />
  );
}

type Words = ReturnType<typeof useTranslations<'movements.filters'>>;

function customerFilter(t: Words, chosen: string | null): ChipFilter {
  return {
    ...{ kind: 'lookup', name: 'customer', label: t('customer'), search: t('searchCustomer') },
    ...{ of: 'customers', chosen },
  };
}

function walletFilter(t: Words, chosen: string | null): ChipFilter {
  return {
    ...{ kind: 'lookup', name: 'wallet', label: t('wallet'), search: t('searchWallet') },
    ...{ of: 'wallets', chosen },
  };
}
