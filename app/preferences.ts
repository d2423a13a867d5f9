'use server';

import { refresh } from 'next/cache';
import { cookies } from 'next/headers';
import { isLocale } from '~/app/messages/load';
import { changePreferences } from '~/lib/operators';
import { currentOperator } from '~/lib/session';
import { isTimeZone } from '~/lib/time-zones';

const YEAR_SECONDS = 365 * 24 * 3_600;

/** The reader's language: kept with the operator, and in a cookie for the sign-in page. */
export async function chooseLocaleAction(locale: string): Promise<void> {
  if (!isLocale(locale)) return;
  (await cookies()).set('locale', locale, {
    maxAge: YEAR_SECONDS,
    sameSite: 'lax',
    path: '/',
    httpOnly: true,
  });
  const operator = await currentOperator();
  if (operator) await changePreferences(operator.id, { locale });
  refresh();
}

/** The zone in which the operator reads times and filters by day. */
export async function chooseTimeZoneAction(timeZone: string): Promise<void> {
  const operator = await currentOperator();
  if (!operator || !isTimeZone(timeZone)) return;
  await changePreferences(operator.id, { timeZone });
  refresh();
}
