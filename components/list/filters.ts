import type { LookupOf } from '~/components/form/lookup-sources';

/** What a list can be filtered by, as a chip of its bar. */
export type ChipFilter =
  | { kind: 'select'; name: string; label: string; options: readonly { value: string; label: string }[] }
  /** `?from=` and `?to=`. */
  | { kind: 'dates'; name: string; label: string }
  /** `?min=` and `?max=`, in the asset's decimals. */
  | { kind: 'amount'; name: string; label: string; asset: string }
  /** One record of many, found by typing; `chosen` names the one in the address. */
  | { kind: 'lookup'; name: string; label: string; search: string; of: LookupOf; chosen: string | null }
  /** A look back: `?<name>=2026-10-31`, or with a time; and, where it is asked for, by which clock: `?clock=`. */
  | { kind: 'moment'; name: string; label: string; clock?: boolean };

export type FilterValues = Record<string, string>;

/** What a filter is called in the address. */
export function paramNames(filter: ChipFilter): string[] {
  if (filter.kind === 'dates') return ['from', 'to'];
  if (filter.kind === 'amount') return ['min', 'max'];
  if (filter.kind === 'moment' && filter.clock) return [filter.name, 'clock'];
  return [filter.name];
}

/** What the address says of a filter, and whether that can be read. */
export function stateOf(
  filter: ChipFilter,
  params: { get: (name: string) => string | null },
  read: { unreadable: readonly string[] },
): { values: FilterValues; unreadable: boolean } {
  const names = paramNames(filter);
  return {
    values: Object.fromEntries(names.map((name) => [name, params.get(name) ?? ''])),
    unreadable: names.some((name) => read.unreadable.includes(name)),
  };
}
