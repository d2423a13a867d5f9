import { type Actor, authorize, type OperatorActor, SYSTEM } from '~/lib/actor';
import { recordAudit } from '~/lib/audit';
import { checkClabe, normalizeClabe } from '~/lib/clabe';
import { db, type Tx, transaction } from '~/lib/db';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { walletAccount } from '~/lib/ledger/chart';
import { credit, debit, postTransaction } from '~/lib/ledger/post';
import { approvalThreshold } from '~/lib/settings';
import { release } from '~/lib/transfers/postings';
import { lockWallet } from '~/lib/wallets';
import type { Wallet, WalletTerms, Withdrawal } from '~/prisma/generated/client';

export type NewWithdrawal = {
  walletId: string;
  /** In the smallest unit of the wallet's asset, without the fee. */
  amount: bigint;
  beneficiaryNumber: string;
  beneficiaryName?: string | undefined;
  beneficiaryTaxId?: string | undefined;
  comment?: string | undefined;
  referenceId?: string | undefined;
  requestId: string;
};

/** Concept and numeric reference as SPEI takes them (Fintoc: reference/transfers-create). */
const COMMENT_MAX = 40;
const REFERENCE = /^[1-9]\d{0,6}$/;
/** CCA's limit for one TEF payment in Chile. */
const TEF_MAX_AMOUNT = 7_000_000n;
export const APPROVAL_DAYS = 3;

/**
 * Asks for a payout: checks everything that can be known now, holds amount and fee, and either queues it or waits
 * for a second person. Asked twice with one requestId, it is one withdrawal. Throws the reason of a refusal.
 */
export async function requestWithdrawal(actor: OperatorActor, input: NewWithdrawal): Promise<Withdrawal> {
  authorize(actor, 'withdrawals:request');
  const beneficiary = checkedBeneficiary(input);
  return transaction(async (tx) => {
    const again = await tx.withdrawal.findUnique({ where: { requestId: input.requestId } });
    if (again) return again;
    const wallet = await lockWallet(tx, input.walletId);
    const terms = await tx.walletTerms.findUniqueOrThrow({ where: { id: wallet.termsId } });
    const accountId = await checkWallet(tx, wallet, terms, input.amount, beneficiary.number);
    const threshold = await approvalThreshold(wallet.asset, tx);
    const needsApproval = threshold !== null && input.amount >= threshold;
    const withdrawal = await tx.withdrawal.create({
      data: {
        walletId: wallet.id,
        accountId,
        asset: wallet.asset,
        amount: input.amount,
        feeAmount: wallet.kind === 'customer' ? terms.withdrawalFeeAmount : 0n,
        beneficiaryNumber: beneficiary.number,
        beneficiaryBank: beneficiary.bank,
        beneficiaryName: input.beneficiaryName?.trim() || null,
        beneficiaryTaxId: input.beneficiaryTaxId?.trim() || null,
        comment: input.comment?.trim() || null,
        referenceId: input.referenceId || null,
        status: needsApproval ? 'awaiting_approval' : 'queued',
        firstSeen: !(await wasPaidBefore(tx, beneficiary.number)),
        requestedById: actor.id,
        requestId: input.requestId,
      },
    });
    await hold(tx, wallet, withdrawal, actor);
    await recordAudit(tx, actor, {
      action: 'withdrawal.requested',
      subject: 'withdrawal',
      id: withdrawal.id,
      after: withdrawal,
    });
    return withdrawal;
  });
}

function checkedBeneficiary(input: NewWithdrawal): { number: string; bank: string | null } {
  const wrong: Record<string, string> = {};
  if (input.amount <= 0n) wrong.amount = 'amount_not_positive';
  if (input.comment && input.comment.trim().length > COMMENT_MAX) wrong.comment = 'too_long';
  if (input.referenceId && !REFERENCE.test(input.referenceId)) wrong.referenceId = 'reference_format';
  const clabe = checkClabe(normalizeClabe(input.beneficiaryNumber));
  if (!clabe.ok) wrong.beneficiaryNumber = `clabe_${clabe.reason}`;
  if (!clabe.ok || Object.keys(wrong).length > 0) throw new InvalidInputError(wrong);
  return { number: clabe.clabe, bank: clabe.bank?.name ?? null };
}

