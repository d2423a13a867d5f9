import type { ChipFilter } from '~/components/filter-chip';
import { amountsParam, choicesParam, type SearchParams } from '~/components/search-params';

/** The assets that Fintoc moves. */
export const ASSETS_ON_RAILS = ['MXN', 'CLP'] as const;

/** The asset that typed amounts are in: the one that is filtered by, else Mexican pesos. */
export function amountAsset(params: SearchParams): string {
  const assets = choicesParam(params, 'asset', ASSETS_ON_RAILS);
  return assets?.length === 1 ? (assets[0] ?? 'MXN') : 'MXN';
}

type MoneyFilter = {
  asset: string[] | undefined;
  minAmount: bigint | undefined;
  maxAmount: bigint | undefined;
};

/** Asset and amount from the address. An amount means nothing without its asset: typing one narrows the list to it. */
export function moneyParams(params: SearchParams): MoneyFilter {
  const asset = amountAsset(params);
  const { min, max } = amountsParam(params, asset);
  const hasAmount = min !== undefined || max !== undefined;
  return {
    asset: hasAmount ? [asset] : choicesParam(params, 'asset', ASSETS_ON_RAILS),
    minAmount: min,
    maxAmount: max,
  };
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
