'use server';

import { z } from 'zod';
import { LOCALES } from '~/app/messages/load';
import { chooseLocaleAction, chooseTimeZoneAction } from '~/app/preferences';
import { operatorAction } from '~/lib/action';
import { isTimeZone } from '~/lib/time-zones';

const preferences = z.object({
  locale: z.enum(LOCALES),
  timeZone: z.string().refine(isTimeZone, 'time_zone'),
});

export const changePreferencesAction = operatorAction(preferences, async (_actor, { locale, timeZone }) => {
  await chooseLocaleAction(locale);
  await chooseTimeZoneAction(timeZone);
});
