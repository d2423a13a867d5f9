import { z } from 'zod';

/** One after the other, each by so many people. */
const stepsShape = z.array(z.object({ people: z.number().int().min(1) })).min(1);
export type Steps = z.output<typeof stepsShape>;

/** Amounts are text in the asset's smallest unit, because JSON has no bigint; null: no amount needs anybody. */
const amountPerAsset = z.object({
  MXN: z.string().regex(/^\d+$/).nullable(),
  CLP: z.string().regex(/^\d+$/).nullable(),
});
export type AmountPerAsset = z.output<typeof amountPerAsset>;

const payoutShape = z.object({ amount: amountPerAsset, firstPayment: amountPerAsset });
/**
 * `amount`: withdrawals of so much or more, each or within a day together, need a second person. `firstPayment`: the
 * same for what goes to a CLABE that is new.
 */
export type PayoutConditions = z.output<typeof payoutShape>;

/** A change of one of the two, or of both. */
export const changeShape = z.object({ change: payoutShape.partial() });

/** Whether anything may leave under `after` that needed somebody under `before`. */
export function isLooser(before: PayoutConditions, after: PayoutConditions): boolean {
  return (['amount', 'firstPayment'] as const).some((which) =>
    (['MXN', 'CLP'] as const).some((asset) => {
      const [from, to] = [before[which][asset], after[which][asset]];
      return from !== null && (to === null || BigInt(to) > BigInt(from));
    }),
  );
}

export function stepsOf(json: unknown): Steps {
  return stepsShape.parse(json);
}

export function payoutConditionsOf(json: unknown): PayoutConditions {
  return payoutShape.parse(json);
}

/** In the asset's smallest unit; null: never. */
export type Thresholds = { amount: bigint | null; firstPayment: bigint | null };

export function thresholdsOf({ amount, firstPayment }: PayoutConditions, asset: string): Thresholds {
  return { amount: thresholdOf(amount, asset), firstPayment: thresholdOf(firstPayment, asset) };
}

function thresholdOf({ MXN, CLP }: AmountPerAsset, asset: string): bigint | null {
  const text = asset === 'MXN' ? MXN : asset === 'CLP' ? CLP : null;
  return text === null ? null : BigInt(text);
}

/** What was asked for within a day and has not ended without a payment, in the asset's smallest unit. */
export type DaySums = { requester: bigint; wallet: bigint; beneficiary: bigint };

export type PayoutFacts = {
  amount: bigint;
  /** Without this one. */
  sums: DaySums;
  /** Never paid, or for the first time within the last day: a centavo first makes nobody known. */
  isNewBeneficiary: boolean;
};

export type WhyApproval = 'amount' | 'first_payment' | 'beneficiary_day' | 'wallet_day' | 'requester_day';

/**
 * Why a withdrawal needs a second person; null: it doesn't. By its own amount, by what the same person, the same wallet
 * or the same CLABE was asked for within a day with it, and by less where the CLABE is new.
 */
export function whyPayoutWaits(
  { amount: threshold, firstPayment }: Thresholds,
  { amount, sums, isNewBeneficiary }: PayoutFacts,
): WhyApproval | null {
  if (reaches(threshold, amount)) return 'amount';
  if (isNewBeneficiary && reaches(firstPayment, sums.beneficiary + amount)) return 'first_payment';
  if (reaches(threshold, sums.beneficiary + amount)) return 'beneficiary_day';
  if (reaches(threshold, sums.wallet + amount)) return 'wallet_day';
  return reaches(threshold, sums.requester + amount) ? 'requester_day' : null;
}

function reaches(threshold: bigint | null, amount: bigint): boolean {
  return threshold !== null && amount >= threshold;
}

/** How many people beside who asked it takes. */
export function peopleNeeded(steps: Steps): number {
  return steps.reduce((sum, { people }) => sum + people, 0);
}
