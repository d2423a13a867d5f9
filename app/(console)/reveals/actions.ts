'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { REASON_MAX } from '~/lib/people/masking';
import { concealPerson, revealPerson } from '~/lib/people/reveals';
import { note, outsideId } from '~/lib/typed-text';

const reason = note(REASON_MAX);

export const revealPersonAction = operatorAction(
  z.discriminatedUnion('subject', [
    z.object({ subject: z.enum(['customer', 'withdrawal']), id: z.uuid(), reason }),
    z.object({ subject: z.enum(['entity', 'transfer']), id: outsideId(), reason }),
  ]),
  revealPerson,
);

export const concealPersonAction = operatorAction(z.object({ revealId: z.uuid() }), concealPerson);
