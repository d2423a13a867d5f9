import { authorize, type Requester } from '~/lib/actor';
import { requestAdjustment } from '~/lib/adjustments/adjustments';
import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import type { Adjustment } from '~/prisma/generated/client';

/**
 * Asks for a posted adjustment to be taken back: the same amount the other way, as an adjustment of its own that names
 * it and waits for a second person. Throws `conflict` where it isn't posted, or where one takes it back already.
 */
export async function reverseAdjustment(
  actor: Requester,
  { adjustmentId, reason, requestId }: { adjustmentId: string; reason: string; requestId: string },
): Promise<Adjustment> {
  authorize(actor, 'adjustments:request');
  // What was asked for never changes: it may be read before anything is locked.
  const posted = await db().adjustment.findUnique({ where: { id: adjustmentId } });
  if (!posted) throw notFound('adjustment', adjustmentId);
  const { fromWalletId, toWalletId, accountId, asset, amount } = posted;
  return requestAdjustment(actor, {
    ...{ fromWalletId: toWalletId ?? undefined, toWalletId: fromWalletId ?? undefined },
    ...{ accountId: accountId ?? undefined, asset, amount, reason, requestId, reversalOfId: adjustmentId },
  });
}
