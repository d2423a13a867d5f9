'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { assignTerms } from '~/lib/terms/assignments';
import { AMOUNT_FIELDS, CUSTOMER_COUNTRIES, CUSTOMER_KINDS, NUMBER_FIELDS } from '~/lib/terms/fields';
import { changeTerms, createTerms, getTerms } from '~/lib/terms/terms';
import { readTerms, type TypedTerms } from '~/lib/terms/typed';
import { line, typed } from '~/lib/typed-text';

const on = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on');
const texts = Object.fromEntries(
  [...AMOUNT_FIELDS, ...NUMBER_FIELDS].map((name) => [name, typed().optional()]),
) as Record<
  (typeof AMOUNT_FIELDS)[number] | (typeof NUMBER_FIELDS)[number],
  z.ZodOptional<ReturnType<typeof typed>>
>;
const switches = {
  depositsEnabled: on,
  withdrawalsEnabled: on,
  refundFeeOnReturn: on,
  depositsRefusedByRail: on,
  adjustmentsCount: on,
  kybRequired: on,
};

const facts = z.looseObject({ ...texts, ...switches });
const created = facts.extend({ name: line(60), asset: typed(10), requestId: z.uuid() });
const changed = facts.extend({ id: z.uuid(), requestId: z.uuid() });

/** Boxes to tick are fields of their own: `eligibleKinds.business`. */
function ticked<Word extends string>(
  form: Record<string, unknown>,
  list: string,
  words: readonly Word[],
): Word[] {
  return words.filter((word) => form[`${list}.${word}`] === 'on');
}

function termsOf(form: z.output<typeof facts>): TypedTerms {
  const rails = (list: string) =>
    Object.keys(form).flatMap((name) => (name.startsWith(`${list}.`) ? [name.slice(list.length + 1)] : []));
  return {
    ...Object.fromEntries(Object.keys(texts).map((name) => [name, form[name as keyof typeof texts]])),
    ...Object.fromEntries(Object.keys(switches).map((name) => [name, form[name as keyof typeof switches]])),
    depositsEnabled: form.depositsEnabled,
    withdrawalsEnabled: form.withdrawalsEnabled,
    refundFeeOnReturn: form.refundFeeOnReturn,
    depositRailsOff: rails('depositRailsOff'),
    withdrawalRailsOff: rails('withdrawalRailsOff'),
    eligibleKinds: ticked(form, 'eligibleKinds', CUSTOMER_KINDS),
    eligibleCountries: ticked(form, 'eligibleCountries', CUSTOMER_COUNTRIES),
  };
}

export const createTermsAction = operatorAction(
  created,
  (actor, { name, asset, requestId, ...form }) =>
    createTerms(actor, { name, asset, requestId, ...readTerms(asset, termsOf(form)) }),
  { redirectTo: () => '/settings/terms' },
);

// The amounts' decimals are those of the terms that stand, whatever the form says.
export const changeTermsAction = operatorAction(changed, async (actor, { id, requestId, ...form }) => {
  const { asset } = await getTerms(id);
  return changeTerms(actor, { id, requestId, ...readTerms(asset, termsOf(form)) });
});

export const assignTermsAction = operatorAction(
  z.object({
    termsId: z.uuid(),
    fromId: z.uuid().optional(),
    walletId: z.uuid().optional(),
    requestId: z.uuid(),
  }),
  (actor, { fromId, walletId, ...asked }) =>
    assignTerms(actor, { ...asked, fromId: fromId ?? null, walletIds: walletId ? [walletId] : [] }),
);
