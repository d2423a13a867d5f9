import { listTransfers } from '~/lib/fintoc/gateway';
import type { FintocTransfer } from '~/lib/fintoc/translate';
import type { Unreadable } from '~/lib/fintoc/unreadable';
import type { Withdrawal } from '~/prisma/generated/client';

/** How far behind our clock Fintoc's may be when transfers are searched for by time. */
const MARGIN_MS = 10 * 60_000;
const PAGE = 100;

/** By withdrawal. What is in neither stands at Fintoc under no request of ours. */
export type Found = {
  standing: Map<string, FintocTransfer>;
  /** What can't be read and may be the transfer that is sought. */
  unsure: Map<string, Unreadable>;
};

/**
 * The transfers that earlier, unanswered submissions from one account made, by the mark that each carries: one reading
 * of what left the account since the first of them serves them all. Page by page, as long as `mayGoOn` says so.
 */
export async function searchAtFintoc(
  withdrawals: Withdrawal[],
  mayGoOn: () => Promise<boolean>,
): Promise<Found> {
  const found: Found = { standing: new Map(), unsure: new Map() };
  const [first] = withdrawals;
  if (!first) return found;
  const sought = new Set(withdrawals.map(({ id }) => id));
  const times = withdrawals.map(({ submittedAt, createdAt }) => (submittedAt ?? createdAt).getTime());
  const since = new Date(Math.min(...times) - MARGIN_MS).toISOString();
  const unreadable = (item: Unreadable) => {
    for (const id of sought) if (item.mayBear('withdrawal_id', id)) found.unsure.set(id, item);
  };
  let seen = 0;
  const filter = { account_id: first.accountId, direction: 'outbound', since };
  for await (const transfer of listTransfers(filter, unreadable)) {
    const id = transfer.metadata.withdrawal_id;
    if (typeof id === 'string' && sought.delete(id)) found.standing.set(id, transfer);
    seen += 1;
    if (sought.size === 0 || (seen % PAGE === 0 && !(await mayGoOn()))) break;
  }
  return found;
}
