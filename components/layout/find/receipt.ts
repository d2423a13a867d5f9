import type { Route } from 'next';
import { dayOf } from '~/components/list/search-params';
import { to } from '~/components/ui/to';
import { toAsked } from '~/lib/whereabouts/asked';
import { readReceipts, type Sought } from '~/lib/whereabouts/receipt';

/** Nobody types so much: it was pasted, and may say more than one thing. */
const LEAST_CHARS = 40;
/** Less than this many things said of a payment are no receipt: a long name, or a CLABE alone. */
const LEAST_FACTS = 2;

/** Where the payment of a pasted receipt is answered: of the text only what it can be found by leaves the page. Null for what is none. */
export function placeOfReceipt(text: string): Route | null {
  if (text.trim().length < LEAST_CHARS) return null;
  const payments = readReceipts(text, dayOf(new Date(), 'America/Mexico_City'));
  if (!payments.some((sought) => factsIn(sought) >= LEAST_FACTS)) return null;
  return to(`/where?${new URLSearchParams(payments.map((sought) => ['p', toAsked(sought)]))}`);
}

function factsIn({ key, clabes, ends, amount, day, reference, id }: Sought): number {
  return [key, clabes[0], ends[0], amount, day, reference, id].filter(
    (fact) => fact !== null && fact !== undefined,
  ).length;
}
