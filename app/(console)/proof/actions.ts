'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { acceptBreak, proveNow, recoverBreak, releaseBreak } from '~/lib/proof/resolve';
import { EXPLANATIONS, explainPayout } from '~/lib/transfers/unexplained';

const word = z.object({ breakId: z.uuid(), reason: z.string().trim().min(1).max(500) });

export const releaseBreakAction = operatorAction(word, releaseBreak);
export const acceptBreakAction = operatorAction(word, acceptBreak);

export const recoverBreakAction = operatorAction(z.object({ breakId: z.uuid() }), recoverBreak);

export const proveNowAction = operatorAction(
  z.object({ accountId: z.string().min(1).max(255).optional() }),
  proveNow,
);

export const explainPayoutAction = operatorAction(
  z.object({
    transferId: z.string().min(1).max(255),
    kind: z.enum(EXPLANATIONS),
    walletId: z.uuid().optional(),
    reason: z.string().trim().min(1).max(500),
  }),
  explainPayout,
);
