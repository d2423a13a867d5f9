import { formatClabe } from '~/lib/clabe';
import { bareOf } from '~/lib/text';

/** Where money can go. Pure. */

/**
 * What a payment goes to, each written in one form, and PostgreSQL takes no other: a CLABE; a debit card and a mobile number
 * behind the bank's key, `40012/4152313312341238`; `tef` of Chile as `<RUT>/<bank>/<type>/<account>`; the address of a chain
 * with `?tag=` behind it where it takes one; and a name that the rail itself gives.
 */
export const DESTINATION_KINDS = ['clabe', 'card', 'phone', 'tef', 'address', 'name'] as const;
export type DestinationKind = (typeof DESTINATION_KINDS)[number];

/** What a Chilean account is. */
export const ACCOUNT_TYPES = ['checking', 'sight', 'savings'] as const;

/** A bank as a rail knows it, and what of it is paid to by its name. */
export type Institution = { id: string; name: string; kinds: readonly DestinationKind[] };

export type CheckedDestination =
  | { ok: true; kind: DestinationKind; destination: string; bank: string | null }
  | { ok: false; reason: string };

type Parts = {
  taxId?: string | undefined;
  bank?: string | undefined;
  type?: string | undefined;
  number: string;
};

/** What stands in front of the number of a card, a phone or a Chilean account; all else is its number alone. */
export function partsOf(destination: string): Parts {
  const parts = destination.split('/');
  const [one, two = '', three, four = ''] = parts;
  if (parts.length === 4) return { taxId: one, bank: two, type: three, number: four };
  return parts.length === 2 ? { bank: one, number: two } : { number: destination };
}

/** The number that the network is told, and tells back. */
export function numberIn(destination: string): string {
  return partsOf(destination).number;
}

/** A destination as its parts were typed into fields of their own, as one text; the rail says what it is. */
export function joinedDestination({ taxId, bank, type, number }: Parts): string {
  if (!bank) return number;
  const parts = type ? [taxId ?? '', bank, type] : [bank];
  return [...parts, bareOf(number)].join('/');
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
