import { z } from 'zod';
import { type Actor, actorId, authorize, type OperatorActor } from '~/lib/actor';
import { type Act, doUnlessRuled, requireDone, waitingFor } from '~/lib/approvals/acts';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { DomainError, notFound } from '~/lib/errors';
import { type EventFilter, REPLAYABLE } from '~/lib/inbox/matching';
import { eventsSearched } from '~/lib/inbox/searched';
import { once } from '~/lib/once';
import { type Reader, shownAll } from '~/lib/people/sight';
import type { InboxEventState } from '~/prisma/generated/client';

/** At most this many go back into the queue at once. */
export const MOST_REPLAYED = 500;

/** Puts an event back into the worker's queue. What it posted before it cannot post again. */
export async function replayEvent(
  actor: OperatorActor,
  { eventId, requestId }: { eventId: string; requestId?: string },
) {
  authorize(actor, 'inbox:replay');
  return replayUnlessRuled(actor, {
    ...{ act: 'inbox_event.replay', requestId, eventIds: [eventId] },
    replay: (tx) => replayOne(tx, actor, eventId),
  });
}

/** The same for many. Those under way are left alone; a replay counts how its events end. */
export async function replayEvents(
  actor: OperatorActor,
  { eventIds, requestId }: { eventIds: string[]; requestId?: string },
) {
  authorize(actor, 'inbox:replay');
  return replayUnlessRuled(actor, {
    ...{ act: 'inbox_event.replay_many', requestId, eventIds },
    replay: (tx) => replayMany(tx, actor, eventIds),
  });
}

type Replaying = {
  act: 'inbox_event.replay' | 'inbox_event.replay_many';
  requestId: string | undefined;
  eventIds: string[];
  replay: (tx: Tx) => Promise<{ id: string }>;
};

/** Throws `rule_asks` where a rule has somebody else decide on it first. */
async function replayUnlessRuled(
  actor: OperatorActor,
  { act, requestId, eventIds, replay }: Replaying,
): Promise<{ id: string }> {
  const content = act === 'inbox_event.replay' ? { eventId: eventIds[0] } : { eventIds };
  const { id, waits } = await transaction((tx) =>
    once(
      tx,
      actor,
      { act, requestId, content },
      async (id) => ({
        id,
        waits: await waitingFor(tx, actor, { action: ['event.replay'], subjectId: id }),
      }),
      async () => {
        const [subjectId = ''] = eventIds;
        const made = { id: subjectId };
        const asked = { action: 'event.replay', subjectId, facts: { eventIds }, reason: '' } as const;
        const done = await doUnlessRuled(tx, actor, asked, async () => Object.assign(made, await replay(tx)));
        return { ...made, ...done };
      },
    ),
  );
  requireDone({ waits });
  return { id };
}

const eventsShape = z.object({ eventIds: z.array(z.string()).min(1) });

/** Does what `event.replay` asks for, by who decided on it. */
export async function replayAsked(tx: Tx, actor: Actor, { facts }: Act): Promise<void> {
  const { eventIds } = eventsShape.parse(facts);
  const [only = '', another] = eventIds;
  await (another === undefined ? replayOne(tx, actor, only) : replayMany(tx, actor, eventIds));
}

async function replayOne(tx: Tx, actor: Actor, eventId: string) {
  const [replayed] = await putBack(tx, [eventId], null);
  if (!replayed) {
    const { state } = (await tx.inboxEvent.findUnique({ where: { id: eventId } })) ?? missing(eventId);
    throw new DomainError('conflict', 'The event is under way already.', { status: state });
  }
  await recordAudit(tx, actor, {
    action: 'inbox_event.replayed',
    subject: 'inbox_event',
    id: eventId,
    before: replayed,
  });
  return { id: eventId };
}

async function replayMany(tx: Tx, actor: Actor, eventIds: string[]) {
  const { id } = await tx.replay.create({ data: { requestedBy: actorId(actor), count: 0 } });
  const replayed = await putBack(tx, [...new Set(eventIds)].slice(0, MOST_REPLAYED), id);
  if (replayed.length === 0)
    throw new DomainError('conflict', 'All of them are under way already.', { status: 'received' });
  await tx.replay.update({ where: { id }, data: { count: replayed.length } });
  for (const before of replayed)
    await recordAudit(tx, actor, {
      action: 'inbox_event.replayed',
      subject: 'inbox_event',
      id: before.id,
      before,
      after: { replay: id },
    });
  return { id };
}

type Before = { id: string; state: InboxEventState; attempts: number };

async function putBack(tx: Tx, ids: string[], replayId: string | null): Promise<Before[]> {
  return tx.$queryRaw<Before[]>`
    WITH replayed AS (
      SELECT id, state, attempts FROM inbox_events
      WHERE id = ANY (${ids}) AND state::text = ANY (${REPLAYABLE}::text[]) ORDER BY id FOR UPDATE)
    UPDATE inbox_events e SET state = 'received', attempts = 0, last_error = NULL,
      next_attempt_at = date_trunc('milliseconds', now()), replay_id = coalesce(${replayId}::uuid, e.replay_id)
    FROM replayed r WHERE e.id = r.id RETURNING r.id, r.state::text AS state, r.attempts`;
}

function missing(eventId: string): never {
  throw notFound('event', eventId);
}

/** The events of a filter that a replay would take, newest first, up to its limit; and whether there are more. */
export async function replayableIds(filter: EventFilter): Promise<{ ids: string[]; more: boolean }> {
  const states = (filter.states ?? REPLAYABLE).filter((state) => REPLAYABLE.includes(state));
  const rows = await db().inboxEvent.findMany({
    where: await eventsSearched({ ...filter, states }),
    orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
    take: MOST_REPLAYED + 1,
    select: { id: true },
  });
  return { ids: rows.slice(0, MOST_REPLAYED).map(({ id }) => id), more: rows.length > MOST_REPLAYED };
}

export type ReplayProgress = {
  id: string;
  count: number;
  createdAt: Date;
  requestedBy: string;
  waiting: number;
  processed: number;
  unhandled: number;
  dead: number;
};

/** The progress of a replay: what still waits, and how the rest ended. */
export async function getReplay(id: string): Promise<ReplayProgress> {
  const replay = await db().replay.findUnique({ where: { id } });
  if (!replay) throw notFound('replay', id);
  const [operator, states] = await Promise.all([
    db().operator.findUnique({ where: { id: replay.requestedBy }, select: { name: true } }),
    db().inboxEvent.groupBy({ by: ['state'], where: { replayId: id }, _count: true }),
  ]);
  const of = (state: InboxEventState) => states.find((row) => row.state === state)?._count ?? 0;
  return {
    id,
    count: replay.count,
    createdAt: replay.createdAt,
    requestedBy: operator?.name ?? '',
    waiting: of('received') + of('retrying'),
    processed: of('processed'),
    unhandled: of('unhandled'),
    dead: of('dead'),
  };
}

/** The events of a replay, those that need somebody first. */
export async function listReplayed(reader: Reader, replayId: string) {
  const rows = await db().inboxEvent.findMany({
    where: { replayId },
    orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
    take: MOST_REPLAYED,
    omit: { body: true, headers: true },
  });
  const urgency: Record<InboxEventState, number> = {
    dead: 0,
    retrying: 1,
    received: 2,
    unhandled: 3,
    processed: 4,
  };
  return shownAll(reader, 'event', rows).sort((a, b) => urgency[a.state] - urgency[b.state]);
}
