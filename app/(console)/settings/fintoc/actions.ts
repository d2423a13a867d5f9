'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { checkClabe } from '~/lib/clabe';
import { registerEndpoint } from '~/lib/inbox/endpoints';
import { syncFintoc } from '~/lib/inbox/sync';
import { changeSettlementNumber } from '~/lib/transfers/settlement-number';
import { typed } from '~/lib/typed-text';

export const syncNowAction = operatorAction(z.object({}), syncFintoc);
export const registerEndpointAction = operatorAction(z.object({ requestId: z.uuid() }), registerEndpoint);

const settlement = z
  .object({ number: typed().default(''), requestId: z.uuid() })
  .transform(({ number, requestId }, context) => {
    if (number.trim() === '') return { MXN: null, requestId };
    const check = checkClabe(number);
    if (check.ok) return { MXN: check.clabe, requestId };
    context.addIssue({ code: 'custom', path: ['number'], message: `clabe_${check.reason}` });
    return z.NEVER;
  });

export const changeSettlementAction = operatorAction(settlement, changeSettlementNumber);
