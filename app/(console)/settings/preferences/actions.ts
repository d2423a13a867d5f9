'use server';

import { z } from 'zod';
import { rememberLocale } from '~/app/locale-cookie';
import { LOCALES } from '~/app/messages/load';
import { operatorAction } from '~/lib/action';
import { chooseNotices } from '~/lib/notices/choices';
import { NOTICE_KINDS, NOTICE_MODES, type NoticeKind, type NoticeMode } from '~/lib/notices/kinds';
import { changePassword, changePreferences } from '~/lib/people/operators';
import {
  addPasskey,
  addTotp,
  beginPasskey,
  removeOwnPasskey,
  removeOwnTotp,
  renewRecoveryCodes,
  setUpTotp,
} from '~/lib/people/own-factors';
import { registrationAnswer } from '~/lib/people/passkeys';
import { endOtherSessions, endOwnSession } from '~/lib/people/sessions';
import { isTimeZone } from '~/lib/time-zones';
import { line, typed } from '~/lib/typed-text';

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

const choices = z.object(
  Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, z.enum(NOTICE_MODES).optional()])) as Record<
    NoticeKind,
    z.ZodOptional<z.ZodEnum<{ [Mode in NoticeMode]: Mode }>>
  >,
);

export const chooseNoticesAction = operatorAction(choices, chooseNotices);
export const changePasswordAction = operatorAction(passwords, changePassword);
export const endOwnSessionAction = operatorAction(z.object({ sessionId: z.uuid() }), endOwnSession);
export const endOtherSessionsAction = operatorAction(z.object({}), endOtherSessions);

const passkey = z.object({ name: line(60), response: typed(20_000).transform(registrationAnswer) });

export const setUpTotpAction = operatorAction(z.object({}), setUpTotp);
export const addTotpAction = operatorAction(z.object({ code: typed(20) }), addTotp);
export const removeTotpAction = operatorAction(z.object({}), removeOwnTotp);
export const beginPasskeyAction = operatorAction(z.object({}), beginPasskey);
export const addPasskeyAction = operatorAction(passkey, addPasskey);
export const removePasskeyAction = operatorAction(z.object({ passkeyId: z.uuid() }), removeOwnPasskey);
export const renewCodesAction = operatorAction(z.object({}), renewRecoveryCodes);
