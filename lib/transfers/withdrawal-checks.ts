import { findLiveNumber } from '~/lib/account-numbers';
import { checkClabe, normalizeClabe } from '~/lib/clabe';
import type { Tx } from '~/lib/db';
import { DomainError, InvalidInputError } from '~/lib/errors';
import { MAX_AMOUNT } from '~/lib/money';
import type { Wallet, WalletTerms } from '~/prisma/generated/client';

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
  /** The withdrawal that ended without paying and that this one takes the place of. */
  retryOf?: string | undefined;
};

/** Concept and numeric reference as SPEI takes them (Fintoc: reference/transfers-create). */
const COMMENT_MAX = 40;
const REFERENCE = /^[1-9]\d{0,6}$/;
/** By SPEI alone: for a TEF payment in CLP, Fintoc wants of the beneficiary what nobody here asks for. */
export const PAYOUT_ASSET = 'MXN';

/** The CLABE's digits and bank. Throws `invalid` with every field that doesn't fit. */
export function checkedBeneficiary(input: NewWithdrawal): { number: string; bank: string | null } {
  const wrong: Record<string, string> = {};
  if (input.amount <= 0n) wrong.amount = 'amount_not_positive';
  if (input.amount > MAX_AMOUNT) wrong.amount = 'amount_format';
  if (input.comment && input.comment.trim().length > COMMENT_MAX) wrong.comment = 'too_long';
  if (input.referenceId && !REFERENCE.test(input.referenceId)) wrong.referenceId = 'reference_format';
  const clabe = checkClabe(normalizeClabe(input.beneficiaryNumber));
  if (!clabe.ok) wrong.beneficiaryNumber = `clabe_${clabe.reason}`;
  if (!clabe.ok || Object.keys(wrong).length > 0) throw new InvalidInputError(wrong);
  return { number: clabe.clabe, bank: clabe.bank?.name ?? null };
}

/** What stands in the way of any withdrawal from this wallet. Answers the Fintoc account that pays. */
export function checkWallet(wallet: Wallet, terms: WalletTerms): string {
  if (wallet.status !== 'open' || wallet.kind === 'general') {
    throw new DomainError('wallet_not_open', `The wallet is ${wallet.status}.`, { status: wallet.status });
  }
  if (wallet.asset !== PAYOUT_ASSET) {
    const { asset } = wallet;
    throw new DomainError('asset_not_paid_out', `Nothing is paid out in ${asset} yet.`, { asset });
  }
  if (!wallet.accountId) throw new DomainError('account_not_ready', 'The wallet has no Fintoc account.');
  if (!terms.withdrawalsEnabled)
    throw new DomainError('withdrawals_disabled', `Terms ${terms.name} allow no withdrawals.`);
  return wallet.accountId;
}

/** What stands in the way of this one. The wallet's row is locked, so the day's sum can't change under us. */
export async function checkPayment(
  tx: Tx,
  wallet: Wallet,
  terms: WalletTerms,
  amount: bigint,
  number: string,
): Promise<void> {
  const max = terms.withdrawalMaxAmount;
  if (max !== null && amount > max) {
    throw new DomainError('limit_per_withdrawal', 'Over the limit of one withdrawal.', {
      limit: max.toString(),
      asset: wallet.asset,
    });
  }
  if (terms.withdrawalDayAmount !== null) await checkDay(tx, wallet, terms.withdrawalDayAmount, amount);
  await checkBeneficiary(tx, number);
  const own = await findLiveNumber(tx, number);
  if (own?.wallet?.id === wallet.id)
    throw new DomainError('beneficiary_is_own_wallet', 'That is the wallet’s own CLABE.');
}

/** Refuses a CLABE that somebody blocked, with the reason. */
export async function checkBeneficiary(tx: Tx, number: string): Promise<void> {
  const blocked = await tx.blockedBeneficiary.findUnique({ where: { number } });
  if (blocked) throw new DomainError('beneficiary_blocked', blocked.reason, { reason: blocked.reason });
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

export async function wasPaidBefore(tx: Tx, number: string): Promise<boolean> {
  return (
    (await tx.withdrawal.findFirst({
      where: { beneficiaryNumber: number, status: 'succeeded' },
      select: { id: true },
    })) !== null
  );
}