/** Answers the Fintoc account that pays. The wallet's row is locked, so the day's sum can't change under us. */
async function checkWallet(
  tx: Tx,
  wallet: Wallet,
  terms: WalletTerms,
  amount: bigint,
  number: string,
): Promise<string> {
  if (wallet.status !== 'open' || wallet.kind === 'general') {
    throw new DomainError('wallet_not_open', `The wallet is ${wallet.status}.`, { status: wallet.status });
  }
  if (!wallet.accountId) throw new DomainError('account_not_ready', 'The wallet has no Fintoc account.');
  if (!terms.withdrawalsEnabled)
    throw new DomainError('withdrawals_disabled', `Terms ${terms.name} allow no withdrawals.`);
  const railMax = wallet.asset === 'CLP' ? TEF_MAX_AMOUNT : null;
  const max = least(terms.withdrawalMaxAmount, railMax);
  if (max !== null && amount > max) {
    throw new DomainError('limit_per_withdrawal', 'Over the limit of one withdrawal.', {
      limit: max.toString(),
      asset: wallet.asset,
    });
  }
  if (terms.withdrawalDayAmount !== null) await checkDay(tx, wallet, terms.withdrawalDayAmount, amount);
  const blocked = await tx.blockedBeneficiary.findUnique({ where: { number } });
  if (blocked) throw new DomainError('beneficiary_blocked', blocked.reason, { reason: blocked.reason });
  const own = await tx.accountNumber.findUnique({
    where: { number },
    include: { wallet: { select: { id: true } } },
  });
  if (own?.wallet?.id === wallet.id)
    throw new DomainError('beneficiary_is_own_wallet', 'That is the wallet’s own CLABE.');
  return wallet.accountId;
}

/** The business day of the limit is Mexico City's. */
async function checkDay(tx: Tx, wallet: Wallet, limit: bigint, amount: bigint): Promise<void> {
  const [row] = await tx.$queryRaw<{ sum: bigint }[]>`
    SELECT coalesce(sum(amount), 0)::bigint AS sum FROM withdrawals
    WHERE wallet_id = ${wallet.id}::uuid
      AND status NOT IN ('failed', 'rejected', 'returned', 'declined', 'cancelled', 'expired')
      AND created_at >= date_trunc('day', now() AT TIME ZONE 'America/Mexico_City') AT TIME ZONE 'America/Mexico_City'`;
  if ((row?.sum ?? 0n) + amount > limit) {
    throw new DomainError('limit_per_day', 'Over the limit of one day.', {
      limit: limit.toString(),
      asset: wallet.asset,
    });
  }
}

async function wasPaidBefore(tx: Tx, number: string): Promise<boolean> {
  return (
    (await tx.withdrawal.findFirst({
      where: { beneficiaryNumber: number, status: 'succeeded' },
      select: { id: true },
    })) !== null
  );
}

async function hold(tx: Tx, wallet: Wallet, withdrawal: Withdrawal, actor: OperatorActor): Promise<void> {
  const { id, amount, feeAmount } = withdrawal;
  const available = walletAccount(wallet, 'available');
  await postTransaction(tx, {
    source: `withdrawal:${id}:hold`,
    kind: 'withdrawal_hold',
    effectiveAt: withdrawal.createdAt,
    guarded: true,
    withdrawalId: id,
    operatorId: actor.id,
    lines: [
      debit(available, amount, 'withdrawal'),
      ...(feeAmount > 0n ? [debit(available, feeAmount, 'withdrawal_fee')] : []),
      credit(walletAccount(wallet, 'reserved'), amount + feeAmount),
    ],
  });
}

/** Lets a withdrawal that waits go out. Never by who asked for it. */
export async function approveWithdrawal(actor: OperatorActor, { withdrawalId }: { withdrawalId: string }) {
  authorize(actor, 'withdrawals:approve');
  return transaction(async (tx) => {
    const before = await lockAwaiting(tx, withdrawalId, actor);
    const after = await tx.withdrawal.update({
      where: { id: withdrawalId },
      data: { status: 'queued', approvedById: actor.id, decidedAt: new Date(), nextAttemptAt: new Date() },
    });
    await recordAudit(tx, actor, {
      action: 'withdrawal.approved',
      subject: 'withdrawal',
      id: withdrawalId,
      before,
      after,
    });
    return after;
  });
}

