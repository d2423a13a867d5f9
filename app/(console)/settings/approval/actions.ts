'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { amountIn } from '~/lib/amount-input';
import { changePayoutConditions } from '~/lib/approvals/versions';
import { typed } from '~/lib/text';

const on = z.literal('on').optional();
const amount = typed().optional();

// Switching approval off is an act of its own, never an amount that somebody forgot to type.
const rule = z
  .object({ requiredMXN: on, amountMXN: amount, requiredCLP: on, amountCLP: amount, requestId: z.uuid() })
  .transform((rule, context) => {
    const threshold = (asset: 'MXN' | 'CLP'): string | null => {
      if (!rule[`required${asset}`]) return null;
      const field = `amount${asset}` as const;
      return String(amountIn(context, { field, text: rule[field] ?? '', asset }));
    };
    return { amounts: { MXN: threshold('MXN'), CLP: threshold('CLP') }, requestId: rule.requestId };
  });

export const changeApprovalAction = operatorAction(rule, (actor, { amounts, requestId }) =>
  changePayoutConditions(actor, { amount: amounts, requestId }),
);
export const changeFirstPaymentAction = operatorAction(rule, (actor, { amounts, requestId }) =>
  changePayoutConditions(actor, { firstPayment: amounts, requestId }),
);
