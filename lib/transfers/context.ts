import { NO_CEILINGS } from '~/lib/ledger/ceilings';
import type { Posting } from '~/lib/ledger/post';
import type { RailTransfer } from '~/lib/rails/rail-says';
import { railOf } from '~/lib/rails/registry';
import { partOf } from '~/lib/terms/fees';
import { zoneOf } from '~/lib/terms/limits';
import { feeOn, isAnnounced } from '~/lib/transfers/coming';
import { countIn, isOutside, isOutsidePool } from '~/lib/transfers/deposit-limits';
import { type Step, WITHDRAWAL_STATUS } from '~/lib/transfers/lifecycle';
import { mismatch, takeOut, type UnexplainedReason, unasked, unlikePayment } from '~/lib/transfers/mismatch';
import type { PostingContext } from '~/lib/transfers/postings';
import type {
  Changes,
  Moves,
  Rows,
  Told,
  TransferRow,
  WalletRow,
  WithdrawalRow,
} from '~/lib/transfers/records';
import { depositEvent, payoutEvent } from '~/lib/transfers/told';
import type { Coins } from '~/lib/transfers/verifications';
import { isUuid } from '~/lib/uuid';
import type { HouseRole } from '~/lib/wallets/house';

/** A payout that no live withdrawal explains, with the marks that it carries. */
export type Unexplained = {
  row: TransferRow;
  reason: UnexplainedReason;
  withdrawalId: string | null;
  walletId: string | null;
};

/** What explains a payout that is no withdrawal's. */
type Known = { settlementNumber: string | null; coins: Coins };

/** What the postings of a batch need to know, and what they change for those after them in the same batch. */
export class TransferContext {
  /** By wallet and asset, as are balances and debts. */
  private readonly wallets = new Map<string, WalletRow>();
  private readonly byNumberId = new Map<string, WalletRow>();
  private readonly byAccountId = new Map<string, WalletRow>();
  private readonly houses = new Map<string, WalletRow>();
  private readonly available = new Map<string, bigint>();
  /** With what is set aside: what a limit of the balance is about. */
  private readonly held = new Map<string, bigint>();
  private readonly debts = new Map<string, bigint>();
  private readonly withdrawals: WithdrawalRow[];
  private readonly changed = new Set<WithdrawalRow>();
  private readonly outside: Known;
  private readonly moves: Moves;
  private readonly moved: Moves['payments'] = [];
  /** Payouts that no withdrawal explains, found while planning. */
  readonly unexplained: Unexplained[] = [];
  /** What happened, in order, for whoever is told of it. */
  readonly told: Told[] = [];

  constructor({ wallets, withdrawals, moves }: Rows, outside: Known) {
    this.withdrawals = withdrawals;
    this.moves = moves;
    this.outside = outside;
    for (const wallet of wallets) {
      const key = keyOf(wallet.id, wallet.asset);
      this.wallets.set(key, wallet);
      this.available.set(key, wallet.available ?? 0n);
      this.held.set(key, (wallet.available ?? 0n) + (wallet.reserved ?? 0n));
      this.debts.set(key, wallet.debt);
      if (wallet.accountNumberId) this.byNumberId.set(wallet.accountNumberId, wallet);
      if (wallet.accountId && wallet.pattern !== 'A') this.byAccountId.set(wallet.accountId, wallet);
      if (wallet.houseRole) this.houses.set(`${wallet.asset} ${wallet.houseRole}`, wallet);
    }
  }

  /** Decides which wallet a transfer without postings belongs to. */
  place(row: TransferRow, transfer: RailTransfer): void {
    if (row.direction === 'inbound') {
      // What is brought along from another account of ours was credited where it came in first.
      const waited = row.accountNumberId === null ? undefined : this.moves.arrivals.get(row.accountNumberId);
      if (!waited) row.walletId = this.destination(row, transfer)?.id ?? null;
      else if (row.purpose !== 'move') row.purpose = takeOut(waited, row.amount) ? 'move' : null;
      return;
    }
    const mark = transfer.marks.withdrawalId;
    const payment = this.moves.payments.find(({ id }) => id === mark?.toLowerCase());
    if (payment && unlikePayment(payment, row) === null) {
      if (payment.transferId === null) this.moved.push(payment);
      payment.transferId = row.id;
      row.purpose = 'move';
      return;
    }
    const withdrawal = this.withdrawals.find(({ transferId }) => transferId === row.id) ?? this.marked(mark);
    const reason = withdrawal ? mismatch(withdrawal, row) : unasked(mark, payment, row);
    if (withdrawal && !reason) {
      withdrawal.transferId = row.id;
      row.walletId = withdrawal.walletId;
      this.changed.add(withdrawal);
      return;
    }
    const isSettlement = mark === null && railOf(row.accountId).isSettlement(transfer);
    // Where Settings name none, none is that: not one that names no CLABE either.
    const { settlementNumber, coins } = this.outside;
    if (isSettlement && settlementNumber !== null && row.counterpartyNumber === settlementNumber)
      row.purpose = 'settlement';
    else if (mark === null && coins.explain(row)) row.purpose = 'verification';
    else this.leaveUnexplained(row, transfer, isSettlement ? 'settlement_elsewhere' : (reason ?? 'no_mark'));
  }

