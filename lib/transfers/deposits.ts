import { type Actor, authorize, type OperatorActor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { asDomainError } from '~/lib/entities';
import { fintocMode } from '~/lib/env';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { isRefusal } from '~/lib/fintoc/answers';
import { getTransfer, simulateDeposit as simulateAtFintoc } from '~/lib/fintoc/gateway';
import { createOnce } from '~/lib/fintoc/requests';
import { toTransfer } from '~/lib/fintoc/translate';
import { houseWallets } from '~/lib/house';
import { suspense, walletAccount } from '~/lib/ledger/chart';
import { postTransaction } from '~/lib/ledger/post';
import { log } from '~/lib/log';
import { isAsset } from '~/lib/money';
import { applySightings } from '~/lib/transfers/apply';
import { pair } from '~/lib/transfers/postings';
import { lockWallet } from '~/lib/wallets';
import type { Transfer } from '~/prisma/generated/client';

export const RETURN_WINDOW_DAYS = 90;

export type Assignment = {
  transferId: string;
  walletId: string;
  reason: string;
  /** Needed where the money stands in another Fintoc account than the one that the wallet pays from. */
  acceptsOtherAccount?: boolean | undefined;
};

/** Credits money that stands in suspense to the wallet that it turned out to be for: a deposit, or a payout that came back. */
export async function assignDeposit(actor: OperatorActor, input: Assignment) {
  authorize(actor, 'deposits:resolve');
  return transaction(async (tx) => {
    const transfer = await lockSuspended(tx, input.transferId);
    const wallet = await lockWallet(tx, input.walletId);
    if (wallet.status !== 'open')
      throw new DomainError('wallet_not_open', `The wallet is ${wallet.status}.`, { status: wallet.status });
    if (wallet.asset !== transfer.asset) throw new DomainError('conflict', 'The wallet holds another asset.');
    const apart = standsApart(transfer, wallet);
    if (apart && !input.acceptsOtherAccount)
      throw new InvalidInputError({ acceptsOtherAccount: 'other_account' });
    const available = walletAccount(wallet, 'available');
    const payout = await returnedPayout(tx, transfer);
    await postTransaction(tx, {
      source: `fintoc:transfer:${transfer.id}:assign`,
      kind: payout ? 'withdrawal_return' : 'deposit',
      effectiveAt: new Date(),
      transferId: transfer.id,
      ...(payout && { withdrawalId: payout.id }),
      operatorId: actor.id,
      note: input.reason,
      lines: [
        ...pair(suspense(transfer.asset), available, transfer.amount),
        ...(payout && payout.refund > 0n
          ? pair(walletAccount(payout.fees, 'available'), available, payout.refund, 'withdrawal_fee')
          : []),
      ],
    });
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
        ...(apart && {
          acceptsOtherAccount: true,
          standsInAccountId: transfer.accountId,
          paysFromAccountId: wallet.accountId,
        }),
      },
      reason: input.reason,
    });
    return after;
  });
}

/** Whether a wallet pays from another Fintoc account than the money is in: it can't, until that is moved there. */
export function standsApart(
  transfer: Pick<Transfer, 'accountId'>,
  wallet: { accountId: string | null },
): boolean {
  return wallet.accountId !== null && wallet.accountId !== transfer.accountId;
}

/** The withdrawal whose payment came back, and what of its fee goes back with it by the terms that it was paid under. */
async function returnedPayout(tx: Tx, { id, asset }: Transfer) {
  const withdrawal = await tx.withdrawal.findUnique({
    where: { transferId: id },
    include: { wallet: { include: { terms: true } } },
  });
  if (!withdrawal || !isAsset(asset)) return null;
  const { feeAmount, wallet } = withdrawal;
  const { fees } = await houseWallets(tx, asset);
  return { id: withdrawal.id, refund: wallet.terms.refundFeeOnReturn ? feeAmount : 0n, fees };
}

/**
 * Sends a deposit back to who sent it (Mexico, within 90 days, whole amounts only: Fintoc's page on returning an
 * inbound transfer). The money is set aside until Fintoc says how it ended.
 */
