'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { amountIn } from '~/lib/amount-input';
import { endDebtPlan, PLAN_EVERY, requestDebtPlan } from '~/lib/transfers/debt-plans';
import { note, typed } from '~/lib/typed-text';

const plan = z
  .object({
    walletId: z.uuid(),
    asset: typed(10),
    amount: typed(),
    every: z.enum(PLAN_EVERY),
    inDays: z.coerce.number().int().min(0).max(366),
    reason: note(500, 3),
    requestId: z.uuid(),
  })
  .transform(({ amount: text, ...rest }, context) => {
    const amount = amountIn(context, { text, asset: rest.asset });
    return amount === null ? z.NEVER : { ...rest, amount };
  });

export const requestDebtPlanAction = operatorAction(plan, requestDebtPlan);

export const endDebtPlanAction = operatorAction(
  z.object({ planId: z.uuid(), reason: note(500, 3) }),
  endDebtPlan,
);
