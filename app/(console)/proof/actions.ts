'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { proveNow, recoverBreak, releaseBreak } from '~/lib/proof/resolve';

export const releaseBreakAction = operatorAction(
  z.object({ breakId: z.uuid(), reason: z.string().trim().min(1).max(500) }),
  releaseBreak,
);

export const recoverBreakAction = operatorAction(z.object({ breakId: z.uuid() }), recoverBreak);

export const proveNowAction = operatorAction(
  z.object({ accountId: z.string().min(1).max(255).optional() }),
  proveNow,
);
