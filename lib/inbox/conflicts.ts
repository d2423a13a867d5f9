import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { authorize, type OperatorActor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { requireOwnDecision } from '~/lib/decisions';
import { log } from '~/lib/log';
import { railActorNamed } from '~/lib/rails/registry';

/** Whoever has the secret could send without end: contents kept of one event, and unseen ones of all events. */
export const KEPT_PER_EVENT = 10;
const KEPT_UNSEEN = 500;
const BODY_CHARS = 64_000;

export type Conflicting = {
  eventId: string;
  /** The body that stands. */
  first: string;
  body: string;
  headers: Record<string, string>;
  verifiedBy: string;
};

/**
 * Keeps another content that came under the id of an event that stands: one of them is wrong, and which one is for
 * people to find out. Whoever sent it isn't answered before it is kept. The same facts in another order don't count.
 */
export async function keepConflict({
  eventId,
  first,
  body,
  headers,
  verifiedBy,
}: Conflicting): Promise<void> {
  if (isSame(first, body)) return;
  const bodyHash = createHash('sha256').update(body).digest('hex');
  await transaction(async (tx) => {
    // The event's row first: those of one event wait for each other here.
    const { rail } = await tx.inboxEvent.update({
      where: { id: eventId },
      data: { conflicts: { increment: 1 } },
      select: { rail: true },
    });
    const again = await tx.inboxConflict.updateMany({
      where: { eventId, bodyHash },
      data: { deliveries: { increment: 1 }, lastAt: new Date() },
    });
    if (again.count > 0 || !(await hasRoom(tx, eventId))) return;
    const bodyBytes = Buffer.byteLength(body);
    await tx.inboxConflict.create({
      // Postgres has no U+0000 in its texts.
      data: {
        ...{ eventId, bodyHash, bodyBytes, headers, verifiedBy },
        body: body.slice(0, BODY_CHARS).replaceAll('\0', ''),
      },
    });
    await recordAudit(tx, railActorNamed(rail), {
      action: 'inbox_event.contradicted',
      subject: 'inbox_event',
      id: eventId,
      after: { bodyHash, bodyBytes, verifiedBy },
    });
  });
  log.error({ event: eventId, bodyHash }, 'event came with another content');
}

async function hasRoom(tx: Tx, eventId: string): Promise<boolean> {
  if ((await tx.inboxConflict.count({ where: { eventId } })) >= KEPT_PER_EVENT) return false;
  return (await tx.inboxConflict.count({ where: { seenAt: null } })) < KEPT_UNSEEN;
}

/** A repetition may be written anew, with its fields in another order. */
function isSame(first: string, body: string): boolean {
  return isDeepStrictEqual(JSON.parse(first), JSON.parse(body));
}

/** How many events came with another content that nobody has looked at. */
export async function countConflicts(): Promise<number> {
  const rows = await db().inboxConflict.groupBy({ by: ['eventId'], where: { seenAt: null } });
  return rows.length;
}

/** Somebody has compared the contents of an event. They stay, and need nobody any more. */
export async function seeConflicts(
  actor: OperatorActor,
  { eventId, reason }: { eventId: string; reason: string },
): Promise<void> {
  authorize(actor, 'inbox:replay');
  await transaction(async (tx) => {
    const { count } = await tx.inboxConflict.updateMany({
      where: { eventId, seenAt: null },
      data: { seenAt: new Date(), seenById: actor.id },
    });
    if (count === 0) {
      const act = 'inbox_event.contradiction_seen';
      return requireOwnDecision(tx, actor, {
        subject: 'inbox_event',
        id: eventId,
        status: 'seen',
        act,
        ends: [],
      });
    }
    await recordAudit(tx, actor, {
      action: 'inbox_event.contradiction_seen',
      subject: 'inbox_event',
      id: eventId,
      after: { contents: count },
      reason,
    });
  });
}
