import type { FintocTransfer } from '~/lib/fintoc/translate';
import type { HouseRole } from '~/lib/house';
import type { Posting } from '~/lib/ledger/post';
import type { Step } from '~/lib/transfers/lifecycle';
import type { PostingContext } from '~/lib/transfers/postings';
import {
  type Changes,
  metadataText,
  type Rows,
  type TransferRow,
  type WalletRow,
  type WithdrawalRow,
} from '~/lib/transfers/records';
import type { WithdrawalStatus } from '~/prisma/generated/client';

/** Fintoc's daily settlement carries this comment and no mark beside it (fintoc.com docs, daily settlement). */
const SETTLEMENT_COMMENT = /^fintoc daily settlement$/i;

/** An account verification sends 0.01 MXN from the root account. */
const VERIFICATION_AMOUNT = 1n;

/** What the postings of a batch need to know, and what they change for those after them in the same batch. */
export class TransferContext {
  private readonly wallets = new Map<string, WalletRow>();
  private readonly byNumberId = new Map<string, WalletRow>();
  private readonly byAccountId = new Map<string, WalletRow>();
  private readonly houses = new Map<string, WalletRow>();
  private readonly available = new Map<string, bigint>();
  private readonly withdrawals: WithdrawalRow[];
  private readonly changed = new Set<WithdrawalRow>();

  constructor({ wallets, withdrawals }: Rows) {
    this.withdrawals = withdrawals;
    for (const wallet of wallets) {
      this.wallets.set(wallet.id, wallet);
      this.available.set(wallet.id, wallet.available ?? 0n);
      if (wallet.accountNumberId) this.byNumberId.set(wallet.accountNumberId, wallet);
      if (wallet.accountId && wallet.pattern !== 'A') this.byAccountId.set(wallet.accountId, wallet);
      if (wallet.houseRole) this.houses.set(`${wallet.asset} ${wallet.houseRole}`, wallet);
    }
  }

  /** Says whose a transfer is that has no posting yet. */
  place(row: TransferRow, transfer: FintocTransfer): void {
    if (row.direction === 'inbound') {
      row.walletId = this.destination(row, transfer)?.id ?? null;
      return;
    }
    const withdrawal = this.withdrawalOf(row, transfer);
    if (withdrawal) {
      withdrawal.transferId = row.id;
      row.walletId = withdrawal.walletId;
      this.changed.add(withdrawal);
    } else if (SETTLEMENT_COMMENT.test(row.comment ?? '')) row.purpose = 'settlement';
    else row.purpose = row.amount === VERIFICATION_AMOUNT ? 'verification' : 'external';
  }

  forPosting(row: TransferRow): Omit<PostingContext, 'transfer' | 'at' | 'eventId'> {
    const wallet = row.walletId ? this.wallets.get(row.walletId) : undefined;
    const suspended = row.direction === 'inbound' && this.suspenseReason(row, wallet) !== null;
    const withdrawal = this.withdrawals.find(({ transferId }) => transferId === row.id) ?? null;
    return {
      wallet: suspended || !wallet ? null : wallet,
      walletClosed: wallet?.status === 'closed',
      withdrawal,
      fees: this.house(row.asset, 'fees'),
      house: this.house(row.asset, row.purpose === 'settlement' ? 'settlement' : 'operating'),
      depositFee: wallet?.kind === 'customer' ? wallet.depositFeeAmount : 0n,
      refundFeeOnReturn: wallet?.refundFeeOnReturn ?? true,
      available: this.available.get(row.walletId ?? '') ?? 0n,
    };
  }

  /** Keeps what a planned posting changes, for the steps after it in the same batch. */
  track(row: TransferRow, step: Step, posting: Posting): void {
    for (const { account, amount } of posting.lines) {
      if (!account.walletId) continue;
      this.available.set(account.walletId, (this.available.get(account.walletId) ?? 0n) - amount);
    }
    const wallet = row.walletId ? this.wallets.get(row.walletId) : undefined;
    if (step === 'credit') suspend(row, this.suspenseReason(row, wallet));
    if (step === 'take_back' && wallet?.status === 'closed') suspend(row, 'wallet_closed');
    if (step === 'reserve_return') {
      row.returnReserved = posting.lines.reduce((sum, { amount }) => (amount > 0n ? sum + amount : sum), 0n);
    }
    if (step === 'undo_return' || step === 'complete_return') row.returnReserved = 0n;
  }

