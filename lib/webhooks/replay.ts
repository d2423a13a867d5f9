import { authorize, type OperatorActor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit';
import { transaction } from '~/lib/db';
import { DomainError, notFound } from '~/lib/errors';

/** Puts an event back into the worker's queue. What it posted before it cannot post again. */
export async function replayEvent(actor: OperatorActor, { eventId }: { eventId: string }) {
  authorize(actor, 'webhooks:replay');
  return transaction(async (tx) => {
    const before = await tx.webhookEvent.findUnique({
      where: { id: eventId },
      select: { id: true, state: true, attempts: true },
    });
    if (!before) throw notFound('event', eventId);
    const { count } = await tx.webhookEvent.updateMany({
      where: { id: eventId, state: { in: ['dead', 'unhandled', 'processed'] } },
      data: { state: 'received', attempts: 0, nextAttemptAt: new Date(), leaseUntil: null, lastError: null },
    });
    if (count === 0)
      throw new DomainError('conflict', 'The event is under way already.', { status: before.state });
    await recordAudit(tx, actor, { action: 'event.replayed', subject: 'event', id: eventId, before });
    return { id: eventId };
  });
}
