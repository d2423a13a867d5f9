import type { Tx } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { lockRow } from '~/lib/lock';

/** Throws `conflict` unless it is posted and nothing takes it back yet. Of two who ask at once the second waits. */
export async function requireReversible(tx: Tx, id: string): Promise<void> {
  await lockRow(tx, 'adjustments', id);
  const { status, exchangeId, reversals } = await tx.adjustment.findUniqueOrThrow({
    where: { id },
    select: {
      status: true,
      exchangeId: true,
      reversals: { where: { status: { in: ['awaiting_approval', 'posted'] } }, select: { id: true } },
    },
  });
  if (status !== 'posted') throw new DomainError('conflict', `It is ${status}.`, { status });
  // What was exchanged goes back by another exchange, at the rate of that day.
  if (exchangeId) throw new DomainError('conflict', 'It is one leg of an exchange.', { status });
  if (reversals.length > 0) throw new DomainError('conflict', 'It is being taken back.', { status });
}
