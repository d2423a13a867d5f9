import { db } from '~/lib/db';
import type { Approval } from '~/prisma/generated/client';

/** What a noun does where nobody decided in time: it looks again under its own lock, and ends what still waits. */
export type Expire = (approval: Approval) => Promise<void> | undefined;

/** Ends what nobody decided on in time. Answers how many were due. */
export async function expireDue(expire: Expire, limit = 50): Promise<number> {
  const due = await db().approval.findMany({
    where: { state: 'waiting', expiresAt: { lt: new Date() } },
    orderBy: { expiresAt: 'asc' },
    take: limit,
  });
  for (const approval of due) await expire(approval);
  return due.length;
}
