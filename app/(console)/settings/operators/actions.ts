'use server';

import { z } from 'zod';
import { LOCALES } from '~/app/messages/load';
import { operatorAction } from '~/lib/action';
import { changeOperator, inviteOperator } from '~/lib/people/access';
import { askForReset, removeFactor } from '~/lib/people/lost-access';
import { endSessionsOf } from '~/lib/people/sessions';
import { line, personName } from '~/lib/typed-text';

const newOperator = z.object({
  name: personName(),
  email: line(254).refine((value) => z.email().safeParse(value).success, 'email_format'),
  role: line(40),
  locale: z.enum(LOCALES),
  requestId: z.uuid(),
});

const change = z.object({
  id: z.uuid(),
  role: line(40),
  disabled: z.enum(['true', 'false']).transform((value) => value === 'true'),
  requestId: z.uuid(),
});

const signOut = z.object({ operatorId: z.uuid() });

export const inviteOperatorAction = operatorAction(newOperator, inviteOperator);
export const changeOperatorAction = operatorAction(change, changeOperator);
export const endSessionsAction = operatorAction(signOut, endSessionsOf);
const ofSomebody = z.object({ id: z.uuid(), requestId: z.uuid() });

export const removeFactorAction = operatorAction(ofSomebody, removeFactor);
export const askForResetAction = operatorAction(ofSomebody, askForReset);
