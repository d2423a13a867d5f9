import { type DaySums, thresholdsOf, type WhyApproval, whyPayoutWaits } from '~/lib/approvals/rules';
import { payoutConditions } from '~/lib/approvals/versions';
import { db, type Tx } from '~/lib/db';
import { Prisma, type Withdrawal } from '~/prisma/generated/client';

/** What was asked for within so many hours counts together; a CLABE is new for as long after its first payment. */
export const DAY_HOURS = 24;

type Asked = Pick<Withdrawal, 'walletId' | 'requestedById' | 'destinationKind' | 'destination' | 'asset'>;

/**
 * Why a withdrawal needs a second person; null: it doesn't (lib/approvals/rules). The wallet is locked already; the
 * requester and the CLABE are from here on, so that of two requests at once the second one counts the first.
 */
export async function approvalReason(tx: Tx, asked: Asked, amount: bigint): Promise<WhyApproval | null> {
  await lockSums(tx, asked);
  const thresholds = thresholdsOf(await payoutConditions(tx), asked.asset);
  const { isNewBeneficiary, ...sums } = await askedWithinDay(tx, asked, isTo(asked));
  return whyPayoutWaits(thresholds, { amount, sums, isNewBeneficiary });
}

/** People before CLABEs, always: two requests that meet on both never wait for each other in a ring. */
async function lockSums(tx: Tx, { requestedById, destinationKind, destination }: Asked): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtext('monedero.asked.by'), hashtext(${requestedById}))`;
  await tx.$queryRaw`
    SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtext('monedero.asked.to'), hashtext(${`${destinationKind} ${destination}`}))`;
}

/** Whether a withdrawal `d` goes there. */
function isTo({ destinationKind, destination }: Asked): Prisma.Sql {
  return Prisma.sql`(d.destination = ${destination} AND d.destination_kind = ${destinationKind}::destination_kind)`;
}

/** What was asked for within a day, and whether the destination `to` was never paid before that day. */
async function askedWithinDay(
  tx: Tx,
  asked: Omit<Asked, 'destinationKind' | 'destination'>,
  to: Prisma.Sql,
): Promise<DaySums & { isNewBeneficiary: boolean }> {
  const { walletId, requestedById, asset } = asked;
  const [row] = await tx.$queryRaw<(DaySums & { isNewBeneficiary: boolean })[]>`
    WITH counted AS (
      SELECT d.wallet_id, d.requested_by_id, ${to} AS is_to, d.amount FROM withdrawals d
      WHERE (d.requested_by_id = ${requestedById}::uuid OR d.wallet_id = ${walletId}::uuid
          OR ${to})
        AND d.asset = ${asset} AND d.created_at > now() - make_interval(hours => ${DAY_HOURS})
        AND d.status NOT IN ('declined', 'cancelled', 'expired', 'failed', 'rejected'))
    SELECT
      coalesce(sum(amount) FILTER (WHERE requested_by_id = ${requestedById}::uuid), 0)::bigint AS requester,
      coalesce(sum(amount) FILTER (WHERE wallet_id = ${walletId}::uuid), 0)::bigint AS wallet,
      coalesce(sum(amount) FILTER (WHERE is_to), 0)::bigint AS beneficiary,
      NOT EXISTS (SELECT FROM withdrawals d WHERE ${to} AND d.status = 'succeeded'
        AND d.created_at < now() - make_interval(hours => ${DAY_HOURS})) AS "isNewBeneficiary"
    FROM counted`;
  if (!row) throw new Error('A sum answers one row.');
  return row;
}

export type ApprovalRoom = {
  /** The amount from which a second person decides whoever is paid, after what was asked for today; null: never. */
  from: bigint | null;
  /** The same where the CLABE is new. */
  firstFrom: bigint | null;
};

/** What the form can say before anybody typed to whom. */
export async function approvalRoom(
  asked: Omit<Asked, 'destinationKind' | 'destination'>,
): Promise<ApprovalRoom> {
  const [conditions, { requester, wallet }] = await Promise.all([
    payoutConditions(),
    askedWithinDay(db(), asked, Prisma.sql`false`),
  ]);
  const { amount: threshold, firstPayment: firstFrom } = thresholdsOf(conditions, asked.asset);
  const spent = requester > wallet ? requester : wallet;
  const from = threshold === null ? null : threshold > spent ? threshold - spent : 0n;
  return { from, firstFrom };
}
