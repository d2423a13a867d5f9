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
  .object({ requiredMXN: on, amountMXN: amount, requiredCLP: on, amountCLP: amount })
  .transform((rule, context) => {
    const threshold = (asset: 'MXN' | 'CLP'): string | null => {
      if (!rule[`required${asset}`]) return null;
      const field = `amount${asset}` as const;
      return String(amountIn(context, { field, text: rule[field] ?? '', asset }));
    };
    return { MXN: threshold('MXN'), CLP: threshold('CLP') };
  });

export const changeApprovalAction = operatorAction(rule, (actor, amount) =>
  changePayoutConditions(actor, { amount }),
);
export const changeFirstPaymentAction = operatorAction(rule, (actor, firstPayment) =>
  changePayoutConditions(actor, { firstPayment }),
);
