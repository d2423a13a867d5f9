import { type Actor, operatorOf } from '~/lib/actor';
import type { Tx } from '~/lib/db';
import { type Posting, postTransaction } from '~/lib/ledger/post';
import { tellLimits } from '~/lib/terms/told-limits';
import type { Adjustment } from '~/prisma/generated/client';

/** Posts a step of an adjustment, and tells of the limits that what it takes from a wallet reached. */
export async function postStep(
  tx: Tx,
  { id }: Pick<Adjustment, 'id'>,
  actor: Actor,
  step: 'hold' | 'posted' | 'release',
  posting: Pick<Posting, 'kind' | 'lines' | 'note' | 'guarded' | 'use' | 'givesBack'>,
): Promise<void> {
  await postTransaction(tx, {
    cause: { kind: 'adjustment', id, step },
    effectiveAt: new Date(),
    ...operatorOf(actor),
    ...posting,
  });
  // What comes in pays debts first: who posts that tells of it, once it has.
  if (posting.use?.direction === 'outbound') await tellLimits(tx, actor, posting.use);
}
