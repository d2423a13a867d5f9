'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { resumePayouts, stopPayouts } from '~/lib/stops/stops';
import { note, outsideId } from '~/lib/typed-text';

export const stopPayoutsAction = operatorAction(
  z.object({ accountId: outsideId().optional(), reason: note(500) }),
  stopPayouts,
);
export const resumePayoutsAction = operatorAction(
  z.object({ stopId: z.uuid(), reason: note(500), requestId: z.uuid() }),
  resumePayouts,
);
