'use server';

import { z } from 'zod';
import { to } from '~/components/ui/to';
import { operatorAction } from '~/lib/action';
import { seeConflicts } from '~/lib/inbox/conflicts';
import { replayEvent, replayEvents } from '~/lib/inbox/replay';
import { note, outsideId } from '~/lib/typed-text';

const eventId = outsideId();

export const replayEventAction = operatorAction(z.object({ eventId, requestId: z.uuid() }), replayEvent, {
  redirectTo: ({ id }) => to(`/inbox/${encodeURIComponent(id)}`),
});

export const replayEventsAction = operatorAction(
  z.object({ eventIds: z.array(eventId).min(1).max(500), requestId: z.uuid() }),
  replayEvents,
  { redirectTo: ({ id }) => to(`/inbox/replays/${id}`) },
);

export const seeConflictsAction = operatorAction(z.object({ eventId, reason: note(500) }), seeConflicts);
