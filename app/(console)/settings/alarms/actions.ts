'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { sendTestAlarm } from '~/lib/alarms/messages';
import { acknowledgeAlarm } from '~/lib/alarms/read';
import { rotateAlarmSecret, setAlarmWebhook, setSubmittingMinutes } from '~/lib/alarms/settings';
import { line, note, optionalLine, typed } from '~/lib/typed-text';

const minutes = line(10)
  .refine((text) => /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= 1_440, 'minutes_format')
  .transform(Number);

export const setAlarmWebhookAction = operatorAction(z.object({ url: optionalLine(2_000) }), setAlarmWebhook);
export const rotateAlarmSecretAction = operatorAction(z.object({}), rotateAlarmSecret);
export const setSubmittingMinutesAction = operatorAction(z.object({ minutes }), setSubmittingMinutes);
export const sendTestAlarmAction = operatorAction(z.object({}), sendTestAlarm);
export const acknowledgeAlarmAction = operatorAction(
  z.object({
    alarmId: typed(18)
      .refine((text) => /^\d+$/.test(text))
      .transform(BigInt),
    reason: note(500),
  }),
  acknowledgeAlarm,
);