  /** The withdrawal that an outbound transfer pays goes where the transfer went. */
  advanceWithdrawal(row: TransferRow, transfer: FintocTransfer): void {
    const withdrawal = this.withdrawals.find(({ transferId }) => transferId === row.id);
    const status = WITHDRAWAL_STATUS[row.state];
    if (!withdrawal || !status || withdrawal.status === status) return;
    withdrawal.status = status;
    withdrawal.leaseUntil = null;
    const failed = status === 'failed' || status === 'rejected' || status === 'returned';
    withdrawal.failureCode = failed ? (transfer.return_reason ?? transfer.error_reason ?? status) : null;
    withdrawal.failureDetail = null;
    this.changed.add(withdrawal);
  }

  /** The rows that the plan rests on, and what it makes of them. House wallets are never frozen or closed. */
  changes(): Pick<Changes, 'wallets' | 'withdrawals'> {
    return {
      wallets: [...this.wallets.values()].filter(({ houseRole }) => houseRole === null),
      withdrawals: this.withdrawals.map((row) => ({ ...row, isChanged: this.changed.has(row) })),
    };
  }

  private house(asset: string, role: HouseRole): WalletRow {
    const wallet = this.houses.get(`${asset} ${role}`);
    if (!wallet) throw new Error(`There is no ${role} wallet of ${asset}.`);
    return wallet;
  }

  /** The wallet that an inbound transfer is for: by CLABE, else by account where the account is the wallet's own. */
  private destination(row: TransferRow, transfer: FintocTransfer): WalletRow | undefined {
    const byNumber = row.accountNumberId ? this.byNumberId.get(row.accountNumberId) : undefined;
    if (byNumber) return byNumber;
    const byAccount = this.byAccountId.get(row.accountId);
    if (byAccount) return byAccount;
    // The CLABE was made for a wallet and its answer never reached us: the mark we put on it still says whose it is.
    const marked = this.wallets.get(metadataText(transfer.account_number, 'wallet_id') ?? '');
    return marked && marked.accountNumberId === null ? marked : undefined;
  }

  private suspenseReason(row: TransferRow, wallet: WalletRow | undefined): string | null {
    // Once credited, where the money stands is on the row: the wallet may have been frozen since.
    if (row.state !== 'seen') return row.suspenseReason;
    if (!wallet || wallet.asset !== row.asset) return 'unknown_number';
    if (wallet.status === 'frozen') return 'wallet_frozen';
    if (wallet.status === 'closed') return 'wallet_closed';
    return wallet.depositsEnabled ? null : 'deposits_disabled';
  }

  private withdrawalOf(row: TransferRow, transfer: FintocTransfer): WithdrawalRow | undefined {
    const id = metadataText(transfer, 'withdrawal_id');
    return this.withdrawals.find(
      (withdrawal) =>
        withdrawal.transferId === row.id ||
        (withdrawal.id === id &&
          withdrawal.transferId === null &&
          // One that ended has given its hold back: whatever pays under its mark is not its payment. One that waits to
          // be approved was, by books that a restore took back.
          ['submitting', 'queued', 'awaiting_approval'].includes(withdrawal.status) &&
          withdrawal.amount === row.amount &&
          withdrawal.accountId === row.accountId),
    );
  }
}

function suspend(row: TransferRow, reason: string | null): void {
  row.suspenseReason = reason;
  row.suspenseSince = reason ? new Date() : null;
}

const WITHDRAWAL_STATUS: Partial<Record<TransferRow['state'], WithdrawalStatus>> = {
  pending: 'pending',
  succeeded: 'succeeded',
  failed: 'failed',
  rejected: 'rejected',
  returned: 'returned',
};
