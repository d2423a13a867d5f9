import type { Reader } from '~/lib/people/sight';
import { type ApprovalFacts, approvalFacts } from '~/lib/withdrawals/approval-facts';
import { type WithdrawalRow, withdrawalRows } from '~/lib/withdrawals/read';
import { approvalEnds } from '~/lib/withdrawals/waiting';

/** A withdrawal that waits for a second person, with all that this person has to know. */
export type Awaiting = WithdrawalRow & ApprovalFacts & { endsAt: Date };

/** Of these withdrawals all that a decision on each is about, in any order. */
export async function awaitingRows(reader: Reader, ids: readonly string[]): Promise<Awaiting[]> {
  const [rows, facts] = await Promise.all([withdrawalRows(reader, ids), approvalFacts(reader, ids)]);
  return rows.flatMap((row) => {
    const own = facts.get(row.id);
    return own ? [{ ...row, ...own, endsAt: approvalEnds(row) }] : [];
  });
}
