import { authorize, type OperatorActor, type Requester } from '~/lib/actor';
import type { Judgement } from '~/lib/approvals/rules';
import { requireMovable } from '~/lib/assets';
import { partsOfAmount, partsRequestId } from '~/lib/batches/parts';
import { type Tx, transaction } from '~/lib/db';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { walletBalances } from '~/lib/ledger/balances';
import { limitReached, type Standing, type Use } from '~/lib/ledger/ceilings';
import { wasAsked } from '~/lib/once';
import { operatorNames } from '~/lib/people/operator-names';
import { railOf } from '~/lib/rails/registry';
import { poolOut } from '~/lib/terms/caps';
import { feeOf, withdrawalFee } from '~/lib/terms/fees';
import { ceilingsOut, zoneOf } from '~/lib/terms/limits';
import { isUuid } from '~/lib/uuid';
import { type AssetWallet, HELD, lockInAsset } from '~/lib/wallets/asset-wallets';
import { judgePayout } from '~/lib/withdrawals/approval-rule';
import {
  checkedBeneficiary,
  checkPayment,
  checkWallet,
  type Destination,
  MOST_TWINS,
  type NewWithdrawal,
  twinsOf,
} from '~/lib/withdrawals/checks';
import { checkKeyLimit } from '~/lib/withdrawals/key-limits';
import { checkedRetry } from '~/lib/withdrawals/retries';

export type WithdrawalPlan = Destination & {
  wallet: AssetWallet;
  /** The account that pays. */
  accountId: string;
  beneficiaryBank: string | null;
  beneficiaryName: string | null;
  beneficiaryTaxId: string | null;
  comment: string | null;
  referenceId: string | null;
  /** Of name and concept, what the bank prints. */
  printedName: string | null;
  printedComment: string | null;
  feeAmount: bigint;
  /** What the posting checks once more, and how the limits stand before it. */
  limits: Pick<Use, 'ceilings' | 'timeZone' | 'pool'> & { standing: Standing[] };
  /** The one that ended without paying and that this one takes the place of. */
  retryOfId: string | null;
  /** Whether and why somebody else decides. */
  judgement: Judgement;
};

/** What a withdrawal would be, under its wallet's lock, with everything checked that can be known. Throws a refusal. */
export async function planWithdrawal(
  tx: Tx,
  actor: Requester,
  input: NewWithdrawal,
): Promise<WithdrawalPlan> {
  const wallet = await lockInAsset(tx, input.walletId, input.asset ?? (await paidOutOf(tx, input.walletId)));
  const terms = await tx.walletTerms.findUniqueOrThrow({ where: { id: wallet.termsId } });
  const accountId = checkWallet(wallet, terms);
  const retryOfId = await checkedRetry(tx, input);
  const rail = railOf(accountId);
  const { bank, name, taxId, ...written } = checkedBeneficiary(rail, wallet.asset, input);
  await requireMovable(tx, wallet.asset, input.amount);
  const standing = await checkPayment(tx, wallet, terms, input, written);
  const { asset } = wallet;
  const paying = { wallet, asset, requestedById: actor.id, beneficiaryName: name, ...written };
  const { amount: whole, judgement: judged } = input.whole ?? { amount: input.amount };
  const judgement = judged ?? (await judgePayout(tx, paying, whole));
  await checkKeyLimit(tx, actor, asset, input.amount);
  return {
    wallet,
    accountId,
    beneficiaryBank: bank,
    beneficiaryName: name,
    beneficiaryTaxId: taxId,
    ...written,
    retryOfId,
    // The house pays itself no fee.
    feeAmount: input.fee ?? (wallet.kind === 'customer' ? feeOf(withdrawalFee(terms), input.amount) : 0n),
    limits: {
      ...{ ceilings: ceilingsOut(terms), timeZone: zoneOf(wallet), standing },
      ...(await poolOut(tx, wallet, { amount: input.amount, timeZone: zoneOf(wallet) })),
    },
    judgement,
  };
}

/** The asset of a wallet that has one on a rail, or one at all. Throws `invalid` where somebody has to say which. */
async function paidOutOf(tx: Tx, walletId: string): Promise<string> {
  if (!isUuid(walletId)) throw notFound('wallet', walletId);
  const held = await tx.walletAsset.findMany({
    where: { walletId, ...HELD },
    select: { asset: true, rail: true },
  });
  const onRails = held.filter(({ rail }) => rail !== null);
  const [only, another] = onRails.length > 0 ? onRails : held;
  if (!only) throw notFound('wallet', walletId);
  if (another) throw new InvalidInputError({ asset: 'required' });
  return only.asset;
}

