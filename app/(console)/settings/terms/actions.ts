'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { changeTerms, createTerms, getTerms, readTerms } from '~/lib/terms/terms';
import { line, typed } from '~/lib/text';

const on = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on');
const amount = typed().optional();

const facts = z.object({
  depositsEnabled: on,
  withdrawalsEnabled: on,
  refundFeeOnReturn: on,
  withdrawalMaxAmount: amount,
  withdrawalDayAmount: amount,
  depositFeeAmount: amount,
  withdrawalFeeAmount: amount,
});

const created = facts.extend({ name: line(60), asset: typed(10), requestId: z.uuid() });
const changed = facts.extend({ id: z.uuid() });

export const createTermsAction = operatorAction(
  created,
  (actor, { name, asset, requestId, ...facts }) =>
    createTerms(actor, { name, asset, requestId, ...readTerms(asset, facts) }),
  { redirectTo: () => '/settings/terms' },
);

// The amounts' decimals are those of the terms that stand, whatever the form says.
export const changeTermsAction = operatorAction(changed, async (actor, { id, ...facts }) => {
  const { asset } = await getTerms(id);
  return changeTerms(actor, { id, ...readTerms(asset, facts) });
});
