import type { ChipFilter } from '~/components/list/filters';
import type { AddressReader } from '~/components/list/read-address';
import { type SearchParams, valuesOf } from '~/components/list/search-params';
import { BANKS } from '~/lib/banks';
import { ASSET_CODES, isAsset } from '~/lib/money';

/** The asset that typed amounts are in: the one that is filtered by, else Mexican pesos. */
export function amountAsset(params: SearchParams): string {
  return oneAsset(valuesOf(params, 'asset')) ?? 'MXN';
}

function oneAsset(chosen: readonly string[] | undefined): string | null {
  const [only, another] = chosen ?? [];
  return only && !another && isAsset(only) ? only : null;
}

type MoneyFilter = {
  asset: string[] | undefined;
  minAmount: bigint | undefined;
  maxAmount: bigint | undefined;
};

/** Asset and amount from the address. An amount means nothing without its asset: typing one narrows the list to it. */
export function moneyParams(read: AddressReader): MoneyFilter {
  const chosen = read.choices('asset', ASSET_CODES);
  const asset = oneAsset(chosen) ?? 'MXN';
  const { min, max } = read.amounts(asset);
  const hasAmount = min !== undefined || max !== undefined;
  // Of several, nobody says in which.
  if (hasAmount && chosen && chosen.length > 1) read.cannotRead('asset');
  return { asset: hasAmount ? [asset] : chosen, minAmount: min, maxAmount: max };
}

/** What lists of what people asked for read alike: those of these states, of a wallet, by words, days and amounts. */
export function askedParams<Status extends string>(
  read: AddressReader,
  statuses: readonly Status[],
  timeZone: string,
) {
  const { since, before } = read.days(timeZone);
  return {
    status: read.choices('status', statuses) ?? [...statuses],
    walletId: read.uuid('wallet'),
    text: read.text('q'),
    from: since,
    to: before,
    ...moneyParams(read),
  };
}

/** The banks of the other side from `?bank=012,646`: a bank with several codes goes by its first. */
export function bankParam(read: AddressReader): string[] | undefined {
  const chosen = read.choices(
    'bank',
    BANKS.map(({ codes }) => codes[0] ?? ''),
  );
  return chosen && BANKS.filter(({ codes }) => chosen.includes(codes[0] ?? '')).flatMap(({ codes }) => codes);
}

/** The filter that `bankParam` reads. */
export function bankFilter(label: string): ChipFilter {
  return {
    kind: 'select',
    name: 'bank',
    label,
    options: BANKS.map(({ name, codes }) => ({ value: codes[0] ?? '', label: name })),
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
      options: ASSET_CODES.map((value) => ({ value, label: value })),
    },
    { kind: 'amount', name: 'amount', label: labels.amount(asset), asset },
  ];
}
