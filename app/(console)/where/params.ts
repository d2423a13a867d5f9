import { type SearchParams, textParam, valuesOf } from '~/components/list/search-params';
import { fromAsked } from '~/lib/whereabouts/asked';
import { MOST_PAYMENTS, readReceipts, type Sought } from '~/lib/whereabouts/receipt';

/** The payments that an address asks for: `?p=` for each, as the box writes them, or `?q=` with what somebody typed. */
export function readAsked(params: SearchParams, today: string): Sought[] {
  const payments = valuesOf(params, 'p').flatMap((text) => fromAsked(text) ?? []);
  if (payments.length > 0) return payments.slice(0, MOST_PAYMENTS);
  const typed = textParam(params, 'q');
  return typed === undefined ? [] : readReceipts(typed, today);
}
