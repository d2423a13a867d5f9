'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { replayEvent } from '~/lib/webhooks/replay';

export const replayEventAction = operatorAction(
  z.object({ eventId: z.string().min(1).max(100) }),
  replayEvent,
);
