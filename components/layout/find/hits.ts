import type { Route } from 'next';
import { to } from '~/components/ui/to';
import type { Found } from '~/lib/find/found';

/** One thing that was found, as the address of the finder tells it. */
export type Hit = Pick<Found, 'kind' | 'id' | 'name' | 'detail' | 'email' | 'status'> & {
  money: { amount: string; asset: string }[];
  at: string | null;
};

const PLACES: Record<Hit['kind'], (id: string) => Route> = {
  customer: (id) => to(`/customers/${id}`),
  wallet: (id) => to(`/wallets/${id}`),
  deposit: (id) => to(`/deposits/${id}`),
  withdrawal: (id) => to(`/withdrawals/${id}`),
  batch: (id) => to(`/withdrawals/batches/${id}`),
  adjustment: (id) => to(`/adjustments/${id}`),
  hold: (id) => to(`/holds/${id}`),
  case: (id) => to(`/cases/${id}`),
  break: (id) => to(`/proof/breaks/${id}`),
  transaction: (id) => to(`/ledger/transactions/${id}`),
  account: (id) => to(`/proof/accounts/${id}`),
  number: (id) => to(`/account-numbers/${id}`),
  entity: (id) => to(`/entities/${id}`),
  event: (id) => to(`/inbox/${id}`),
  rule: (id) => to(`/settings/rules/${id}`),
  terms: (id) => to(`/settings/terms/${id}`),
  endpoint: (id) => to(`/settings/webhooks/${id}`),
};

export function placeOf({ kind, id }: Pick<Hit, 'kind' | 'id'>): Route {
  return PLACES[kind](encodeURIComponent(id));
}

/** The headings under which things are found, in this order. */
export const GROUPS = ['customers', 'wallets', 'payments', 'entities', 'others'] as const;
type Group = (typeof GROUPS)[number];

const GROUP_OF: Partial<Record<Hit['kind'], Group>> = {
  customer: 'customers',
  wallet: 'wallets',
  deposit: 'payments',
  withdrawal: 'payments',
  adjustment: 'payments',
  entity: 'entities',
};

/** What was found under its headings, what was opened before first in each. */
export function grouped(hits: readonly Hit[], isRecent: (hit: Hit) => boolean): [Group, Hit[]][] {
  const sorted = [...hits].sort((one, other) => Number(isRecent(other)) - Number(isRecent(one)));
  return GROUPS.map((group): [Group, Hit[]] => [
    group,
    sorted.filter(({ kind }) => (GROUP_OF[kind] ?? 'others') === group),
  ]).filter(([, of]) => of.length > 0);
}

export function lookFor(text: string, signal: AbortSignal): Promise<Hit[]> {
  return ask(new URLSearchParams({ q: text }), signal);
}

export function lookAgain(refs: readonly string[], signal: AbortSignal): Promise<Hit[]> {
  return ask(new URLSearchParams(refs.map((ref) => ['again', ref])), signal);
}

async function ask(query: URLSearchParams, signal: AbortSignal): Promise<Hit[]> {
  const response = await fetch(`/api/find?${query}`, { signal, cache: 'no-store' });
  if (!response.ok) throw new Error(`The finder answered ${response.status}.`);
  const { found }: { found: Hit[] } = await response.json();
  return found;
}
