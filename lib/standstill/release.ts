import { authorize, type OperatorActor } from '~/lib/actor';
import { say } from '~/lib/approvals/words';
import { recordAudit } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { requireOwnDecision } from '~/lib/decisions';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import { caughtUp } from '~/lib/standstill/caught-up';
import { lastFound } from '~/lib/standstill/standstill';
import { nameAnew } from '~/lib/standstill/watch';
import type { Standstill } from '~/prisma/generated/client';

/**
 * One person's word that payouts and openings may go on after a restore. The second person's lets them. Nobody can give
 * it before the books have read what happened since.
 */
export async function releaseStandstill(
  actor: OperatorActor,
  { standstillId, reason, requestId }: { standstillId: string; reason: string; requestId?: string },
): Promise<{ released: boolean }> {
  authorize(actor, 'proof:release');
  const told = reason.trim();
  if (told === '') throw new InvalidInputError({ reason: 'required' });
  return transaction(async (tx) => {
    const before = await lockStandstill(tx, standstillId);
    if (before.state !== 'open') {
      const act = 'standstill.released';
      const subject = 'standstill';
      await requireOwnDecision(tx, actor, { subject, id: standstillId, status: before.state, act, ends: [] });
      return { released: true };
    }
    if (!(await caughtUp(tx, lastFound(before))).isReady)
      throw new DomainError('standstill_not_ready', 'The books have not read yet what happened since.');
    const asked = { action: 'standstill.release', subjectId: standstillId, facts: {}, reason: told } as const;
    const said = await say(tx, actor, { ...asked, requestId });
    if (said === 'sent_again') return { released: false };
    if (said === 'said_before')
      throw new DomainError('own_release', 'Somebody else has to release it as well.');
    const released = said === 'decided';
    if (released) {
      const data = { state: 'released' as const, releasedAt: new Date() };
      await tx.standstill.update({ where: { id: standstillId }, data });
      await nameAnew(tx);
    }
    await recordAudit(tx, actor, {
      action: released ? 'standstill.released' : 'standstill.release_asked',
      subject: 'standstill',
      id: standstillId,
      before: { state: before.state },
      after: { state: released ? 'released' : 'open' },
      reason: told,
    });
    return { released };
  });
}

async function lockStandstill(tx: Tx, id: string): Promise<Standstill> {
  await lockRow(tx, 'standstills', id);
  const found = await tx.standstill.findUnique({ where: { id } });
  if (!found) throw notFound('standstill', id);
  return found;
}
