'use server';

import { z } from 'zod';
import { rememberLocale } from '~/app/locale-cookie';
import { LOCALES } from '~/app/messages/load';
import { operatorAction } from '~/lib/action';
import { changePassword, changePreferences } from '~/lib/people/operators';
import { endOtherSessions, endOwnSession } from '~/lib/people/sessions';
import { typed } from '~/lib/text';
import { isTimeZone } from '~/lib/time-zones';

const preferences = z.object({
  locale: z.enum(LOCALES),
  timeZone: typed(60).refine(isTimeZone, 'time_zone'),
});

const passwords = z.object({
  currentPassword: typed(1_000),
  newPassword: typed(1_000),
  repeatedPassword: typed(1_000),
  requestId: z.uuid(),
});

export const changePreferencesAction = operatorAction(preferences, async (actor, chosen) => {
  await changePreferences(actor, chosen);
  await rememberLocale(chosen.locale);
});

export const changePasswordAction = operatorAction(passwords, changePassword);
export const endOwnSessionAction = operatorAction(z.object({ sessionId: z.uuid() }), endOwnSession);
export const endOtherSessionsAction = operatorAction(z.object({}), endOtherSessions);
