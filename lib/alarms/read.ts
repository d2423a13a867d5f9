import { authorize, type OperatorActor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, transaction } from '~/lib/db';
import { requireOwnDecision } from '~/lib/decisions';
import { notFound } from '~/lib/errors';
import { operatorNames } from '~/lib/people/operator-names';
import type { Prisma } from '~/prisma/generated/client';

const LATELY_DAYS = 7;
const MOST_LISTED = 100;
const MOST_MESSAGES = 20;

const WITHOUT_BODY = { body: true } satisfies Prisma.AlarmMessageOmit;
const LAST = {
  messages: { orderBy: { id: 'desc' }, take: 1, omit: WITHOUT_BODY },
} satisfies Prisma.AlarmInclude;
const WHAT = { alarm: { select: { kind: true, subject: true } } } satisfies Prisma.AlarmMessageInclude;

type Kept = Prisma.AlarmGetPayload<{ include: typeof LAST }>;

export type AlarmRow = Omit<Kept, 'messages'> & {
  acknowledgedBy: string | null;
  lastMessage: Kept['messages'][number] | null;
};

export type AlarmMessageRow = Prisma.AlarmMessageGetPayload<{
  include: typeof WHAT;
  omit: typeof WITHOUT_BODY;
}>;

/** What is wrong now, the newest first, then what was lately. */
export async function listAlarms(): Promise<AlarmRow[]> {
  const lately = new Date(Date.now() - LATELY_DAYS * 86_400_000);
  const rows = await db().alarm.findMany({
    where: { OR: [{ state: 'raised' }, { clearedAt: { gt: lately } }] },
    orderBy: [{ state: 'asc' }, { firstAt: 'desc' }, { id: 'desc' }],
    take: MOST_LISTED,
    include: LAST,
  });
  const names = await operatorNames(rows.flatMap(({ acknowledgedById: id }) => (id === null ? [] : [id])));
  return rows.map(({ messages, ...alarm }) => ({
    ...alarm,
    acknowledgedBy: names.get(alarm.acknowledgedById ?? '') ?? null,
    lastMessage: messages[0] ?? null,
  }));
}

/** The newest messages, and how each fared. */
export function listAlarmMessages(): Promise<AlarmMessageRow[]> {
  return db().alarmMessage.findMany({
    orderBy: { id: 'desc' },
    take: MOST_MESSAGES,
    omit: WITHOUT_BODY,
    include: WHAT,
  });
}

/** Somebody takes care of it: it isn't repeated any more, unless it gets worse. That it is gone is told all the same. */
export async function acknowledgeAlarm(
  actor: OperatorActor,
  { alarmId, reason }: { alarmId: bigint; reason: string },
): Promise<void> {
  authorize(actor, 'settings:write');
  await transaction(async (tx) => {
    const { count } = await tx.alarm.updateMany({
      where: { id: alarmId, state: 'raised', acknowledgedAt: null },
      data: { acknowledgedAt: new Date(), acknowledgedById: actor.id },
    });
    if (count === 0) {
      const alarm = await tx.alarm.findUnique({ where: { id: alarmId }, select: { state: true } });
      if (!alarm) throw notFound('alarm', String(alarmId));
      const act = 'alarm.acknowledged';
      const decided = { subject: 'alarm', id: String(alarmId), status: alarm.state, act, ends: [] } as const;
      return requireOwnDecision(tx, actor, decided);
    }
    await recordAudit(tx, actor, {
      action: 'alarm.acknowledged',
      subject: 'alarm',
      id: String(alarmId),
      reason,
    });
  });
}
