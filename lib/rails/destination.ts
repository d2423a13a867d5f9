import { formatClabe } from '~/lib/clabe';

/** Where money can go. Pure. */

/**
 * What a payment goes to, each written in one form: a CLABE, the sixteen digits of a debit card, the ten of a mobile
 * number, `tef` of Chile as `<RUT>/<bank>/<account>`, the address of a chain with `?tag=` behind it where it takes one, and
 * a name that the rail itself gives. PostgreSQL takes no other.
 */
export const DESTINATION_KINDS = ['clabe', 'card', 'phone', 'tef', 'address', 'name'] as const;
export type DestinationKind = (typeof DESTINATION_KINDS)[number];

/** Whose tax ids the holder of such a destination has; null: any, as it is typed. */
export function taxIdsOf(kind: DestinationKind): 'mx' | 'cl' | null {
  if (kind === 'tef') return 'cl';
  return kind === 'clabe' || kind === 'card' || kind === 'phone' ? 'mx' : null;
}

/** A destination as people read it aloud: a CLABE in its groups, all else as it is. */
export function sayDestination(of: { destinationKind: DestinationKind; destination: string }): string {
  return of.destinationKind === 'clabe' ? formatClabe(of.destination) : of.destination;
}

export type CheckedDestination =
  | { ok: true; kind: DestinationKind; destination: string; bank: string | null }
  | { ok: false; reason: string };
