import type { Tx } from '~/lib/db';

/** A request that is on its way somewhere arrives within minutes, or never. */
export const ABSENCE_PROVES_MS = 15 * 60_000;
/** What was read of the account's movements must be of later than this after the request. */
const MOVEMENTS_AFTER_MS = 5 * 60_000;

type Unanswered = {
  accountId: string;
  amount: bigint;
  sentAt: Date;
  /** When its rail was last asked, and knew of nothing that came of it. */
  askedAt: Date;
};

/**
 * Whether nothing came of a request without an answer, for long enough to be sure: its rail knew of nothing a quarter
 * of an hour later, and the account's movements, read since, show no payment of the amount that isn't another's.
 */
export async function isAbsentSince(tx: Tx, request: Unanswered): Promise<boolean> {
  const { accountId, amount, sentAt, askedAt } = request;
  if (askedAt.getTime() - sentAt.getTime() < ABSENCE_PROVES_MS) return false;
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
