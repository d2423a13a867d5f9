import { readAmount } from '~/lib/money';
import { lineOf } from '~/lib/text';

/**
 * What Fintoc takes as a choice, as people choose it. Fintoc's guide of the account holder's onboarding and its SDKs name
 * two origins and one range each; their whole lists were not found. So what is known is offered in words, and all else
 * can still be told: another origin by Fintoc's own code, another range by its two ends.
 */
export const RESOURCE_ORIGINS = ['investments', 'trusts'] as const;
export const AMOUNT_RANGES = ['1_500000'] as const;
export const OPERATION_RANGES = ['1_15000'] as const;
/** A choice that none of the above is. */
export const OTHER = 'other';

/** The two ends of a range, both within it: pesos a month, or operations a month. */
export type Range = { from: number; to: number };

/** Fintoc's way to write a range: `1_500000`. Null where it is none. */
export function readRange(code: string): Range | null {
  const ends = /^(\d{1,15})_(\d{1,15})$/.exec(code.trim());
  if (!ends) return null;
  const range = { from: Number(ends[1]), to: Number(ends[2]) };
  return range.from <= range.to ? range : null;
}

/** Makes Fintoc's range of two ends as people type them, with marks or blanks between thousands. Null where they are none. */
export function writeRange(from: string, to: string): string | null {
  const [low, high] = [wholeOf(from), wholeOf(to)];
  return low === null || high === null || low > high ? null : `${low}_${high}`;
}

/** As an amount is read of a currency without decimals: of two numbers, cells or words there is none. */
function wholeOf(text: string): bigint | null {
  const reading = readAmount(text, 'CLP');
  return reading.ok ? reading.amount : null;
}

/** Codes of Fintoc's that somebody typed: `loans, sales`. Null where one is no code. */
export function readCodes(text: string): string[] | null {
  const codes = lineOf(text)
    .split(/[,;\s]+/)
    .map((code) => code.trim().toLowerCase())
    .filter(Boolean);
  return codes.every((code) => /^[a-z][a-z0-9_]{1,59}$/.test(code)) ? [...new Set(codes)] : null;
}
