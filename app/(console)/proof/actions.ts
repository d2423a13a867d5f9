'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { acceptBreak, proveNow, recoverBreak, releaseBreak } from '~/lib/proof/resolve';
import { EXPLANATIONS, explainPayout } from '~/lib/transfers/unexplained';
import { note, outsideId } from '~/lib/typed-text';

const word = z.object({ breakId: z.uuid(), reason: note(500), requestId: z.uuid() });

export const releaseBreakAction = operatorAction(word, releaseBreak);
export const acceptBreakAction = operatorAction(word, acceptBreak);

export const recoverBreakAction = operatorAction(z.object({ breakId: z.uuid() }), recoverBreak);

export const proveNowAction = operatorAction(z.object({ accountId: outsideId().optional() }), proveNow);

export const explainPayoutAction = operatorAction(
  z.object({
    transferId: outsideId(),
    kind: z.enum(EXPLANATIONS),
    walletId: z.uuid().optional(),
    reason: note(500),
    requestId: z.uuid(),
  }),
  explainPayout,
);
