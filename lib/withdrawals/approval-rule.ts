import { db, type Tx } from '~/lib/db';
import { approvalThreshold, firstPaymentThreshold } from '~/lib/settings';
import type { ApprovalReason } from '~/prisma/generated/enums';

/** What was asked for within so many hours counts together; a CLABE is new for as long after its first payment. */
export const DAY_HOURS = 24;

export type WhyApproval = ApprovalReason;

type Asked = { walletId: string; requestedById: string; beneficiaryNumber: string; asset: string };

/**
 * Why a withdrawal needs a second person; null: it doesn't. By its own amount, by what the same person, the same
 * wallet or the same CLABE was asked for within a day with it, and by less where the CLABE is new. The wallet is
 * locked already; the requester and the CLABE are from here on, so that of two requests at once the second one counts
 * the first.
 */
export async function approvalReason(tx: Tx, asked: Asked, amount: bigint): Promise<ApprovalReason | null> {
  await lockSums(tx, asked);
  const threshold = await approvalThreshold(asked.asset, tx);
  const first = await firstPaymentThreshold(asked.asset, tx);
  if (reaches(threshold, amount)) return 'amount';
  if (threshold === null && first === null) return null;
  const sums = await askedWithinDay(tx, asked);
  if (reaches(first, sums.beneficiary + amount) && (await isNewBeneficiary(tx, asked.beneficiaryNumber)))
    return 'first_payment';
  if (reaches(threshold, sums.beneficiary + amount)) return 'beneficiary_day';
  if (reaches(threshold, sums.wallet + amount)) return 'wallet_day';
  return reaches(threshold, sums.requester + amount) ? 'requester_day' : null;
}

function reaches(threshold: bigint | null, amount: bigint): boolean {
  return threshold !== null && amount >= threshold;
}

/** People before CLABEs, always: two requests that meet on both never wait for each other in a ring. */
async function lockSums(tx: Tx, { requestedById, beneficiaryNumber }: Asked): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtext('monedero.asked.by'), hashtext(${requestedById}))`;
  await tx.$queryRaw`
    SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtext('monedero.asked.to'), hashtext(${beneficiaryNumber}))`;
}

export type DaySums = { requester: bigint; wallet: bigint; beneficiary: bigint };

/** What was asked for within a day and has not ended without a payment, in the asset's smallest unit. */
export async function askedWithinDay(tx: Tx, asked: Asked): Promise<DaySums> {
  const { walletId, requestedById, beneficiaryNumber, asset } = asked;
  const [row] = await tx.$queryRaw<DaySums[]>`
    WITH counted AS (
      SELECT d.wallet_id, d.requested_by_id, d.beneficiary_number, d.amount FROM withdrawals d
      WHERE (d.requested_by_id = ${requestedById}::uuid OR d.wallet_id = ${walletId}::uuid
          OR d.beneficiary_number = ${beneficiaryNumber})
        AND d.asset = ${asset} AND d.created_at > now() - make_interval(hours => ${DAY_HOURS})
        AND d.status NOT IN ('declined', 'cancelled', 'expired', 'failed', 'rejected'))
    SELECT
      coalesce(sum(amount) FILTER (WHERE requested_by_id = ${requestedById}::uuid), 0)::bigint AS requester,
      coalesce(sum(amount) FILTER (WHERE wallet_id = ${walletId}::uuid), 0)::bigint AS wallet,
      coalesce(sum(amount) FILTER (WHERE beneficiary_number = ${beneficiaryNumber}), 0)::bigint AS beneficiary
    FROM counted`;
  if (!row) throw new Error('A sum answers one row.');
  return row;
}

/** Never paid, or for the first time within the last day: a centavo first makes nobody known. */
async function isNewBeneficiary(tx: Tx, number: string): Promise<boolean> {
  const createdAt = { lt: new Date(Date.now() - DAY_HOURS * 3_600_000) };
  const paid = await tx.withdrawal.findFirst({
    where: { beneficiaryNumber: number, status: 'succeeded', createdAt },
    select: { id: true },
  });
  return paid === null;
}

export type ApprovalRoom = {
  /** The amount from which a second person decides whoever is paid, after what was asked for today; null: never. */
  from: bigint | null;
  /** The same where the CLABE is new. */
  firstFrom: bigint | null;
};

/** What the form can say before anybody typed to whom. */
export async function approvalRoom(asked: Omit<Asked, 'beneficiaryNumber'>): Promise<ApprovalRoom> {
  const [threshold, firstFrom, { requester, wallet }] = await Promise.all([
    approvalThreshold(asked.asset),
    firstPaymentThreshold(asked.asset),
    askedWithinDay(db(), { ...asked, beneficiaryNumber: '' }),
  ]);
  const spent = requester > wallet ? requester : wallet;
  const from = threshold === null ? null : threshold > spent ? threshold - spent : 0n;
  return { from, firstFrom };
}
