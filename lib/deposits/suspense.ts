import type { OperatorActor, Requester } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx } from '~/lib/db';
import { requireOwnDecision } from '~/lib/decisions';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { requireSeenAtFintoc } from '~/lib/gate/confirmed';
import type { Ceilings, Pool, Use } from '~/lib/ledger/ceilings';
import { suspense, walletAccount } from '~/lib/ledger/chart';
import { postTransaction } from '~/lib/ledger/post';
import { lockRow } from '~/lib/lock';
import { isAsset } from '~/lib/money';
import { poolOf } from '~/lib/terms/caps';
import { ceilingsIn, countedIn, hasRoomIn } from '~/lib/terms/limits';
import { tellLimits } from '~/lib/terms/told-limits';
import { repayDebt } from '~/lib/transfers/debts';
import { pair } from '~/lib/transfers/postings';
import type { AssetWallet } from '~/lib/wallets/asset-wallets';
import { takes } from '~/lib/wallets/frozen';
import { houseWallets } from '~/lib/wallets/house';
import type { Transfer } from '~/prisma/generated/client';

/** The first lock of everything that is done with a deposit; its wallet's comes after it. */
export async function lockTransfer(tx: Tx, id: string): Promise<Transfer> {
  await lockRow(tx, 'transfers', id);
  const transfer = await tx.transfer.findUnique({ where: { id } });
  if (!transfer) throw notFound('transfer', id);
  return transfer;
}

/**
 * Whether the money still stands in suspense. Not where this person credited it to this wallet before, as who does whose
 * answer was lost. Throws `already_decided` with who did something else with it, and when.
 */
export async function isStillSuspended(
  tx: Tx,
  actor: Requester,
  transfer: Transfer,
  walletId: string,
): Promise<boolean> {
  const { id, state, suspenseReason, returnRequestedAt } = transfer;
  const arrived = transfer.direction === 'inbound' ? 'succeeded' : 'returned';
  if (suspenseReason !== null && state === arrived && !returnRequestedAt) return true;
  const payout = await tx.withdrawal.findUnique({ where: { transferId: id }, select: { id: true } });
  await requireOwnDecision(tx, actor, {
    ...(payout
      ? { subject: 'withdrawal', id: payout.id, act: 'withdrawal.return_assigned', ends: [] }
      : { subject: 'transfer', id, act: 'deposit.assigned', ends: ['return_requested'] }),
    status: state,
    after: { walletId },
  });
  return false;
}

/** Whether a wallet pays from another Fintoc account than the money is in: it can't, until that is moved there. */
export function standsApart(
  transfer: Pick<Transfer, 'accountId'>,
  wallet: { accountId: string | null },
): boolean {
  return wallet.accountId !== null && wallet.accountId !== transfer.accountId;
}

/** Whether the money was sent to this very wallet: then nobody has to believe whoever credits it there. */
function isNamed(
  transfer: Pick<Transfer, 'walletId' | 'accountNumberId' | 'accountId' | 'direction'>,
  wallet: Pick<AssetWallet, 'id' | 'accountNumberId' | 'accountId' | 'pattern'>,
): boolean {
  if (transfer.walletId !== null) return transfer.walletId === wallet.id;
  if (transfer.direction !== 'inbound') return false;
  if (transfer.accountNumberId !== null && transfer.accountNumberId === wallet.accountNumberId) return true;
  return wallet.pattern !== 'A' && wallet.pattern !== null && wallet.accountId === transfer.accountId;
}

/** Why money waits that came from outside of limits, a wallet's or its portfolio's. */
const OUTSIDE = ['outside_limits', 'outside_portfolio_limits'];

/** Why a second person decides: it was sent to another wallet, or is outside of the limits of this one's terms. */
export type WhySecond = 'another' | 'limits';

/**
 * Why not one person alone may credit it to this wallet; null where one may. What came from outside of its limits waits for
 * two, whatever has been renewed of them since. A payout that came back is within them.
 */
export async function whySecond(
  transfer: Pick<
    Transfer,
    'walletId' | 'accountNumberId' | 'accountId' | 'direction' | 'suspenseReason' | 'amount'
  >,
  wallet: Pick<
    AssetWallet,
    'id' | 'kind' | 'asset' | 'rail' | 'termsId' | 'portfolioId' | 'accountNumberId' | 'accountId' | 'pattern'
  >,
  client: Tx = db(),
): Promise<WhySecond | null> {
  if (!isNamed(transfer, wallet)) return 'another';
  if (wallet.kind !== 'customer' || transfer.direction !== 'inbound') return null;
  if (OUTSIDE.includes(transfer.suspenseReason ?? '')) return 'limits';
  const terms = await client.walletTerms.findUniqueOrThrow({ where: { id: wallet.termsId } });
  return (await hasRoomIn(client, wallet, terms, transfer.amount)) ? null : 'limits';
}

