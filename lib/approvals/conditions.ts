import { z } from 'zod';
import { isOutside } from '~/lib/approvals/hours';
import {
  LOOKS,
  type Look,
  PATTERNS,
  SUM_OF,
  SUM_WITHIN,
  type SumOf,
  type SumWithin,
  WALLET_KINDS,
} from '~/lib/approvals/rule-words';
import { HOLIDAY_COUNTRIES } from '~/lib/holidays';

export type SumKey = `${SumOf}_${SumWithin}`;
/** Of which so many hours are counted back from the request; a month is thirty days. */
export const WITHIN_HOURS: Record<SumWithin, number> = { hour: 1, day: 24, month: 720 };

/** A name of terms has so many characters at most. */
const TERMS_NAME = 100;

/** In the asset's smallest unit, as text: JSON has no bigint. */
const amount = z.string().regex(/^\d{1,18}$/);
const days = z.number().int().min(1).max(3_650);
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** What has to be so for a rule to fire, all of it; empty: always. */
export const conditionsShape = z
  .strictObject({
    asset: z.string().max(10).optional(),
    amount: z.strictObject({ from: amount.optional(), to: amount.optional() }).optional(),
    /** With what is asked for now. */
    sum: z.strictObject({ of: z.enum(SUM_OF), within: z.enum(SUM_WITHIN), from: amount }).optional(),
    walletKinds: z.array(z.enum(WALLET_KINDS)).min(1).optional(),
    patterns: z.array(z.enum(PATTERNS)).min(1).optional(),
    /** Under whatever version of the terms of this name. */
    terms: z.string().min(1).max(TERMS_NAME).optional(),
    /** Never paid before so many days ago, or under another name within them. */
    beneficiary: z.strictObject({ is: z.enum(['new', 'changed']), days }).optional(),
    customerYoungerDays: days.optional(),
    outside: z
      .strictObject({ country: z.enum(HOLIDAY_COUNTRIES), from: clock, to: clock })
      .refine(({ from, to }) => from < to)
      .optional(),
  })
  .refine(({ asset, amount, sum }) => asset !== undefined || (amount === undefined && sum === undefined))
  .refine(({ amount: range }) => !range?.from || !range.to || BigInt(range.from) <= BigInt(range.to));
export type Conditions = z.output<typeof conditionsShape>;

/** What is known of a request when rules look at it. Left out: not looked at; null: it has none. */
export type RuleFacts = {
  at: Date;
  asset: string | null;
  amount: bigint | null;
  /** What was asked for before and has not ended without a payment, without this one; null: nothing adds up there. */
  sums?: Partial<Record<SumKey, bigint | null>>;
  wallet?: { kind: string; pattern: string | null; terms?: string | null } | null;
  /** Paid first, and asked for under another name last; null: never. */
  beneficiary?: { since: Date | null; changedAt: Date | null } | null;
  customer?: { since: Date } | null;
};

/** Whether all that a rule wants is so. What nobody looked at counts as so: then somebody will. */
export function fires(conditions: Conditions, facts: RuleFacts): boolean {
  const { asset, amount, sum, walletKinds, patterns, terms } = conditions;
  const { beneficiary, customerYoungerDays, outside } = conditions;
  const lately = (days: number) => new Date(facts.at.getTime() - days * 86_400_000);
  return [
    asset === undefined || asset === facts.asset,
    !amount || isKnown(facts.amount, (value) => isWithin(amount, value)),
    !sum || reaches(BigInt(sum.from), facts, `${sum.of}_${sum.within}`),
    !walletKinds || isKnown(facts.wallet, ({ kind }) => walletKinds.some((each) => each === kind)),
    !patterns || isKnown(facts.wallet, ({ pattern }) => patterns.some((each) => each === pattern)),
    !terms || isKnown(facts.wallet, (wallet) => isKnown(wallet.terms, (name) => name === terms)),
    !beneficiary ||
      isKnown(facts.beneficiary, (found) => isMarked(found, beneficiary.is, lately(beneficiary.days))),
    customerYoungerDays === undefined ||
      isKnown(facts.customer, ({ since }) => since >= lately(customerYoungerDays)),
    !outside || isOutside(outside, facts.at),
  ].every(Boolean);
}

function isKnown<Fact>(fact: Fact | null | undefined, is: (fact: Fact) => boolean): boolean {
  return fact === undefined || (fact !== null && is(fact));
}

function isWithin({ from, to }: NonNullable<Conditions['amount']>, amount: bigint): boolean {
  return (from === undefined || amount >= BigInt(from)) && (to === undefined || amount <= BigInt(to));
}

function reaches(from: bigint, { sums, amount }: RuleFacts, key: SumKey): boolean {
  return isKnown(amount, (value) => isKnown(sums?.[key], (before) => before + value >= from));
}

type Beneficiary = NonNullable<RuleFacts['beneficiary']>;

function isMarked({ since, changedAt }: Beneficiary, is: 'new' | 'changed', lately: Date): boolean {
  if (is === 'new') return since === null || since >= lately;
  return changedAt !== null && changedAt >= lately;
}

/** What has to be read for these conditions, so that nothing else is. */
export type Needs = { sums: SumKey[]; paid: boolean; named: boolean; customer: boolean; terms: boolean };

export function needsOf(all: readonly Conditions[]): Needs {
  const sums = new Set(all.flatMap(({ sum }): SumKey[] => (sum ? [`${sum.of}_${sum.within}`] : [])));
  return {
    sums: [...sums],
    paid: all.some(({ beneficiary }) => beneficiary?.is === 'new'),
    named: all.some(({ beneficiary }) => beneficiary?.is === 'changed'),
    customer: all.some(({ customerYoungerDays }) => customerYoungerDays !== undefined),
    terms: all.some(({ terms }) => terms !== undefined),
  };
}

/** What these conditions look at. */
export function looksOf(conditions: Conditions): Look[] {
  const { asset, amount, sum, walletKinds, patterns, terms } = conditions;
  const { beneficiary, customerYoungerDays, outside } = conditions;
  const looks: Record<Look, boolean> = {
    amount: asset !== undefined || amount !== undefined,
    sum: sum !== undefined,
    wallet: walletKinds !== undefined || patterns !== undefined || terms !== undefined,
    beneficiary: beneficiary !== undefined,
    customer: customerYoungerDays !== undefined,
    outside: outside !== undefined,
  };
  return LOOKS.filter((look) => looks[look]);
}