  private leaveUnexplained(row: TransferRow, { marks }: RailTransfer, reason: UnexplainedReason): void {
    row.purpose = 'unexplained';
    const [withdrawalId, walletId] = [uuidOrNull(marks.withdrawalId), uuidOrNull(marks.walletId)];
    this.unexplained.push({ row, reason, withdrawalId, walletId });
  }

  forPosting(row: TransferRow): Omit<PostingContext, 'transfer' | 'at' | 'eventId'> {
    const key = keyOf(row.walletId, row.asset);
    const wallet = this.wallets.get(key);
    const suspended = row.direction === 'inbound' && this.suspenseReason(row, wallet) !== null;
    const withdrawal = this.withdrawals.find(({ transferId }) => transferId === row.id) ?? null;
    return {
      wallet: suspended || !wallet ? null : wallet,
      announced: isAnnounced(row) ? (wallet ?? null) : null,
      walletClosed: wallet?.status === 'closed',
      withdrawal,
      fees: this.house(row.asset, 'fees'),
      payout: this.payoutWallet(row),
      movesTo: row.purpose === 'move' ? this.movesTo(row) : null,
      depositFee: feeOn(row, wallet),
      limits:
        wallet?.kind === 'customer'
          ? {
              ...{ ceilings: wallet.limits?.ceilings ?? NO_CEILINGS, timeZone: zoneOf(wallet) },
              ...(wallet.pool && { pool: wallet.pool }),
            }
          : null,
      debt: this.debts.get(key) ?? 0n,
      refundFeeOnReturn: wallet?.refundFeeOnReturn ?? true,
      debtShareBps: wallet?.debtShareBps ?? 0,
      available: this.available.get(key) ?? 0n,
    };
  }

  /** Keeps what a planned posting changes, for the steps after it in the same batch. */
  track(row: TransferRow, step: Step, posting: Posting): void {
    const wallet = this.wallets.get(keyOf(row.walletId, row.asset));
    if (step === 'credit') suspend(row, this.suspenseReason(row, wallet));
    if (posting.use && wallet) this.countIn(row, wallet);
    for (const { account, amount } of posting.lines) {
      const key = keyOf(account.ownerId, account.asset);
      if (account.bucket === 'receivable') this.debts.set(key, (this.debts.get(key) ?? 0n) + amount);
      if (account.walletId) this.available.set(key, (this.available.get(key) ?? 0n) - amount);
      if (account.walletId || account.bucket === 'reserved')
        this.held.set(key, (this.held.get(key) ?? 0n) - amount);
    }
    if (step === 'take_back' && wallet?.status === 'closed') suspend(row, 'wallet_closed');
    if (step === 'reserve_return') {
      row.returnReserved += posting.lines.reduce((sum, { amount }) => (amount > 0n ? sum + amount : sum), 0n);
    }
    if (step === 'undo_return' || step === 'complete_return' || step === 'return_at_once')
      row.returnReserved = 0n;
  }

  /** Counts a deposit for those after it, and tells where it took a limit near its end. */
  private countIn(row: TransferRow, wallet: WalletRow): void {
    const events = countIn(wallet, this.comingTo(row, wallet));
    this.told.push(...events.map((event) => ({ ...event, rail: row.rail })));
  }

  /** Adds the event of a step to the outbox: to the deposit itself, or to the withdrawal that a payout is for. */
  tell(row: TransferRow, step: Step | null, to: TransferRow['state'], at: Date): void {
    const { id, rail, walletId, amount, asset, suspenseReason } = row;
    if (row.purpose === 'move') return;
    if (row.direction === 'inbound') {
      const type = depositEvent(step, suspenseReason);
      const attempt = row.returnAttempts > 0 ? row.returnAttempts : undefined;
      const after = { amount, asset, suspenseReason, transferId: id, attempt };
      if (type) this.told.push({ type, subject: 'transfer', id, rail, walletId, at, after });
      return;
    }
    const withdrawal = this.withdrawals.find(({ transferId }) => transferId === id);
    const type = step && payoutEvent(step, to);
    if (!withdrawal || !type) return;
    const after = { amount: withdrawal.amount, asset, transferId: id };
    const { id: withdrawalId, walletId: fromId } = withdrawal;
    this.told.push({ type, subject: 'withdrawal', id: withdrawalId, rail, walletId: fromId, at, after });
  }

  /** The withdrawal that an outbound transfer pays goes where the transfer went. */
  advanceWithdrawal(row: TransferRow, transfer: RailTransfer): void {
    const withdrawal = this.withdrawals.find(({ transferId }) => transferId === row.id);
    const status = WITHDRAWAL_STATUS[row.state];
    if (!withdrawal || !status || withdrawal.status === status) return;
    withdrawal.status = status;
    withdrawal.leaseUntil = null;
    const failed = status === 'failed' || status === 'rejected' || status === 'returned';
    withdrawal.failureCode = failed ? (transfer.returnReason ?? transfer.errorReason ?? status) : null;
    withdrawal.failureDetail = null;
    this.changed.add(withdrawal);
  }

