import type { Route } from 'next';
import { to } from '~/components/ui/to';
import type { StatusKind } from '~/components/words/status-looks';
import type { Found } from '~/lib/find/find';

/** One thing that was found, as the address of the finder tells it. */
export type Hit = Pick<Found, 'kind' | 'id' | 'name' | 'detail'> & {
  money: { amount: string; asset: string }[];
  status: { kind: StatusKind; code: string } | null;
  at: string | null;
};

const PLACES: Record<Hit['kind'], (id: string) => Route> = {
  customer: (id) => to(`/customers/${id}`),
  wallet: (id) => to(`/wallets/${id}`),
  deposit: (id) => to(`/deposits/${id}`),
  withdrawal: (id) => to(`/withdrawals/${id}`),
  adjustment: (id) => to(`/adjustments/${id}`),
  case: (id) => to(`/cases/${id}`),
  break: (id) => to(`/proof/breaks/${id}`),
  account: (id) => to(`/proof/accounts/${id}`),
  number: (id) => to(`/account-numbers/${id}`),
  entity: (id) => to(`/entities/${id}`),
  event: (id) => to(`/inbox/${id}`),
};

export function placeOf({ kind, id }: Pick<Hit, 'kind' | 'id'>): Route {
  return PLACES[kind](encodeURIComponent(id));
}

export async function lookFor(text: string, signal: AbortSignal): Promise<Hit[]> {
  const response = await fetch(`/api/find?q=${encodeURIComponent(text)}`, { signal });
  if (!response.ok) throw new Error(`The finder answered ${response.status}.`);
  const { found }: { found: Hit[] } = await response.json();
  return found;
}
