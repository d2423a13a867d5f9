'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { releaseStandstill } from '~/lib/standstill/release';
import { note } from '~/lib/typed-text';

export const releaseStandstillAction = operatorAction(
  z.object({ standstillId: z.uuid(), reason: note(500), requestId: z.uuid() }),
  releaseStandstill,
);
