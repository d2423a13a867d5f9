import { formatClabe } from '~/lib/clabe';
import { bareOf } from '~/lib/text';

/** Where money can go. Pure. */

/**
 * What a payment goes to, each written in one form, and PostgreSQL takes no other: a CLABE; a debit card and a mobile number
 * behind the bank's key, `40012/4152313312341238`; `tef` of Chile as `<RUT>/<bank>/<account>`; the address of a chain
 * with `?tag=` behind it where it takes one; and a name that the rail itself gives.
 */
export const DESTINATION_KINDS = ['clabe', 'card', 'phone', 'tef', 'address', 'name'] as const;
export type DestinationKind = (typeof DESTINATION_KINDS)[number];

/** A bank as a rail knows it. */
export type Institution = { id: string; name: string };

export type CheckedDestination =
  | { ok: true; kind: DestinationKind; destination: string; bank: string | null }
  | { ok: false; reason: string };

/** The bank of a card or a phone, which stands in front of it; of all else, what it says is its number. */
export function partsOf(destination: string): { bank?: string; number: string } {
  const [bank = '', number, ...more] = destination.split('/');
  return number === undefined || more.length > 0 ? { number: destination } : { bank, number };
}

/** The number that the network is told, and tells back. */
export function numberIn(destination: string): string {
  return partsOf(destination).number;
}

/** A destination as its parts were typed into fields of their own, as one text; the rail says what it is. */
export function joinedDestination({ bank, number }: { bank?: string | undefined; number: string }): string {
  return bank ? `${bank}/${bareOf(number)}` : number;
}

/** Whose tax ids the holder of such a destination has; null: any, as it is typed. */
export function taxIdsOf(kind: DestinationKind): 'mx' | 'cl' | null {
  if (kind === 'tef') return 'cl';
  return kind === 'clabe' || kind === 'card' || kind === 'phone' ? 'mx' : null;
}

/** The digits of a card or a phone as people read them, in groups; the bank stands beside them. Null for all else. */
export function groupsOf(destination: string): string[] | null {
  const [, digits = ''] = /^\d{5}\/(\d{16}|\d{10})$/.exec(destination) ?? [];
  return digits.length === 16
    ? (digits.match(/\d{4}/g) ?? null)
    : (/^(\d\d)(\d{4})(\d{4})$/.exec(digits)?.slice(1) ?? null);
}

/** A destination as people read it aloud: a number in its groups, all else as it is. */
export function sayDestination(of: { destinationKind: DestinationKind; destination: string }): string {
  if (of.destinationKind === 'clabe') return formatClabe(of.destination);
  return groupsOf(of.destination)?.join(' ') ?? of.destination;
}

/** Whether the last of a card's digits fits the others (ISO/IEC 7812, Luhn). */
export function isCardNumber(digits: string): boolean {
  if (!/^\d{16}$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, nth) => {
    const value = Number(digit) * (nth % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