/** What stands in the way of crediting the money to this wallet. */
export function requireAssignable(
  transfer: Transfer,
  wallet: AssetWallet,
  acceptsOtherAccount: boolean | undefined,
): void {
  if (!takes(wallet))
    throw new DomainError('wallet_not_open', `The wallet is ${wallet.status}.`, { status: wallet.status });
  if (standsApart(transfer, wallet) && !acceptsOtherAccount)
    throw new InvalidInputError({ acceptsOtherAccount: 'other_account' });
}

/**
 * Credits what stands in suspense to a wallet; both are locked. Throws `credit_unconfirmed`, and where one person does it
 * alone `limit_reached` and `portfolio_limit_reached`.
 */
export async function creditSuspended(
  tx: Tx,
  actor: OperatorActor,
  transfer: Transfer,
  wallet: AssetWallet,
  { reason, alone }: { reason: string; alone: boolean },
): Promise<Transfer> {
  // The gate follows it on to the wallet, but looks in the wallet's own account alone, and in all for the house.
  if (wallet.kind !== 'house' && wallet.accountId !== transfer.accountId)
    await requireSeenAtFintoc(tx, transfer.id);
  const available = walletAccount(wallet, 'available');
  const payout = await returnedPayout(tx, transfer);
  const cause = { kind: 'transfer', id: transfer.id, step: 'assign' } as const;
  const counted =
    payout || wallet.kind !== 'customer' ? null : await usedBy(tx, wallet, transfer.amount, alone);
  await postTransaction(tx, {
    cause,
    kind: payout ? 'withdrawal_return' : 'deposit',
    effectiveAt: new Date(),
    transferId: transfer.id,
    ...(payout && {
      withdrawalId: payout.id,
      givesBack: { kind: 'withdrawal', id: payout.id, step: 'hold' },
    }),
    ...(counted && { use: counted.use }),
    operatorId: actor.id,
    note: reason,
    lines: [
      ...pair(suspense(transfer.asset), available, transfer.amount),
      ...(payout && payout.refund > 0n
        ? pair(walletAccount(payout.fees, 'available'), available, payout.refund, 'withdrawal_fee')
        : []),
    ],
  });
  const credited = transfer.amount + (payout?.refund ?? 0n);
  const facts = { cause, transferId: transfer.id, operatorId: actor.id };
  const net = credited - (await repayDebt(tx, wallet, credited, facts));
  if (counted) await tellLimits(tx, actor, counted.use, { net, ...counted.toldOf });
  const after = await tx.transfer.update({
    where: { id: transfer.id },
    data: { walletId: wallet.id, suspenseReason: null, suspenseSince: null },
  });
  await recordAudit(tx, actor, {
    ...(payout
      ? { action: 'withdrawal.return_assigned', subject: 'withdrawal', id: payout.id }
      : { action: 'deposit.assigned', subject: 'transfer', id: transfer.id }),
    before: { walletId: transfer.walletId, suspenseReason: transfer.suspenseReason },
    after: {
      walletId: wallet.id,
      ...(standsApart(transfer, wallet) && {
        acceptsOtherAccount: true,
        standsInAccountId: transfer.accountId,
        paysFromAccountId: wallet.accountId,
      }),
    },
    reason,
  });
  return after;
}

/** What two people decided counts, whatever is left of the limits, which are told with it. One alone keeps to them. */
async function usedBy(
  tx: Tx,
  wallet: AssetWallet,
  amount: bigint,
  alone: boolean,
): Promise<{ use: Use; toldOf: { ceilings: Ceilings; pool?: Pool } }> {
  const terms = await tx.walletTerms.findUniqueOrThrow({ where: { id: wallet.termsId } });
  const ceilings = ceilingsIn(terms);
  const use = countedIn(wallet, amount);
  const toldOf = { ceilings, ...(await poolOf(tx, wallet, 'inbound')) };
  return { use: alone ? { ...use, ...toldOf } : use, toldOf };
}

/** The withdrawal whose payment came back, and what of its fee goes back with it by the terms that it was paid under. */
async function returnedPayout(tx: Tx, { id, asset }: Transfer) {
  const withdrawal = await tx.withdrawal.findUnique({
    where: { transferId: id },
    select: { id: true, feeAmount: true, walletId: true },
  });
  if (!withdrawal || !isAsset(asset)) return null;
  const { id: withdrawalId, feeAmount, walletId } = withdrawal;
  const { terms } = await tx.walletAsset.findUniqueOrThrow({
    where: { walletId_asset: { walletId, asset } },
    select: { terms: { select: { refundFeeOnReturn: true } } },
  });
  const { fees } = await houseWallets(tx, asset);
  return { id: withdrawalId, refund: terms.refundFeeOnReturn ? feeAmount : 0n, fees };
}
