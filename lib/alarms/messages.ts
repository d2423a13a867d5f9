import { authorize, type OperatorActor } from '~/lib/actor';
import { type Channel, channels } from '~/lib/alarms/settings';
import { recordAudit } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { env, fintocMode } from '~/lib/env';
import { DomainError } from '~/lib/errors';
import type { Alarm } from '~/prisma/generated/client';

export const MESSAGE_EVENTS = ['raised', 'worse', 'repeated', 'cleared', 'test'] as const;
export type MessageEvent = (typeof MESSAGE_EVENTS)[number];

/** Writes what is to be told, once per channel. The body is fixed here: a repetition says the same. */
export async function queueMessages(
  tx: Tx,
  { event, alarm, to, at }: { event: MessageEvent; alarm: Alarm; to: readonly Channel[]; at: Date },
): Promise<void> {
  const body = bodyOf({ event, at, path: alarm.path, nth: alarm.queuedAt?.getTime() ?? 0, alarm });
  await tx.alarmMessage.createMany({
    data: to.map((channel) => ({ alarmId: alarm.id, event, channel, body, nextAttemptAt: at })),
  });
}

/** A message that says it is a test, along the whole way that an alarm takes: a worker delivers it. */
export async function sendTestAlarm(actor: OperatorActor): Promise<{ id: string }> {
  authorize(actor, 'settings:write');
  return transaction(async (tx) => {
    const to = await channels(tx);
    if (to.length === 0) throw new DomainError('no_alarm_channel', 'Alarms have nowhere to go.');
    const at = new Date();
    const body = bodyOf({ event: 'test', at, path: '/settings/alarms', nth: at.getTime() });
    const made = await tx.alarmMessage.createManyAndReturn({
      data: to.map((channel) => ({ event: 'test', channel, body })),
    });
    await recordAudit(tx, actor, {
      action: 'alarm.tested',
      subject: 'setting',
      id: 'alarms',
      after: { channels: to.join(', ') },
    });
    return { id: String(made[0]?.id) };
  });
}

type Told = {
  event: MessageEvent;
  at: Date;
  path: string;
  /** Tells the messages of an alarm apart: who gets one twice knows it by its id. */
  nth: number;
  alarm?: Alarm;
};

/** Ids, kinds, counts and times: nothing of a person, and no amount. */
function bodyOf({ event, at, path, nth, alarm }: Told): string {
  return JSON.stringify({
    id: `${alarm ? `alarm_${alarm.id}` : 'test'}_${event}_${nth}`,
    event,
    at: at.toISOString(),
    mode: fintocMode(),
    alarm: alarm
      ? {
          id: String(alarm.id),
          kind: alarm.kind,
          subject: alarm.subject,
          count: alarm.count,
          since: alarm.since?.toISOString() ?? null,
          first_at: alarm.firstAt.toISOString(),
          cleared_at: alarm.clearedAt?.toISOString() ?? null,
        }
      : null,
    url: new URL(path, env().NEXTAUTH_URL).href,
  });
}
