'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { releaseStandstill } from '~/lib/standstill/release';

export const releaseStandstillAction = operatorAction(
  z.object({ standstillId: z.uuid(), reason: z.string().trim().min(1).max(500) }),
  releaseStandstill,
);
