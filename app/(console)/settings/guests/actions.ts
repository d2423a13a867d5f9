'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { askForGuest, endGuest } from '~/lib/people/guests';
import { GUEST_HOURS } from '~/lib/people/sessions';
import { note, personName } from '~/lib/typed-text';

const guest = z.object({
  name: personName(),
  hours: z.coerce.number().refine((hours) => GUEST_HOURS.some((each) => each === hours)),
  reason: note(500),
  requestId: z.uuid(),
});

export const askForGuestAction = operatorAction(guest, askForGuest);
export const endGuestAction = operatorAction(z.object({ id: z.uuid() }), endGuest);
