'use server';

import { z } from 'zod';
import { rememberLocale } from '~/app/locale-cookie';
import { LOCALES } from '~/app/messages/load';
import { operatorAction } from '~/lib/action';
import { changePassword, changePreferences } from '~/lib/people/operators';
import { renewSession } from '~/lib/session';
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

export const changePasswordAction = operatorAction(passwords, async (actor, typed) =>
  renewSession(await changePassword(actor, typed)),
);
