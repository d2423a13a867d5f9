'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { parseAmount } from '~/lib/money';
import { changeSetting } from '~/lib/settings';

const on = z.literal('on').optional();
const amount = z.string().max(40).optional();

// Switching approval off is an act of its own, never an amount that somebody forgot to type.
const rule = z
  .object({ requiredMXN: on, amountMXN: amount, requiredCLP: on, amountCLP: amount })
  .transform((typed, context) => {
    const threshold = (asset: 'MXN' | 'CLP'): string | null => {
      if (!typed[`required${asset}`]) return null;
      const text = typed[`amount${asset}`] ?? '';
      const value = parseAmount(text, asset);
      if (value === null) {
        const message = text === '' ? 'required' : 'amount_format';
        context.addIssue({ code: 'custom', path: [`amount${asset}`], message });
      }
      return String(value);
    };
    return { MXN: threshold('MXN'), CLP: threshold('CLP') };
  });

export const changeApprovalAction = operatorAction(rule, (actor, value) =>
  changeSetting(actor, { key: 'withdrawalApproval', value }),
);
export const changeFirstPaymentAction = operatorAction(rule, (actor, value) =>
  changeSetting(actor, { key: 'firstPaymentApproval', value }),
);
