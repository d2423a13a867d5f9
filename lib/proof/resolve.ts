import { type Actor, authorize, type OperatorActor } from '~/lib/actor';
import { say } from '~/lib/approvals/words';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { requireOwnDecision } from '~/lib/decisions';
import { asDomainError } from '~/lib/entities/entities';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import { recoverTransfers } from '~/lib/proof/recover';
import { railOf } from '~/lib/rails/registry';
import type { ProofBreak } from '~/prisma/generated/client';

/** One person's word that payouts from the account may go on in spite of a break. The second person's makes it so. */
export async function releaseBreak(
  actor: OperatorActor,
  { breakId, reason, requestId }: { breakId: string; reason: string; requestId?: string },
): Promise<{ released: boolean }> {
  authorize(actor, 'proof:release');
  const told = reason.trim();
  if (told === '') throw new InvalidInputError({ reason: 'required' });
  return transaction(async (tx) => {
    const before = await lockBreak(tx, breakId);
    if (before.state !== 'open') {
      await requireOwnDecision(tx, actor, decided(before, 'proof.released'));
      return { released: true };
    }
    const facts = { difference: before.difference, asset: before.asset };
    const word = { action: 'break.release', subjectId: breakId, facts, reason: told, requestId } as const;
    const said = await say(tx, actor, word);
    if (said === 'sent_again') return { released: false };
    if (said === 'said_before')
      throw new DomainError('own_release', 'Somebody else has to release it as well.');
    const released = said === 'decided';
    if (released) {
      const data = { state: 'released' as const, releasedAt: new Date() };
      await tx.proofBreak.update({ where: { id: breakId }, data });
      await dueNow(tx, before.accountId);
    }
    await recordAudit(tx, actor, {
      action: released ? 'proof.released' : 'proof.release_asked',
      subject: 'proof_break',
      id: breakId,
      before: { state: before.state, difference: before.difference },
      after: { state: released ? 'released' : 'open' },
      reason: told,
    });
    return { released };
  });
}

function decided({ id, state }: { id: string; state: string }, act: string) {
  const ends = ['released', 'accepted', 'recovered', 'cured'];
  return { subject: 'proof_break' as const, id, status: state, act, ends };
}

/**
 * One person's word that balances which don't follow from each other are Fintoc's own numbering, and nothing that the
 * books could mend. The second person's ends the break.
 */
export async function acceptBreak(
  actor: OperatorActor,
  { breakId, reason, requestId }: { breakId: string; reason: string; requestId?: string },
): Promise<{ accepted: boolean }> {
  authorize(actor, 'proof:release');
  const told = reason.trim();
  if (told === '') throw new InvalidInputError({ reason: 'required' });
  return transaction(async (tx) => {
    const before = await lockBreak(tx, breakId);
    if (before.kind !== 'order')
      throw new DomainError('break_unfit', 'Only what Fintoc numbers can be accepted as it is.');
    if (before.state !== 'open' && before.state !== 'released') {
      await requireOwnDecision(tx, actor, decided(before, 'proof.accepted'));
      return { accepted: true };
    }
    const facts = { difference: before.difference, asset: before.asset };
    const word = { action: 'break.accept', subjectId: breakId, facts, reason: told, requestId } as const;
    const said = await say(tx, actor, word);
    if (said === 'sent_again') return { accepted: false };
    if (said === 'said_before')
      throw new DomainError('own_release', 'Somebody else has to accept it as well.');
    const accepted = said === 'decided';
    if (accepted) {
      const data = { state: 'accepted' as const, acceptedAt: new Date() };
      await tx.proofBreak.update({ where: { id: breakId }, data });
      await dueNow(tx, before.accountId);
    }
    await recordAudit(tx, actor, {
      action: accepted ? 'proof.accepted' : 'proof.accept_asked',
      subject: 'proof_break',
      id: breakId,
      before: { state: before.state, difference: before.difference },
      after: { state: accepted ? 'accepted' : before.state },
      reason: told,
    });
    return { accepted };
  });
}

/** Asks the account's rail for the transfer of a movement that the books lack, and takes it in. */
export async function recoverBreak(actor: Actor, { breakId }: { breakId: string }): Promise<void> {
  authorize(actor, 'proof:recover');
  const broken = await db().proofBreak.findUnique({ where: { id: breakId } });
  if (!broken) throw notFound('break', breakId);
  const wanted = broken.transferId ? [broken.transferId] : [];
  const moved = await asDomainError(() => recoverTransfers(wanted, railOf(broken.accountId)));
  await transaction(async (tx) => {
    await tx.proofBreak.update({ where: { id: breakId }, data: { triedAt: new Date() } });
    await dueNow(tx, broken.accountId);
    await recordAudit(tx, actor, {
      action: 'proof.recovered',
      subject: 'proof_break',
      id: breakId,
      after: { transferId: broken.transferId, moved },
    });
  });
}

/** Has an account looked at by the next free worker, instead of when it is due; or all of them. */
export async function proveNow(
  actor: Actor,
  { accountId }: { accountId?: string | undefined },
): Promise<void> {
  authorize(actor, 'proof:recover');
  await transaction((tx) => dueNow(tx, accountId));
}

async function dueNow(tx: Tx, accountId?: string): Promise<void> {
  await tx.proofState.updateMany({
    where: { ...(accountId && { accountId }) },
    data: { nextAt: new Date() },
  });
}

async function lockBreak(tx: Tx, id: string): Promise<ProofBreak> {
  await lockRow(tx, 'proof_breaks', id);
  const found = await tx.proofBreak.findUnique({ where: { id } });
  if (!found) throw notFound('break', id);
  return found;
}
