/** A fee: so much, and so many basis points of the amount, then at least and at most. Amounts in the smallest unit. */
export type FeeRule = { fixed: bigint; bps: number; min: bigint | null; max: bigint | null };

export const NO_FEE: FeeRule = { fixed: 0n, bps: 0, min: null, max: null };

const WHOLE = 10_000n;

/** What the rule takes of an amount. A part of the smallest unit is rounded half up: from one half on it is a whole one. */
export function feeOf({ fixed, bps, min, max }: FeeRule, amount: bigint): bigint {
  const part = (amount * BigInt(bps) + WHOLE / 2n) / WHOLE;
  const least = min !== null && fixed + part < min ? min : fixed + part;
  return max !== null && least > max ? max : least;
}

type Columns<Flow extends string> = Record<`${Flow}FeeAmount`, bigint> &
  Record<`${Flow}FeeBps`, number> &
  Record<`${Flow}FeeMin` | `${Flow}FeeMax`, bigint | null>;

export function depositFee(terms: Columns<'deposit'>): FeeRule {
  const { depositFeeAmount: fixed, depositFeeBps: bps, depositFeeMin: min, depositFeeMax: max } = terms;
  return { fixed, bps, min, max };
}

export function withdrawalFee(terms: Columns<'withdrawal'>): FeeRule {
  const { withdrawalFeeAmount: fixed, withdrawalFeeBps: bps } = terms;
  return { fixed, bps, min: terms.withdrawalFeeMin, max: terms.withdrawalFeeMax };
}

/** So many basis points of an amount, rounded down. */
export function partOf(amount: bigint, bps: number): bigint {
  return (amount * BigInt(bps)) / 10_000n;
}
