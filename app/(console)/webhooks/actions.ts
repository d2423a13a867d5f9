'use server';

import type { Route } from 'next';
import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { seeConflicts } from '~/lib/inbox/conflicts';
import { replayEvent, replayEvents } from '~/lib/inbox/replay';
import { note, outsideId } from '~/lib/text';

const eventId = outsideId();

export const replayEventAction = operatorAction(z.object({ eventId }), replayEvent, {
  redirectTo: ({ id }) => `/webhooks/${encodeURIComponent(id)}` as Route,
});

export const replayEventsAction = operatorAction(
  z.object({ eventIds: z.array(eventId).min(1).max(500) }),
  replayEvents,
  { redirectTo: ({ id }) => `/webhooks/replays/${id}` as Route },
);

export const seeConflictsAction = operatorAction(z.object({ eventId, reason: note(500) }), seeConflicts);
