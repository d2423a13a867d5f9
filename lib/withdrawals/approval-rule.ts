import { rulesInForce } from '~/lib/approvals/rule-in-force';
import { type Judgement, judge, needsOfRules, thresholdsOf } from '~/lib/approvals/rules';
import { payoutConditions } from '~/lib/approvals/versions';
import { db, type Tx } from '~/lib/db';
import { isAskedByOne, type Paying, payoutFacts } from '~/lib/withdrawals/rule-facts';
import { Prisma, type Withdrawal } from '~/prisma/generated/client';

/** What was asked for within so many hours counts together; a CLABE is new for as long after its first payment. */
export const DAY_HOURS = 24;

const ACTION = 'withdrawal.pay';

/**
 * What the rules make of a withdrawal (lib/approvals/rules). The wallet is locked already; the requester, the CLABE and
 * where a rule counts it the customer are from here on, so that of two requests at once the second one counts the first.
 */
export async function judgePayout(tx: Tx, paying: Paying, amount: bigint): Promise<Judgement> {
  const rules = await rulesInForce(tx, ACTION);
  const needs = needsOfRules(rules, paying.asset);
  await lockSums(
    tx,
    paying,
    needs.sums.some((key) => key.startsWith('customer')),
  );
  return judge(rules, await payoutFacts(tx, paying, amount, needs));
}

/**
 * Who asks, with those behind a key, before CLABEs before customers, always, as a list of columns is worked off: two
 * requests that meet on more than one never wait in a ring.
 */
async function lockSums(tx: Tx, paying: Paying, isOfCustomer: boolean): Promise<void> {
  const { requestedById, destinationKind, destination, wallet } = paying;
  const lock = (what: string, of: string) =>
    Prisma.sql`pg_advisory_xact_lock(hashtext(${`monedero.asked.${what}`}), hashtext(${of})) IS NULL`;
  const locks = [
    Prisma.sql`lock_asker(${requestedById}::uuid) IS NULL`,
    lock('to', `${destinationKind} ${destination}`),
    ...(isOfCustomer && wallet.customerId ? [lock('of', wallet.customerId)] : []),
  ];
  await tx.$queryRaw`SELECT ${Prisma.join(locks)}`;
}

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
