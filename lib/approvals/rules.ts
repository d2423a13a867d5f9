import { z } from 'zod';
import {
  type Conditions,
  conditionsShape,
  fires,
  type Needs,
  needsOf,
  type RuleFacts,
  type SumKey,
} from '~/lib/approvals/conditions';
import type { RuleMode } from '~/lib/approvals/rule-words';
import { type Steps, stepsOf, strictest } from '~/lib/approvals/steps';
import { ASSET_CODES, isAsset } from '~/lib/money';

/**
 * By asset, as text in its smallest unit, because JSON has no bigint; null: no amount needs anybody. An asset of which
 * nothing is said needs somebody for every amount: what nobody thought of goes past nobody.
 */
const amountPerAsset = z.partialRecord(z.enum(ASSET_CODES), z.string().regex(/^\d+$/).nullable());
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
    ASSET_CODES.some((asset) => {
      const [from, to] = [thresholdOf(before[which], asset), thresholdOf(after[which], asset)];
      return from !== null && (to === null || to > from);
    }),
  );
}

/** The conditions with what a change says of some assets; of the others they stay. */
export function changedBy(
  before: PayoutConditions,
  { amount, firstPayment }: Partial<PayoutConditions>,
): PayoutConditions {
  return {
    amount: { ...before.amount, ...amount },
    firstPayment: { ...before.firstPayment, ...firstPayment },
  };
}

export function payoutConditionsOf(json: unknown): PayoutConditions {
  return payoutShape.parse(json);
}

/** In the asset's smallest unit; null: never. */
export type Thresholds = { amount: bigint | null; firstPayment: bigint | null };

export function thresholdsOf({ amount, firstPayment }: PayoutConditions, asset: string): Thresholds {
  return { amount: thresholdOf(amount, asset), firstPayment: thresholdOf(firstPayment, asset) };
}

function thresholdOf(perAsset: AmountPerAsset, asset: string): bigint | null {
  const text = isAsset(asset) ? perAsset[asset] : undefined;
  return text === null ? null : BigInt(text ?? 0);
}

/** `rule`: one that somebody made; which, the approval itself says. */
const WHYS = ['amount', 'first_payment', 'beneficiary_day', 'wallet_day', 'requester_day', 'rule'] as const;
export type WhyApproval = (typeof WHYS)[number];

/** One reason why a rule fires; `default` without one asks always. */
type Part = { why: WhyApproval; when: Conditions };

/**
 * The rules that are there from the start, as any other would be written: a withdrawal's own amount, what the same
 * person, wallet or CLABE was asked for within a day with it, and less where the CLABE is new. The first that fires says
 * why.
 */
export function defaultParts(asset: string, { amount, firstPayment }: Thresholds): Part[] {
  const day = (of: 'beneficiary' | 'wallet' | 'requester', from: bigint) =>
    ({ asset, sum: { of, within: 'day', from: String(from) } }) as const;
  return [
    ...(amount === null
      ? []
      : [{ why: 'amount', when: { asset, amount: { from: String(amount) } } } as const]),
    ...(firstPayment === null
      ? []
      : [
          {
            why: 'first_payment',
            when: { ...day('beneficiary', firstPayment), beneficiary: { is: 'new', days: 1 } },
          } as const,
        ]),
    ...(amount === null
      ? []
      : (['beneficiary', 'wallet', 'requester'] as const).map((of) => ({
          why: `${of}_day` as const,
          when: day(of, amount),
        }))),
  ];
}

/** Why the first of them fires; null: none does. */
export function whyFires(parts: readonly Part[], facts: RuleFacts): WhyApproval | null {
  return parts.find(({ when }) => fires(when, facts))?.why ?? null;
}

/** What was there from the start; every other rule is named by an id. */
export const DEFAULT_RULE = 'default';

/** A version of a rule, as it is kept. */
export type KeptRule = {
  action: string;
  rule: string;
  version: number;
  mode: RuleMode;
  conditions: unknown;
  steps: unknown;
};

/** Which rule, of which version, and why of all that it says. */
export type Fired = { rule: string; version: number; why: WhyApproval };
export const firedShape = z.array(z.object({ rule: z.string(), version: z.number(), why: z.enum(WHYS) }));

/** What all rules of an action make of one request. */
export type Judgement = {
  /** Why somebody else decides; null: nobody has to. */
  why: WhyApproval | null;
  /** The default rule's version of then. */
  version: number;
  fired: Fired[];
  steps: Steps;
  /** What rules in shadow would have had wait. */
  shadows: Fired[];
};

export function judge(rules: readonly KeptRule[], facts: RuleFacts): Judgement {
  const firing = rules.flatMap((kept): (Fired & Pick<KeptRule, 'mode' | 'steps'>)[] => {
    const { rule, version, mode, steps } = kept;
    const why = mode === 'off' ? null : whyFires(partsOf(kept, facts.asset ?? ''), facts);
    return why === null ? [] : [{ rule, version, why, mode, steps }];
  });
  const told = (mode: RuleMode) =>
    firing.flatMap(({ rule, version, why, mode: its }) => (its === mode ? [{ rule, version, why }] : []));
  const fired = told('on');
  return {
    why: fired[0]?.why ?? null,
    version: rules.find(({ rule }) => rule === DEFAULT_RULE)?.version ?? 1,
    fired,
    steps: strictest(firing.flatMap(({ mode, steps }) => (mode === 'on' ? [stepsOf(steps)] : []))),
    shadows: told('shadow'),
  };
}

/** What these rules have to know of a request in this asset. */
export function needsOfRules(rules: readonly KeptRule[], asset: string): Needs {
  const looking = rules.filter(({ mode }) => mode !== 'off');
  return needsOf(looking.flatMap((kept) => partsOf(kept, asset).map(({ when }) => when)));
}

/** Between what a number may move: from `least` on, and below `below`. Null is no bound. */
export type Bounds = { least: bigint | null; below: bigint | null };

/** Between the nearest of these steps on either side of where it stands. */
export function boundsAt(at: bigint, steps: readonly bigint[]): Bounds {
  let bounds: Bounds = { least: null, below: null };
  for (const step of steps) {
    const { least, below } = bounds;
    if (step <= at && (least === null || step > least)) bounds = { least: step, below };
    if (step > at && (below === null || step < below)) bounds = { least, below: step };
  }
  return bounds;
}

/**
 * How far what was asked for before may move without these rules making anything else of the request: a rule asks of a sum
 * only whether with the request it reaches an amount.
 */
export function boundsOf(
  rules: readonly KeptRule[],
  { asset, amount, sums = {} }: RuleFacts,
): (Bounds & { key: SumKey })[] {
  const parts = rules.flatMap((kept) => (kept.mode === 'off' ? [] : partsOf(kept, asset ?? '')));
  return (Object.entries(sums) as [SumKey, bigint | null][]).flatMap(([key, sum]) => {
    if (sum === null || amount === null) return [];
    const steps = parts.flatMap(({ when }) =>
      when.sum && `${when.sum.of}_${when.sum.within}` === key ? [BigInt(when.sum.from) - amount] : [],
    );
    return [{ key, ...boundsAt(sum, steps) }];
  });
}

function partsOf({ action, rule, conditions }: KeptRule, asset: string): Part[] {
  if (rule !== DEFAULT_RULE) return [{ why: 'rule', when: conditionsShape.parse(conditions) }];
  if (action !== 'withdrawal.pay') return [{ why: 'rule', when: {} }];
  return defaultParts(asset, thresholdsOf(payoutConditionsOf(conditions), asset));
}
