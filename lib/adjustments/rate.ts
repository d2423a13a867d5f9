import { exponentOf } from '~/lib/money';

/**
 * A rate says how much of one asset one unit of another is: both as people write them (`17.0525` pesos for a dollar), so
 * as an exact fraction, never a float. Pure.
 */
export type Rate = { numerator: bigint; denominator: bigint };

// A comma before exactly three digits could group them: it is neither taken for that nor for the decimals.
const FORM = /^(\d{1,12})(?:\.(\d{1,12})|,(\d{1,2}|\d{4,12}))?$/;

/**
 * Null for what is no positive decimal of at most 12 digits on either side of its mark, a point or a comma. A comma
 * before exactly three digits is none: they could be thousands.
 */
export function readRate(text: string): Rate | null {
  const [, whole, pointed, parted] = FORM.exec(text.trim()) ?? [];
  const fraction = pointed ?? parted ?? '';
  if (whole === undefined) return null;
  const numerator = BigInt(whole + fraction);
  return numerator > 0n ? { numerator, denominator: 10n ** BigInt(fraction.length) } : null;
}

/** A rate that can be read, in the one form in which it is kept. */
export function writtenRate(text: string): string {
  return text.trim().replace(',', '.');
}

/**
 * What an amount comes to at a rate, each in its asset's smallest unit. What is less than the smallest unit stays with
 * the house: it is rounded down.
 */
export function exchanged(
  amount: bigint,
  from: string,
  to: string,
  { numerator, denominator }: Rate,
): bigint {
  const up = 10n ** BigInt(exponentOf(to));
  const down = 10n ** BigInt(exponentOf(from));
  return (amount * numerator * up) / (denominator * down);
}
