'use server';

import { z } from 'zod';
import { to } from '~/components/ui/to';
import { operatorAction } from '~/lib/action';
import { amountIn } from '~/lib/amount-input';
import { captureHold, MOST_DAYS, placeHold, releaseHold } from '~/lib/holds/holds';
import { note, typed } from '~/lib/typed-text';

const reason = note(500, 3);
const requestId = z.uuid();

const newHold = z
  .object({
    walletId: z.uuid(),
    asset: typed(10),
    amount: typed(),
    days: z.coerce.number().int().min(1).max(MOST_DAYS),
    reason,
    requestId,
  })
  .transform(({ amount: text, days, ...rest }, context) => {
    const amount = amountIn(context, { text, asset: rest.asset });
    return amount === null ? z.NEVER : { ...rest, amount, days };
  });

export const placeHoldAction = operatorAction(
  newHold,
  (actor, { days, ...wanted }) => placeHold(actor, { ...wanted, expiresAt: { days } }),
  { redirectTo: ({ id }) => to(`/holds/${id}`) },
);

const part = z
  .object({ holdId: z.uuid(), asset: typed(10), amount: typed(), reason, requestId })
  .transform(({ amount: text, asset, ...rest }, context) => {
    const amount = amountIn(context, { text, asset });
    return amount === null ? z.NEVER : { ...rest, amount };
  });

export const releaseHoldAction = operatorAction(part, releaseHold);

const capture = z
  .object({ holdId: z.uuid(), toWalletId: z.uuid(), asset: typed(10), amount: typed(), reason, requestId })
  .transform(({ amount: text, asset, ...rest }, context) => {
    const amount = amountIn(context, { text, asset });
    return amount === null ? z.NEVER : { ...rest, amount };
  });

export const captureHoldAction = operatorAction(capture, captureHold, {
  redirectTo: ({ id }) => to(`/adjustments/${id}`),
});
