import { z } from 'zod';
import { amountIn } from '~/lib/amount-input';
import { RULED_ACTIONS } from '~/lib/approvals/actions';
import type { Conditions } from '~/lib/approvals/conditions';
import {
  PATTERNS,
  RULE_MODES,
  STEP_ROLES,
  SUM_OF,
  SUM_WITHIN,
  WALLET_KINDS,
} from '~/lib/approvals/rule-words';
import type { Steps } from '~/lib/approvals/steps';
import { HOLIDAY_COUNTRIES } from '~/lib/holidays';
import { line, typed } from '~/lib/typed-text';

const on = z.literal('on').optional();
const text = typed().optional();
const count = (most: number) => z.coerce.number().int().min(1).max(most);
const role = z.enum(STEP_ROLES).optional();

const fields = z.object({
  rule: z.uuid().optional(),
  requestId: z.uuid(),
  name: line(60),
  action: z.enum(RULED_ACTIONS),
  mode: z.enum(RULE_MODES),
  ...{ asset: typed(10).optional(), amountFrom: text, amountTo: text },
  ...{ sumOf: z.enum(SUM_OF).optional(), sumWithin: z.enum(SUM_WITHIN).optional(), sumFrom: text },
  ...{ kindcustomer: on, kindhouse: on, kindgeneral: on, patternA: on, patternB: on, patternC: on },
  terms: typed(100).optional(),
  ...{ beneficiaryIs: z.enum(['new', 'changed']).optional(), beneficiaryDays: count(3_650).optional() },
  customerDays: count(3_650).optional(),
  ...{
    country: z.enum(HOLIDAY_COUNTRIES).optional(),
    opens: typed(5).optional(),
    closes: typed(5).optional(),
  },
  ...{ people: count(9), role, morePeople: count(9).optional(), moreRole: role },
});
type Fields = z.output<typeof fields>;

/** What the editor sends, as a rule: each field that was left empty is no condition. */
export const ruleForm = fields.transform((form, context) => {
  const { rule, requestId, name, action, mode } = form;
  return {
    rule,
    requestId,
    name,
    action,
    mode,
    conditions: conditionsOf(form, context),
    steps: stepsOf(form),
  };
});

function conditionsOf(form: Fields, context: z.RefinementCtx): Conditions {
  const { asset, beneficiaryIs, customerDays: customerYoungerDays } = form;
  const need = (field: string, message = 'required') =>
    context.addIssue({ code: 'custom', path: [field], message });
  const amount = (field: 'amountFrom' | 'amountTo' | 'sumFrom') => {
    const typedText = form[field];
    if (typedText === undefined) return undefined;
    if (asset === undefined) {
      need('asset');
      return undefined;
    }
    return String(amountIn(context, { field, text: typedText, asset }) ?? '0');
  };
  const [from, to, sumFrom] = [amount('amountFrom'), amount('amountTo'), amount('sumFrom')];
  if (form.sumOf !== undefined && sumFrom === undefined) need('sumFrom');
  if (beneficiaryIs !== undefined && form.beneficiaryDays === undefined) need('beneficiaryDays');
  const kinds = WALLET_KINDS.filter((kind) => form[`kind${kind}`]);
  const patterns = PATTERNS.filter((pattern) => form[`pattern${pattern}`]);
  return {
    ...(asset !== undefined && { asset }),
    ...((from !== undefined || to !== undefined) && {
      amount: { ...(from !== undefined && { from }), ...(to !== undefined && { to }) },
    }),
    ...(form.sumOf !== undefined &&
      sumFrom !== undefined && { sum: { of: form.sumOf, within: form.sumWithin ?? 'day', from: sumFrom } }),
    ...(kinds.length > 0 && { walletKinds: kinds }),
    ...(patterns.length > 0 && { patterns }),
    ...(form.terms !== undefined && { terms: form.terms }),
    ...(beneficiaryIs !== undefined && {
      beneficiary: { is: beneficiaryIs, days: form.beneficiaryDays ?? 1 },
    }),
    ...(customerYoungerDays !== undefined && { customerYoungerDays }),
    ...outsideOf(form, need),
  };
}

function outsideOf(
  { country, opens = '', closes = '' }: Fields,
  need: (field: string, message: string) => void,
) {
  if (country === undefined) return {};
  const isClock = (time: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(time);
  if (!isClock(opens)) need('opens', 'clock_format');
  if (!isClock(closes) || closes <= opens) need('closes', 'clock_format');
  return { outside: { country, from: opens, to: closes } };
}

function stepsOf({ people, role: first, morePeople, moreRole }: Fields): Steps {
  const step = (count: number, of: Fields['role']) => ({
    people: count,
    ...(of !== undefined && { role: of }),
  });
  return [step(people, first), ...(morePeople === undefined ? [] : [step(morePeople, moreRole)])];
}
