import { type Actor, authorize, type OperatorActor } from '~/lib/actor';
import { say } from '~/lib/approvals/words';
import { recordAudit } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { requireOwnDecision } from '~/lib/decisions';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import type { PayoutStop, Prisma } from '~/prisma/generated/client';
import type { StopCause } from '~/prisma/generated/enums';

/**
 * Nothing more is paid out of an account, or of any where none is named, until two people let it go on. What was sent is
 * followed to its end. What is stopped already stays as it is.
 */
export async function stopPayouts(
  actor: OperatorActor,
  { accountId, reason }: { accountId?: string | undefined; reason: string },
): Promise<PayoutStop> {
  authorize(actor, 'payouts:stop');
  const told = reason.trim();
  if (told === '') throw new InvalidInputError({ reason: 'required' });
  return transaction(async (tx) => {
    if (accountId !== undefined && (await tx.account.count({ where: { id: accountId } })) === 0)
      throw notFound('account', accountId);
    return stop(tx, actor, { accountId: accountId ?? null, cause: 'person', reason: told, facts: {} });
  });
}

type Stopping = {
  accountId: string | null;
  cause: StopCause;
  reason: string;
  facts: Prisma.InputJsonObject;
  /** Who pressed it, where that isn't the actor. */
  stoppedById?: string | null;
};

/** Answers the one that stands, or the one that is made. */
export async function stop(tx: Tx, actor: Actor, stopping: Stopping): Promise<PayoutStop> {
  // Of two at once the second finds the first, which its unique index would only refuse.
  await tx.$queryRaw`
    SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtext('monedero.stops'), hashtext(${stopping.accountId ?? ''}))`;
  const standing = await tx.payoutStop.findFirst({
    where: { accountId: stopping.accountId, resumedAt: null },
  });
  if (standing) return standing;
  const stopped = await tx.payoutStop.create({
    data: { stoppedById: actor.kind === 'operator' ? actor.id : null, ...stopping },
  });
  const { accountId, cause, reason, facts } = stopping;
  await recordAudit(tx, actor, {
    ...{ action: 'payouts.stopped', subject: 'payout_stop', id: stopped.id, reason },
    after: { accountId, cause, facts },
  });
  return stopped;
}

/** One person's word that payouts may go on. The second person's lets them. */
export async function resumePayouts(
  actor: OperatorActor,
  { stopId, reason, requestId }: { stopId: string; reason: string; requestId?: string },
): Promise<{ resumed: boolean }> {
  authorize(actor, 'proof:release');
  const told = reason.trim();
  if (told === '') throw new InvalidInputError({ reason: 'required' });
  return transaction(async (tx) => {
    await lockRow(tx, 'payout_stops', stopId);
    const before = await tx.payoutStop.findUnique({ where: { id: stopId } });
    if (!before) throw notFound('stop', stopId);
    const about = { subject: 'payout_stop', id: stopId } as const;
    if (before.resumedAt !== null) {
      await requireOwnDecision(tx, actor, { ...about, status: 'resumed', act: 'payouts.resumed', ends: [] });
      return { resumed: true };
    }
    const asked = { action: 'payouts.resume', subjectId: stopId, facts: {}, reason: told } as const;
    const said = await say(tx, actor, { ...asked, requestId });
    if (said === 'sent_again') return { resumed: false };
    if (said === 'said_before')
      throw new DomainError('own_release', 'Somebody else has to let them go on as well.');
    const resumed = said === 'decided';
    if (resumed) await tx.payoutStop.update({ where: { id: stopId }, data: { resumedAt: new Date() } });
    await recordAudit(tx, actor, {
      ...{ action: resumed ? 'payouts.resumed' : 'payouts.resume_asked', ...about, reason: told },
      after: { accountId: before.accountId },
    });
    return { resumed };
  });
}
