import { useTranslations } from 'next-intl';
import { moneyFilters, moneyParams } from '~/app/(console)/movements/money-params';
import { FilterBar } from '~/components/filter-bar';
import type { ChipFilter } from '~/components/filter-chip';
import {
  amountsParam,
  choicesParam,
  daysParam,
  hasFilters,
  type SearchParams,
  textParam,
} from '~/components/search-params';
import type { MovementFilter } from '~/lib/transfers/movement-search';

/** What a movement can be; the words are `kinds.movement`. */
export const MOVEMENT_KINDS = [
  'deposit',
  'deposit_fee',
  'deposit_return',
  'deposit_return_settled',
  'deposit_return_failed',
  'deposit_return_undone',
  'debt_repaid',
  'withdrawal',
  'withdrawal_fee',
  'withdrawal_release',
  'withdrawal_return',
  'payout_settled',
  'payout_explained',
  'adjustment',
  'adjustment_release',
] as const;

const DIRECTIONS = ['in', 'out'] as const;
const NAMES = ['q', 'wallet', 'kind', 'direction', 'asset', 'from', 'to', 'min', 'max'] as const;

type Scope = {
  timeZone: string;
  /** One wallet's movements: its id and its asset, by which typed amounts are read. */
  wallet?: { id: string; asset: string };
};

/** Reads the address of a list of movements. Days are whole days of the operator's zone. */
export function movementFilter(
  params: SearchParams,
  { timeZone, wallet }: Scope,
): MovementFilter & { cursor?: string | undefined } {
  const directions = choicesParam(params, 'direction', DIRECTIONS);
  const { since, before } = daysParam(params, timeZone);
  return {
    walletId: wallet?.id,
    kind: choicesParam(params, 'kind', MOVEMENT_KINDS),
    direction: directions?.length === 1 ? directions[0] : undefined,
    from: since,
    to: before,
    ...(wallet ? amountsIn(params, wallet.asset) : moneyParams(params)),
    text: textParam(params, 'q'),
    cursor: textParam(params, 'cursor'),
  };
}

function amountsIn(params: SearchParams, asset: string) {
  const { min, max } = amountsParam(params, asset);
  return { minAmount: min, maxAmount: max };
}

/** True when the address narrows a list of movements: an empty one then says so. */
export function hasMovementFilters(params: SearchParams): boolean {
  return hasFilters(params, NAMES);
}

type MovementFiltersProps = {
  params: SearchParams;
  /** The asset of the one wallet whose movements these are; left out, there is a filter for it. */
  asset?: string;
  /** Over the movements of all wallets: the one that is chosen, by name, or null. Left out, wallets are no filter. */
  wallet?: string | null;
};

/** Search and filters over a list of movements, of one wallet or of all. */
export function MovementFilters({ params, asset, wallet }: MovementFiltersProps) {
  const t = useTranslations('movements.filters');
  const kinds = useTranslations('kinds.movement');
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
    ...(asset
      ? [{ kind: 'amount' as const, name: 'amount', label: t('amount', { asset }), asset }]
      : moneyFilters(params, { asset: t('asset'), amount: (code) => t('amount', { asset: code }) })),
  ];
  return <FilterBar search={t('search')} filters={filters} />;
}