export async function returnDeposit(
  actor: OperatorActor,
  { transferId, reason }: { transferId: string; reason: string },
) {
  authorize(actor, 'deposits:resolve');
  await transaction(async (tx) => {
    const transfer = await lockTransfer(tx, transferId);
    checkReturnable(transfer);
    await tx.transfer.update({ where: { id: transferId }, data: { returnRequestedAt: new Date() } });
    await recordAudit(tx, actor, {
      action: 'deposit.return_requested',
      subject: 'transfer',
      id: transferId,
      reason,
    });
  });
  await asDomainError(() => sendReturn(transferId));
  return { id: transferId };
}

/** Takes up returns whose answer never came. */
export async function resumeReturns(limit = 10): Promise<number> {
  const due = await db().transfer.findMany({
    where: { state: 'succeeded', returnRequestedAt: { lt: new Date(Date.now() - 30_000) } },
    select: { id: true },
    take: limit,
  });
  for (const { id } of due) {
    await sendReturn(id).catch((error) => log.error({ transfer: id, err: error }, 'return not sent'));
  }
  return due.length;
}

async function sendReturn(id: string): Promise<void> {
  const { returnAttempts } = await db().transfer.findUniqueOrThrow({ where: { id } });
  const raw = await createOnce({
    purpose: `transfer:${id}:return:${returnAttempts}`,
    path: '/v2/transfers/return',
    body: { transfer_id: id },
    find: async () => {
      const transfer = await getTransfer(id);
      return transfer.status === 'succeeded' ? null : transfer.raw;
    },
  }).catch(async (error) => {
    // Refused: the deposit is as it was, and an operator may decide anew.
    if (isRefusal(error)) await db().transfer.update({ where: { id }, data: { returnRequestedAt: null } });
    throw error;
  });
  await transaction(async (tx) => {
    const transfer = await lockTransfer(tx, id);
    // A webhook was faster, and what it said came after this answer.
    if (transfer.returnAttempts !== returnAttempts || transfer.state !== 'succeeded') return;
    await applySightings(tx, [{ transfer: toTransfer(raw), origin: 'operator', saidAt: new Date() }]);
    await tx.transfer.update({ where: { id }, data: { returnRequestedAt: null } });
  });
}

function checkReturnable(transfer: Transfer): void {
  if (transfer.direction !== 'inbound' || transfer.state !== 'succeeded') {
    throw new DomainError('conflict', `The transfer is ${transfer.state}.`, { status: transfer.state });
  }
  const ageMs = Date.now() - transfer.transactedAt.getTime();
  if (ageMs > RETURN_WINDOW_DAYS * 86_400_000) {
    throw new DomainError('conflict', `Returns are possible for ${RETURN_WINDOW_DAYS} days.`, {
      status: 'too_old',
    });
  }
}

async function lockSuspended(tx: Tx, id: string): Promise<Transfer> {
  const transfer = await lockTransfer(tx, id);
  const arrived = transfer.direction === 'inbound' ? 'succeeded' : 'returned';
  if (transfer.suspenseReason === null || transfer.state !== arrived || transfer.returnRequestedAt) {
    throw new DomainError('already_decided', 'The deposit is not in suspense any more.', {
      status: transfer.state,
    });
  }
  return transfer;
}

async function lockTransfer(tx: Tx, id: string): Promise<Transfer> {
  await tx.$queryRaw`SELECT 1 AS locked FROM transfers WHERE id = ${id} FOR UPDATE`;
  const transfer = await tx.transfer.findUnique({ where: { id } });
  if (!transfer) throw notFound('transfer', id);
  return transfer;
}

/** Test mode only: has Fintoc receive money for an account number of ours. The books move when its webhook comes. */
export async function simulateDeposit(
  actor: Actor,
  input: {
    accountNumberId: string;
    amount: bigint;
    asset: string;
    comment?: string | undefined;
    requestId: string;
  },
) {
  authorize(actor, 'deposits:simulate');
  if (fintocMode() !== 'test')
    throw new DomainError('test_mode_only', 'Simulations exist in test mode only.');
  const { accountNumberId, amount, asset, comment, requestId } = input;
  const transfer = await asDomainError(() =>
    simulateAtFintoc(
      {
        account_number_id: accountNumberId,
        amount: Number(amount),
        currency: asset,
        ...(comment && { comment }),
      },
      `monedero:simulate:${requestId}`,
    ),
  );
  await transaction((tx) =>
    recordAudit(tx, actor, {
      action: 'deposit.simulated',
      subject: 'transfer',
      id: transfer.id,
      after: { accountNumberId, amount, asset },
    }),
  );
  return { id: transfer.id };
}