/** Refuses a withdrawal that waits, and gives the money back to the wallet. */
export async function declineWithdrawal(
  actor: OperatorActor,
  { withdrawalId, reason }: { withdrawalId: string; reason: string },
) {
  authorize(actor, 'withdrawals:approve');
  return transaction(async (tx) => {
    const before = await lockAwaiting(tx, withdrawalId, actor);
    return giveBack(tx, actor, before, 'declined', reason);
  });
}

async function lockAwaiting(tx: Tx, id: string, actor: OperatorActor): Promise<Withdrawal> {
  const withdrawal = await lockWithdrawal(tx, id);
  if (withdrawal.status !== 'awaiting_approval') {
    throw new DomainError('already_decided', `The withdrawal is ${withdrawal.status}.`, {
      status: withdrawal.status,
    });
  }
  if (withdrawal.requestedById === actor.id) {
    throw new DomainError('own_request', 'A requester cannot decide on their own withdrawal.');
  }
  return withdrawal;
}

/** Calls a withdrawal off while nothing of it has left for Fintoc. */
export async function cancelWithdrawal(
  actor: OperatorActor,
  { withdrawalId, reason }: { withdrawalId: string; reason: string },
) {
  authorize(actor, 'withdrawals:request');
  return transaction(async (tx) => {
    const before = await lockWithdrawal(tx, withdrawalId);
    const untouched =
      before.status === 'awaiting_approval' || (before.status === 'queued' && before.submittedAt === null);
    if (!untouched)
      throw new DomainError('already_decided', `The withdrawal is ${before.status}.`, {
        status: before.status,
      });
    return giveBack(tx, actor, before, 'cancelled', reason);
  });
}

/** Withdrawals that nobody decided on go back after three days. */
export async function expireWithdrawals(limit = 50): Promise<number> {
  const due = await db().withdrawal.findMany({
    where: {
      status: 'awaiting_approval',
      createdAt: { lt: new Date(Date.now() - APPROVAL_DAYS * 86_400_000) },
    },
    select: { id: true },
    take: limit,
  });
  for (const { id } of due) {
    await transaction(async (tx) => {
      const before = await lockWithdrawal(tx, id);
      if (before.status === 'awaiting_approval') await giveBack(tx, SYSTEM, before, 'expired');
    });
  }
  return due.length;
}

type Ending = 'declined' | 'cancelled' | 'expired' | 'failed';

/** Ends a withdrawal of which Fintoc made nothing: the hold goes back to available. */
export async function giveBack(
  tx: Tx,
  actor: Actor,
  before: Withdrawal,
  status: Ending,
  reason?: string,
  failureCode?: string,
): Promise<Withdrawal> {
  const wallet = await tx.wallet.findUniqueOrThrow({ where: { id: before.walletId } });
  await postTransaction(tx, {
    source: `withdrawal:${before.id}:release`,
    kind: 'withdrawal_release',
    effectiveAt: new Date(),
    withdrawalId: before.id,
    ...(actor.kind === 'operator' && { operatorId: actor.id }),
    ...(reason && { note: reason }),
    lines: release(wallet, before.amount + before.feeAmount),
  });
  const after = await tx.withdrawal.update({
    where: { id: before.id },
    data: {
      status,
      leaseUntil: null,
      failureCode: failureCode ?? null,
      failureDetail: reason ?? null,
      ...(status === 'declined' && actor.kind === 'operator' && { approvedById: actor.id }),
      ...(status !== 'failed' && { decidedAt: new Date() }),
    },
  });
  await recordAudit(tx, actor, {
    action: `withdrawal.${status}`,
    subject: 'withdrawal',
    id: before.id,
    before: { status: before.status },
    after: { status, failureCode: failureCode ?? null },
    ...(reason && { reason }),
  });
  return after;
}

export async function lockWithdrawal(tx: Tx, id: string): Promise<Withdrawal> {
  await tx.$queryRaw`SELECT 1 AS locked FROM withdrawals WHERE id = ${id}::uuid FOR UPDATE`;
  const withdrawal = await tx.withdrawal.findUnique({ where: { id } });
  if (!withdrawal) throw notFound('withdrawal', id);
  return withdrawal;
}

function least(a: bigint | null, b: bigint | null): bigint | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
