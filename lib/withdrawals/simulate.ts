import { type Actor, authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { asDomainError } from '~/lib/entities/entities';
import { DomainError, notFound } from '~/lib/errors';
import { madeUnder, once } from '~/lib/once';
import { mainRail, railOf } from '~/lib/rails/registry';

/** What the world may do to a payout that the rail has: not make it, or send it back. */
export type PayoutEnd = 'fail' | 'return';

type Simulation = { withdrawalId: string; end: PayoutEnd; requestId: string };

const ACTIONS = { fail: 'withdrawal.failure_simulated', return: 'withdrawal.return_simulated' } as const;

/**
 * At the local Fintoc only: has a payout fail, while it is on its way, or come back. The books follow when they are told.
 * Throws `conflict` as long as the rail has none of it, and `fintoc_refused` where it can't end so any more.
 */
export async function simulatePayoutEnd(
  actor: Actor,
  { requestId, ...content }: Simulation,
): Promise<{ id: string }> {
  authorize(actor, 'deposits:simulate');
  const { withdrawalId: id, end } = content;
  const withdrawal = await db().withdrawal.findUnique({ where: { id } });
  if (!withdrawal) throw notFound('withdrawal', id);
  const asked = { act: 'withdrawal.simulate', requestId, content } as const;
  if (await transaction((tx) => madeUnder(tx, actor, asked))) return { id };
  const { transferId, status } = withdrawal;
  if (transferId === null) throw new DomainError('conflict', 'The rail has none of it yet.', { status });
  const rehearsal = railOf(transferId).rehearsal();
  if (!rehearsal) throw new DomainError('test_mode_only', 'This rail ends payments by itself.');
  await asDomainError(() => rehearsal.end(transferId, end));
  const note = async (tx: Tx) => {
    await recordAudit(tx, actor, {
      action: ACTIONS[end],
      subject: 'withdrawal',
      id,
      walletId: withdrawal.walletId,
    });
    return { id };
  };
  return transaction((tx) =>
    once(
      tx,
      actor,
      asked,
      async () => ({ id }),
      () => note(tx),
    ),
  );
}

/** At the local Fintoc only: has its clock go forward, so that what waits for a time comes. Answers its time. */
export async function simulateTime(actor: Actor, { seconds }: { seconds: number }): Promise<{ now: Date }> {
  authorize(actor, 'deposits:simulate');
  const rehearsal = mainRail().rehearsal();
  if (!rehearsal) throw new DomainError('test_mode_only', 'This rail’s clock is the world’s.');
  const now = await asDomainError(() => rehearsal.pass(seconds));
  await transaction((tx) =>
    recordAudit(tx, actor, {
      action: 'fintoc.time_passed',
      subject: 'fintoc',
      id: 'time',
      after: { seconds },
    }),
  );
  return { now };
}
