import { system } from '~/lib/actor';
import { CONDITIONS, type Condition, MOST_OF_A_KIND, UNASKED, type Wrong } from '~/lib/alarms/conditions';
import { queueMessages } from '~/lib/alarms/messages';
import { type Channel, channels } from '~/lib/alarms/settings';
import { recordAudits } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { log } from '~/lib/log';
import { runOnce, stillHeld } from '~/lib/queue';
import type { Alarm } from '~/prisma/generated/client';

const TURNS = { name: 'alarms', leaseSeconds: 60, backoff: { firstMs: 5_000, mostMs: 60_000 } };
const TURN_MS = 12_000;
const REPEAT_MS = 3_600_000;

type Look = { kind: string; found: Wrong[] | null };

/**
 * One look at all that somebody is called for; the workers take turns, and what a slow one found after its turn is dropped. What is wrong is raised once and told again
 * every hour while it lasts, at once when it gets worse, and once more when it is gone.
 */
export async function evaluateAlarms({
  everyMs = TURN_MS,
  conditions = CONDITIONS,
}: {
  everyMs?: number;
  conditions?: readonly Condition[];
} = {}): Promise<void> {
  await runOnce(
    TURNS,
    async (held) => {
      const looks: Look[] = [];
      for (const condition of conditions) looks.push(await look(condition));
      const unasked = looks.filter(({ found }) => found === null).map(({ kind }) => kind);
      looks.push({ kind: UNASKED, found: unasked.map((subject) => ({ subject, path: '/settings/alarms' })) });
      await transaction(async (tx) => {
        await stillHeld(tx, held);
        await settle(tx, looks);
      });
    },
    { everyMs },
  );
}

async function look({ kind, find }: Condition): Promise<Look> {
  try {
    return { kind, found: (await find()).slice(0, MOST_OF_A_KIND) };
  } catch (error) {
    log.error({ condition: kind, err: error }, 'alarm condition failed');
    return { kind, found: null };
  }
}

async function settle(tx: Tx, looks: Look[]): Promise<void> {
  const at = new Date();
  const to = await channels(tx);
  const standing = await tx.alarm.findMany({ where: { state: 'raised' } });
  const known = new Map(standing.map((alarm) => [`${alarm.kind} ${alarm.subject}`, alarm]));
  const raised: Alarm[] = [];
  for (const { kind, found } of looks) {
    for (const wrong of found ?? []) {
      const before = known.get(`${kind} ${wrong.subject}`);
      const alarm = await keep(tx, kind, wrong, before, at);
      if (!before) raised.push(alarm);
      await tell(tx, alarm, to, at);
    }
  }
  const cleared = standing.filter((alarm) => isGone(alarm, looks));
  for (const alarm of cleared) await clear(tx, alarm, to, at);
  await recordAudits(tx, system('alarms'), [
    ...raised.map((alarm) => auditOf('alarm.raised', alarm)),
    ...cleared.map((alarm) => auditOf('alarm.cleared', alarm)),
  ]);
}

function auditOf(action: 'alarm.raised' | 'alarm.cleared', { id, kind, subject, count, firstAt }: Alarm) {
  return { action, subject: 'alarm' as const, id: String(id), after: { kind, subject, count, firstAt } };
}

function keep(tx: Tx, kind: string, wrong: Wrong, before: Alarm | undefined, at: Date): Promise<Alarm> {
  const { subject, count = 1, since = null, path } = wrong;
  if (!before) {
    return tx.alarm.create({ data: { kind, subject, count, since, path, firstAt: at, lastAt: at } });
  }
  // What became less may become more again, and is told then.
  const toldCount = Math.min(before.toldCount, count);
  return tx.alarm.update({ where: { id: before.id }, data: { count, toldCount, since, path, lastAt: at } });
}

/** To a channel on which something of it is still on its way nothing new: it would only pile up before who is down. */
async function tell(tx: Tx, alarm: Alarm, channels: readonly Channel[], at: Date): Promise<void> {
  const event = eventOf(alarm, at);
  if (!event) return;
  const waiting = await tx.alarmMessage.findMany({
    where: { alarmId: alarm.id, deliveredAt: null, givenUpAt: null },
    select: { channel: true },
  });
  const to = channels.filter((channel) => !waiting.some((each) => each.channel === channel));
  if (to.length === 0) return;
  await queueMessages(tx, { event, alarm, to, at });
  await tx.alarm.update({
    where: { id: alarm.id },
    data: {
      queuedAt: at,
      toldCount: alarm.count,
      ...(event === 'worse' && { acknowledgedAt: null, acknowledgedById: null }),
    },
  });
}

function eventOf({ queuedAt, count, toldCount, acknowledgedAt }: Alarm, at: Date) {
  if (!queuedAt) return 'raised';
  if (count > toldCount) return 'worse';
  const isDue = at.getTime() - queuedAt.getTime() >= REPEAT_MS;
  return isDue && !acknowledgedAt ? 'repeated' : null;
}

/** Of a kind that couldn't be asked, or of which there is more than was looked at, nothing is known to be gone. */
function isGone({ kind, subject }: Alarm, looks: readonly Look[]): boolean {
  const asked = looks.find((each) => each.kind === kind);
  if (!asked) return true;
  if (asked.found === null || asked.found.length >= MOST_OF_A_KIND) return false;
  return !asked.found.some((wrong) => wrong.subject === subject);
}

async function clear(tx: Tx, { id, queuedAt }: Alarm, to: readonly Channel[], at: Date): Promise<void> {
  const alarm = await tx.alarm.update({
    where: { id },
    data: { state: 'cleared', clearedAt: at, queuedAt: queuedAt && at },
  });
  // What nobody was told of ends as quietly.
  if (queuedAt) await queueMessages(tx, { event: 'cleared', alarm, to, at });
}
