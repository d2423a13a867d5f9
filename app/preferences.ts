'use server';

import { refresh } from 'next/cache';
import { rememberLocale } from '~/app/locale-cookie';
import { isLocale } from '~/app/messages/load';
import { changePreferences } from '~/lib/people/operators';
import { inScopeOf } from '~/lib/scope';
import { currentActor } from '~/lib/session';
import { isTimeZone } from '~/lib/time-zones';

/** The reader's language: kept with the operator, and in a cookie for the sign-in page. */
export async function chooseLocaleAction(locale: string): Promise<void> {
  if (!isLocale(locale)) return;
  await rememberLocale(locale);
  const actor = await currentActor();
  if (actor) await inScopeOf(actor, () => changePreferences(actor, { locale }));
  refresh();
}

/** The zone in which the operator reads times and filters by day. */
export async function chooseTimeZoneAction(timeZone: string): Promise<void> {
  const actor = await currentActor();
  if (!actor || !isTimeZone(timeZone)) return;
  await inScopeOf(actor, () => changePreferences(actor, { timeZone }));
  refresh();
}
