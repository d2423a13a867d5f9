import { db, type Tx } from '~/lib/db';
import { isAbsentSince } from '~/lib/gate/absence';
import type { Unreadable } from '~/lib/rails/failures';
import type { RailTransfer } from '~/lib/rails/rail-says';
import { railOf } from '~/lib/rails/registry';
import type { Withdrawal } from '~/prisma/generated/client';

/** How far a rail's clock may be from ours when transfers are searched for by time: reading a day more costs nothing. */
const MARGIN_MS = 24 * 3_600_000;
const PAGE = 100;

/** By withdrawal. What is in neither stands at Fintoc under no request of ours. */
export type Found = {
  standing: Map<string, RailTransfer>;
  /** What can't be read and may be the transfer that is sought. */
  unsure: Map<string, Unreadable>;
};

/**
 * The transfers that earlier submissions from one account made, by the mark that each carries: one reading of what left
 * the account since the first of them serves them all. Page by page, as long as `mayGoOn` says so. That nothing was
 * found is written down with the withdrawal.
 */
export async function searchAtRail(
  withdrawals: Withdrawal[],
  mayGoOn: () => Promise<boolean>,
): Promise<Found> {
  const found: Found = { standing: new Map(), unsure: new Map() };
  const [first] = withdrawals;
  if (!first) return found;
  const sought = new Set(withdrawals.map(({ id }) => id));
  const times = withdrawals.map(({ submittedAt, createdAt }) => (submittedAt ?? createdAt).getTime());
  const since = new Date(Math.min(...times) - MARGIN_MS);
  const unreadable = (item: Unreadable) => {
    for (const id of sought) if (item.mayBeOf(id)) found.unsure.set(id, item);
  };
  const askedAt = new Date();
  let seen = 0;
  let isWhole = true;
  const { accountId } = first;
  for await (const transfer of railOf(accountId).findSent(accountId, since, unreadable)) {
    const id = transfer.marks.withdrawalId;
    // What was made from another account, or of another amount, is no withdrawal's payment: the inbox says so.
    if (id !== null && sought.delete(id)) found.standing.set(id, transfer);
    seen += 1;
    if (sought.size === 0) break;
    if (seen % PAGE === 0 && !(await mayGoOn())) {
      isWhole = false;
      break;
    }
  }
  const absent = [...sought].filter((id) => !found.unsure.has(id));
  if (isWhole && absent.length > 0) {
    await db().withdrawal.updateMany({
      where: { id: { in: absent } },
      data: { searchedAt: askedAt, searchedSince: since, searchedCount: seen },
    });
  }
  return found;
}

/** Whether nothing stands at Fintoc of the requests that got no answer, for long enough to be sure. */
export async function isAbsent(tx: Tx, { sentAt, searchedAt, ...withdrawal }: Withdrawal): Promise<boolean> {
  if (!sentAt || !searchedAt) return false;
  return isAbsentSince(tx, { ...withdrawal, sentAt, askedAt: searchedAt });
}

/**
 * Whether somebody said that it was not paid, and it waits for a second person. Sent again meanwhile, it would never be
 * absent for long enough: it is searched for alone.
 */
export async function isBeingEnded(tx: Tx, withdrawalId: string): Promise<boolean> {
  const waiting = { action: 'withdrawal.end', subjectId: withdrawalId, state: 'waiting' } as const;
  return (await tx.approval.count({ where: waiting })) > 0;
}
