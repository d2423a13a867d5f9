import { system } from '~/lib/actor';
import { postWebhook, runCommand, Undelivered } from '~/lib/alarms/send';
import { alarmSettings, type Channel, channels } from '~/lib/alarms/settings';
import { recordAudit } from '~/lib/audit/audit';
import { db, transaction } from '~/lib/db';
import { env } from '~/lib/env';
import { log } from '~/lib/log';
import { isFree, type LeaseRule, nextTry } from '~/lib/queue';
import { unseal } from '~/lib/secrets';

/** Its lease is longer than any channel may take. */
const QUEUE: LeaseRule = {
  leaseSeconds: 60,
  backoff: { firstMs: 5_000, mostMs: 10 * 60_000 },
  mostAttempts: 10,
};

type Claimed = {
  id: bigint;
  alarmId: bigint | null;
  channel: Channel;
  body: string;
  attempts: number;
};

/**
 * Delivers one message that is due, if there is one, and answers how many it took. A worker that dies with a message
 * in its hands holds it until its lease ends; then it is told again, under the same id.
 */
export async function deliverAlarms(): Promise<number> {
  const message = await claim();
  if (!message) return 0;
  try {
    await deliver(message);
    await db().alarmMessage.updateMany({
      where: mine(message),
      data: { deliveredAt: new Date(), leaseUntil: null, error: null },
    });
  } catch (error) {
    if (!(error instanceof Undelivered)) throw error;
    await putOff(message, error.message);
  }
  return 1;
}

/** Of one alarm the earlier message goes first: nobody is told that something is gone before it was there. */
async function claim(): Promise<Claimed | undefined> {
  const own = await channels();
  const [claimed] = await db().$queryRaw<Claimed[]>`
    UPDATE alarm_messages m
    SET lease_until = now() + make_interval(secs => ${QUEUE.leaseSeconds}), attempts = m.attempts + 1
    WHERE m.id = (
      SELECT q.id FROM alarm_messages q
      WHERE q.delivered_at IS NULL AND q.given_up_at IS NULL AND q.next_attempt_at <= now()
        AND ${isFree('q')}
        -- Without a webhook, what was to go there has nowhere to go; a command is of other workers, where we have none.
        AND (q.channel = ANY (${own}) OR q.channel = 'webhook')
        AND NOT EXISTS (
          SELECT 1 FROM alarm_messages e
          WHERE e.alarm_id = q.alarm_id AND e.channel = q.channel AND e.id < q.id
            AND e.delivered_at IS NULL AND e.given_up_at IS NULL)
      ORDER BY q.next_attempt_at, q.id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING m.id, m.alarm_id AS "alarmId", m.channel, m.body, m.attempts`;
  return claimed;
}

/** Only while nobody else claimed it: each claim counts one attempt. */
const mine = ({ id, attempts }: Claimed) => ({ id, attempts, deliveredAt: null });

async function deliver({ channel, body }: Claimed): Promise<void> {
  if (channel === 'command') {
    const command = env().ALARM_COMMAND;
    if (!command) throw new Undelivered('no_channel');
    return runCommand({ command, body });
  }
  const { webhookUrl: url, encryptedSecret } = await alarmSettings();
  if (url === null || encryptedSecret === null) throw new Undelivered('no_channel');
  return postWebhook({ url, secret: secretOf(encryptedSecret), body });
}

function secretOf(sealed: string): string {
  try {
    return unseal(sealed);
  } catch {
    // Sealed under a key that was replaced since.
    throw new Undelivered('secret_lost');
  }
}

async function putOff(message: Claimed, error: string): Promise<void> {
  const { id, alarmId, channel, attempts } = message;
  log.warn({ message: id, channel, attempts, reason: error }, 'alarm not delivered');
  const next = nextTry(QUEUE, attempts);
  const isLast = next.isLast || error === 'no_channel';
  await transaction(async (tx) => {
    const { count } = await tx.alarmMessage.updateMany({
      where: mine(message),
      data: {
        error: error.slice(0, 300),
        leaseUntil: null,
        nextAttemptAt: next.at,
        ...(isLast && { givenUpAt: new Date() }),
      },
    });
    if (count === 0 || !isLast) return;
    await recordAudit(tx, system('alarms'), {
      action: 'alarm.not_delivered',
      subject: alarmId ? 'alarm' : 'setting',
      id: alarmId ? String(alarmId) : 'alarms',
      after: { channel, attempts, error },
    });
  });
}