  /** It ended in a way that nobody here knows: it waits for two people to say how. */
  strand(row: TransferRow, status: string): void {
    const withdrawal = this.withdrawals.find(({ transferId }) => transferId === row.id);
    if (!withdrawal || withdrawal.failureDetail === status) return;
    withdrawal.failureCode = 'unknown_ending';
    withdrawal.failureDetail = status;
    this.changed.add(withdrawal);
  }

  /** The rows that the plan rests on, and what it makes of them. House wallets are never frozen or closed. */
  changes(): Pick<Changes, 'wallets' | 'withdrawals' | 'moved'> {
    return {
      moved: this.moved.map(({ id, transferId }) => ({ id, transferId })),
      wallets: [...this.wallets.values()].filter(({ houseRole }) => houseRole === null),
      withdrawals: this.withdrawals.map((row) => ({ ...row, isChanged: this.changed.has(row) })),
    };
  }

  /** Where a payout that is no withdrawal's was said to belong; null while nobody said so. */
  private payoutWallet(row: TransferRow): WalletRow | null {
    if (row.purpose === null || row.purpose === 'unexplained' || row.purpose === 'move') return null;
    if (row.purpose === 'wallet') return this.wallets.get(keyOf(row.walletId, row.asset)) ?? null;
    return this.house(row.asset, row.purpose === 'settlement' ? 'settlement' : 'operating');
  }

  /** The account of ours that it is on its way to, or has come to. */
  private movesTo(row: TransferRow): string | null {
    if (row.direction === 'inbound') return row.accountId;
    const payment = this.moves.payments.find(
      ({ id, transferId }) => transferId === row.id || id === row.markedWithdrawalId,
    );
    return payment?.toAccountId ?? null;
  }

  private marked(mark: string | null): WithdrawalRow | undefined {
    return mark === null ? undefined : this.withdrawals.find(({ id }) => id === mark.toLowerCase());
  }

  private house(asset: string, role: HouseRole): WalletRow {
    const wallet = this.houses.get(`${asset} ${role}`);
    if (!wallet) throw new Error(`There is no ${role} wallet of ${asset}.`);
    return wallet;
  }

  /** The wallet that an inbound transfer is for: by CLABE, else by account where the account is the wallet's own. */
  private destination(row: TransferRow, transfer: RailTransfer): WalletRow | undefined {
    const byNumber = row.accountNumberId ? this.byNumberId.get(row.accountNumberId) : undefined;
    if (byNumber) return byNumber;
    const former = row.accountNumberId ? this.moves.former.get(row.accountNumberId) : undefined;
    if (former !== undefined) return this.wallets.get(keyOf(former, row.asset));
    const byAccount = this.byAccountId.get(row.accountId);
    if (byAccount) return byAccount;
    // The CLABE was made for a wallet and its answer never reached us: the mark we put on it still says whose it is.
    const marked = this.wallets.get(keyOf(transfer.number?.marks.walletId ?? null, row.asset));
    return marked && marked.accountNumberId === null ? marked : undefined;
  }

  private suspenseReason(row: TransferRow, wallet: WalletRow | undefined): string | null {
    // Once credited, where the money stands is on the row: the wallet may have been frozen since.
    if (row.purpose === 'move' || (row.state !== 'seen' && row.state !== 'pending'))
      return row.suspenseReason;
    if (!wallet) return 'unknown_number';
    if (wallet.status === 'frozen') return 'wallet_frozen';
    if (wallet.status === 'closed') return 'wallet_closed';
    if (!wallet.depositsEnabled) return 'deposits_disabled';
    if (wallet.kind !== 'customer') return null;
    const { limits, pool } = wallet;
    const coming = this.comingTo(row, wallet);
    if (limits !== null && isOutside(limits, coming)) return 'outside_limits';
    return isOutsidePool(pool, coming.net) ? 'outside_portfolio_limits' : null;
  }

  /** What a deposit would do to its wallet: its fee, and what the wallet owes, are taken at once. */
  private comingTo(row: TransferRow, wallet: WalletRow) {
    const key = keyOf(wallet.id, wallet.asset);
    const credited = row.amount - feeOn(row, wallet);
    const debt = this.debts.get(key) ?? 0n;
    const part = partOf(credited, wallet.debtShareBps);
    const net = credited - (debt < part ? debt : part);
    return { amount: row.amount, net, held: this.held.get(key) ?? 0n };
  }
}

function keyOf(walletId: string | null, asset: string): string {
  return `${walletId ?? ''} ${asset}`;
}

function uuidOrNull(text: string | null): string | null {
  return text !== null && isUuid(text) ? text : null;
}

function suspend(row: TransferRow, reason: string | null): void {
  row.suspenseReason = reason;
  row.suspenseSince = reason ? new Date() : null;
}
