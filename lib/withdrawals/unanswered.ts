import { db, type Tx } from '~/lib/db';
import type { Unreadable } from '~/lib/rails/failures';
import type { RailTransfer } from '~/lib/rails/rail';
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

/** A request that is on its way somewhere arrives within minutes, or never. */
export const ABSENCE_PROVES_MS = 15 * 60_000;
/** What was read of the account's movements must be of later than this after the request. */
const MOVEMENTS_AFTER_MS = 5 * 60_000;

/**
 * Whether nothing stands at Fintoc of the requests that got no answer, for long enough to be sure: the search found none
 * under the mark after a quarter of an hour, and the account's movements, read since, show no payment of the amount that
 * isn't another's.
 */
export async function isAbsent(tx: Tx, withdrawal: Withdrawal): Promise<boolean> {
  const { sentAt, searchedAt, accountId, amount } = withdrawal;
  if (!sentAt || !searchedAt) return false;
  if (searchedAt.getTime() - sentAt.getTime() < ABSENCE_PROVES_MS) return false;
  const [row] = await tx.$queryRaw<{ absent: boolean }[]>`
    SELECT s.read_at > ${new Date(sentAt.getTime() + MOVEMENTS_AFTER_MS)}
      AND NOT EXISTS (
        SELECT 1 FROM proof_movements m
        WHERE m.account_id = s.account_id AND m.matched_at IS NULL AND m.direction = 'outbound' AND m.amount = ${amount})
      AND NOT EXISTS (
        SELECT 1 FROM proof_breaks b JOIN transfers f ON f.id = b.transfer_id
        WHERE b.account_id = s.account_id AND b.kind = 'unexplained_payout' AND b.state <> 'cured' AND f.amount = ${amount})
      AS absent
    FROM proof_states s WHERE s.account_id = ${accountId}`;
  return row?.absent === true;
}

/**
 * Whether somebody said that it was not paid, and it waits for a second person. Sent again meanwhile, it would never be
 * absent for long enough: it is searched for alone.
 */
export async function isBeingEnded(tx: Tx, withdrawalId: string): Promise<boolean> {
  const waiting = { action: 'withdrawal.end', subjectId: withdrawalId, state: 'waiting' } as const;
  return (await tx.approval.count({ where: waiting })) > 0;
}
