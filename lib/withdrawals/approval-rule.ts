import { thresholdsOf } from '~/lib/approvals/rules';
import { payoutConditions } from '~/lib/approvals/versions';
import { db } from '~/lib/db';
import { isAskedByOne } from '~/lib/withdrawals/rule-facts';
import type { Withdrawal } from '~/prisma/generated/client';

/** What was asked for within so many hours counts together; a CLABE is new for as long after its first payment. */
export const DAY_HOURS = 24;

export type ApprovalRoom = {
  /** The amount from which a second person decides whoever is paid, after what was asked for today; null: never. */
  from: bigint | null;
  /** The same where the CLABE is new. */
  firstFrom: bigint | null;
};

/** What the form can say before anybody typed to whom. */
export async function approvalRoom(
  asked: Pick<Withdrawal, 'walletId' | 'requestedById' | 'asset'>,
): Promise<ApprovalRoom> {
  const { walletId, requestedById, asset } = asked;
  const [conditions, [row]] = await Promise.all([
    payoutConditions(),
    db().$queryRaw<{ requester: bigint; wallet: bigint }[]>`
      SELECT coalesce(sum(amount) FILTER (WHERE ${isAskedByOne(requestedById)}), 0)::bigint AS requester,
        coalesce(sum(amount) FILTER (WHERE wallet_id = ${walletId}::uuid), 0)::bigint AS wallet
      FROM withdrawals d
      WHERE (${isAskedByOne(requestedById)} OR d.wallet_id = ${walletId}::uuid) AND d.asset = ${asset}
        AND d.created_at > now() - make_interval(hours => ${DAY_HOURS})
        AND d.status NOT IN ('declined', 'cancelled', 'expired', 'failed', 'rejected')`,
  ]);
  const { requester, wallet } = row ?? { requester: 0n, wallet: 0n };
  const { amount: threshold, firstPayment: firstFrom } = thresholdsOf(conditions, asset);
  const spent = requester > wallet ? requester : wallet;
  const from = threshold === null ? null : threshold > spent ? threshold - spent : 0n;
  return { from, firstFrom };
}
