'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { changeTerms, createTerms, getTerms, readTerms } from '~/lib/wallet-terms';

const on = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on');
const amount = z.string().max(40).optional();

const typed = z.object({
  depositsEnabled: on,
  withdrawalsEnabled: on,
  refundFeeOnReturn: on,
  withdrawalMaxAmount: amount,
  withdrawalDayAmount: amount,
  depositFeeAmount: amount,
  withdrawalFeeAmount: amount,
});

const created = typed.extend({
  name: z.string().trim().min(1).max(60),
  asset: z.string(),
  requestId: z.uuid(),
});
const changed = typed.extend({ id: z.uuid() });

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
