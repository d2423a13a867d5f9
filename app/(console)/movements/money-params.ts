import type { ChipFilter } from '~/components/filter-chip';
import type { AddressReader } from '~/components/read-address';
import { type SearchParams, valuesOf } from '~/components/search-params';

/** The assets that Fintoc moves. */
export const ASSETS_ON_RAILS = ['MXN', 'CLP'] as const;

/** The asset that typed amounts are in: the one that is filtered by, else Mexican pesos. */
export function amountAsset(params: SearchParams): string {
  return valuesOf(params, 'asset').join() === 'CLP' ? 'CLP' : 'MXN';
}

type MoneyFilter = {
  asset: string[] | undefined;
  minAmount: bigint | undefined;
  maxAmount: bigint | undefined;
};

/** Asset and amount from the address. An amount means nothing without its asset: typing one narrows the list to it. */
export function moneyParams(read: AddressReader): MoneyFilter {
  const chosen = read.choices('asset', ASSETS_ON_RAILS);
  const asset = chosen?.join() === 'CLP' ? 'CLP' : 'MXN';
  const { min, max } = read.amounts(asset);
  const hasAmount = min !== undefined || max !== undefined;
  return { asset: hasAmount ? [asset] : chosen, minAmount: min, maxAmount: max };
}

/** The two filters that `moneyParams` reads. */
export function moneyFilters(
  params: SearchParams,
  labels: { asset: string; amount: (asset: string) => string },
): ChipFilter[] {
  const asset = amountAsset(params);
  return [
    {
      kind: 'select',
      name: 'asset',
      label: labels.asset,
      options: ASSETS_ON_RAILS.map((value) => ({ value, label: value })),
    },
    { kind: 'amount', name: 'amount', label: labels.amount(asset), asset },
  ];
}