/** The same payment, asked for before; `by` is who asked for it. */
export type Twin = { id: string; createdAt: Date; status: string; by: string | null };

/** What would leave, as it would be written down. Amounts in the asset's smallest unit. */
export type WithdrawalLook = Pick<
  WithdrawalPlan,
  'destinationKind' | 'destination' | 'beneficiaryBank' | 'beneficiaryName' | 'feeAmount'
> & {
  amount: bigint;
  asset: string;
  /** What the wallet would still have. */
  left: bigint;
  /** In so many payments it leaves: more than one where its network carries less at once. */
  parts: number;
  needsApproval: boolean;
  /** The same asked for within a day, the latest first. */
  twins: Twin[];
};

/**
 * What somebody has to look at before a withdrawal leaves; null when nobody has: a second person will, or it was asked
 * for already. Throws what the request would; it says how things are now, and the request itself looks again.
 */
export async function lookAtWithdrawal(
  actor: OperatorActor,
  input: NewWithdrawal,
): Promise<WithdrawalLook | null> {
  authorize(actor, 'withdrawals:request');
  return transaction(async (tx) => {
    const { requestId } = input;
    if ((await wasAsked(tx, requestId)) || (await wasAsked(tx, partsRequestId(requestId)))) return null;
    const { amount } = input;
    const planned = await planWithdrawal(tx, actor, input);
    const { wallet, judgement, ...plan } = planned;
    const { destinationKind, destination } = plan;
    const { id: walletId, asset } = wallet;
    const cut = requiredParts(planned, amount);
    const twins = await twinsOf(tx, { walletId, asset, destinationKind, destination, amount }, cut);
    const parts = cut.length;
    const needsApproval = judgement.why !== null || parts > 1;
    if (needsApproval && twins.length === 0 && parts === 1) return null;
    const { available } = (await walletBalances([walletId]))(walletId, asset);
    const left = available - amount - plan.feeAmount;
    if (left < 0n && wallet.kind === 'customer')
      throw new DomainError('insufficient_funds', 'The wallet has less than amount and fee.');
    const { beneficiaryBank, beneficiaryName, feeAmount } = plan;
    return {
      ...{
        destinationKind,
        destination,
        beneficiaryBank,
        beneficiaryName,
        feeAmount,
        amount,
        left,
        needsApproval,
      },
      asset: wallet.asset,
      parts,
      twins: await named(tx, twins),
    };
  });
}

/** The payments that a payout leaves in. Throws `limit_reached` where so many are more than the terms let leave in a time. */
export function requiredParts({ accountId, wallet, limits }: WithdrawalPlan, amount: bigint): bigint[] {
  const parts = partsAtOnce(accountId, wallet.asset, amount) ?? [amount];
  const count = BigInt(parts.length);
  const over = limits.standing.find(
    ({ name, used, ceiling }) => name.endsWith('Count') && used + count > ceiling,
  );
  if (over) throw limitReached('outbound', wallet.asset, over);
  return parts;
}

/** The payments that an amount leaves in; null where it leaves in one. Throws `invalid` where they would be too many. */
export function partsAtOnce(accountId: string, asset: string, amount: bigint): bigint[] | null {
  const most = railOf(accountId).facts().payouts[asset]?.most ?? null;
  if (most === null || amount <= most) return null;
  const parts = partsOfAmount(amount, most);
  if (parts === null) throw new InvalidInputError({ amount: 'amount_too_large' });
  return parts;
}

async function named(tx: Tx, twins: Awaited<ReturnType<typeof twinsOf>>): Promise<Twin[]> {
  // Of what left in parts, the latest stands for all of them.
  const shown = twins
    .filter(
      ({ batchId }, nth) => batchId === null || twins.findIndex((each) => each.batchId === batchId) === nth,
    )
    .slice(0, MOST_TWINS);
  const names = await operatorNames(
    shown.map(({ requestedById }) => requestedById),
    tx,
  );
  return shown.map(({ id, createdAt, status, requestedById }) => ({
    ...{ id, createdAt, status },
    by: names.get(requestedById) ?? null,
  }));
}
