import { folded } from '~/lib/whereabouts/labels';
import type { Sought } from '~/lib/whereabouts/receipt';
import { addDays, amountIn } from '~/lib/whereabouts/values';

/**
 * What a payment is compared by. Claves de rastreo are compared as letters and digits; days are those of the rail's zone;
 * CLABEs, both sides' ones.
 */
export type Comparable = {
  id: string;
  transferId: string | null;
  trackingKey: string | null;
  amount: bigint;
  asset: string;
  day: string;
  clabes: readonly (string | null)[];
  names: readonly (string | null)[];
  referenceId: string | null;
};

/** What was said that isn't so. */
export const DIFFERENCES = ['key', 'amount', 'day', 'clabe', 'name', 'reference'] as const;
export type Difference = (typeof DIFFERENCES)[number];

/** A peso, in hundredths: what fees and slips of the pen make of an amount, and no other payment of somebody's. */
export const NEAR_AMOUNT = 100n;
/**
 * SPEI's day of operation begins on the evening before, and after a weekend or a holiday it is the next banking day's: a
 * receipt may say another day than the one on which the money moved.
 */
export const NEAR_DAYS = 3;

export type Fit = { how: 'same' | 'near'; differs: Difference[] };

/**
 * Whether a payment may be the one that was asked for: the same, where nothing that was said differs, or where its id or its
 * whole clave de rastreo was said; near, where only the amount is off by centavos, the day by a few, or the rest. Null: it
 * isn't.
 */
export function fitOf(sought: Sought, payment: Comparable): Fit | null {
  const isNamed = sought.id !== null && [payment.id, payment.transferId].includes(sought.id);
  const key = sought.key === null ? null : keyFit(sought.key, payment.trackingKey);
  const differs = DIFFERENCES.filter((each) => isDifferent(each, sought, payment));
  if (isNamed || key === 'whole') return { how: 'same', differs };
  if (sought.id !== null && !sought.key && sought.amount === null && sought.clabes.length === 0) return null;
  if (differs.length === 0) return { how: 'same', differs };
  if (!isNearAmount(sought, payment) || !isNearDay(sought, payment)) return null;
  // What speaks for it must be more than what is common to many.
  const speaking = ['key', 'amount', 'clabe', 'name', 'reference'] as const;
  const agreeing = speaking.filter((each) => isSaid(each, sought) && !differs.includes(each));
  const strong =
    agreeing.includes('key') || agreeing.length >= 2 || (agreeing.length === 1 && sought.day !== null);
  const closely =
    isSaid('amount', sought) &&
    sought.day !== null &&
    differs.every((each) => each === 'amount' || each === 'day');
  return strong || closely ? { how: 'near', differs } : null;
}

/** The closer first: what differs least, then what happened last. */
export function byFit(one: Fit, other: Fit): number {
  return (
    Number(one.how === 'near') - Number(other.how === 'near') || one.differs.length - other.differs.length
  );
}

const bare = (key: string) => key.replace(/[^0-9A-Za-z]/g, '').toUpperCase();
/** Of fewer characters many claves end alike. */
const WHOLE = 12;

function keyFit(said: string, key: string | null): 'whole' | 'end' | null {
  if (key === null || !bare(key).endsWith(said)) return null;
  return bare(key) === said || said.length >= WHOLE ? 'whole' : 'end';
}

function isSaid(what: Difference, sought: Sought): boolean {
  switch (what) {
    case 'clabe':
      return sought.clabes.length > 0;
    case 'name':
      return sought.names.length > 0;
    default:
      return sought[what] !== null;
  }
}

function isDifferent(what: Difference, sought: Sought, payment: Comparable): boolean {
  switch (what) {
    case 'key':
      return (
        sought.key !== null &&
        !isReference(sought, payment) &&
        keyFit(sought.key, payment.trackingKey) === null
      );
    case 'amount':
      return sought.amount !== null && payment.amount !== amountIn(payment.asset, sought.amount);
    case 'day':
      return sought.day !== null && payment.day !== sought.day;
    case 'clabe':
      return sought.clabes.length > 0 && !sought.clabes.some((clabe) => payment.clabes.includes(clabe));
    case 'name':
      return (
        sought.names.length > 0 &&
        !sought.names.some((name) => payment.names.some((other) => isName(name, other)))
      );
    case 'reference':
      return sought.reference !== null && !isReference(sought, payment) && sought.key === null;
  }
}

/** What was typed as one number may be the end of a clave or a reference. */
function isReference({ reference }: Sought, { referenceId }: Comparable): boolean {
  return reference !== null && referenceId !== null && Number(reference) === Number(referenceId);
}

function isNearAmount({ amount }: Sought, payment: Comparable): boolean {
  if (amount === null) return true;
  const [said, near] = [amountIn(payment.asset, amount), amountIn(payment.asset, NEAR_AMOUNT) ?? 0n];
  return said !== null && payment.amount - said <= near && said - payment.amount <= near;
}

function isNearDay({ day }: Sought, payment: Comparable): boolean {
  return day === null || (payment.day >= addDays(day, -NEAR_DAYS) && payment.day <= addDays(day, NEAR_DAYS));
}

/** Whether the words of one are among the other's, whatever their order, case and accents: banks cut names, and turn them. */
export function isName(one: string, other: string | null): boolean {
  if (other === null) return false;
  const [few = [], many = []] = [wordsOf(one), wordsOf(other)].sort((a, b) => a.length - b.length);
  return (
    few.length > 0 &&
    few.every((word) => many.some((each) => each === word || (word.length > 2 && each.startsWith(word))))
  );
}

const wordsOf = (name: string) =>
  folded(name.normalize('NFC'))
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1);
