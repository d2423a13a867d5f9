import {
  cash,
  inTransit,
  type LedgerAccountSpec,
  receivable,
  suspense,
  unexplainedPayouts,
  type WalletRef,
  walletAccount,
} from '~/lib/ledger/chart';
import { credit, debit, type Line, type Posting } from '~/lib/ledger/post';
import type { Step } from '~/lib/transfers/lifecycle';

/** What the postings of one transfer need to know. Amounts in the asset's smallest unit. */
export type PostingContext = {
  transfer: {
    id: string;
    accountId: string;
    asset: string;
    amount: bigint;
    returnAttempts: number;
    returnReserved: bigint;
  };
  /** The wallet whose money it is; null while it stands in suspense, or for the platform's own payouts. */
  wallet: WalletRef | null;
  /** A closed wallet takes no money any more, its own neither. */
  walletClosed: boolean;
  /** For an outbound transfer that pays one of our withdrawals. */
  withdrawal: { id: string; feeAmount: bigint } | null;
  fees: WalletRef;
  /** Where a payout that is no withdrawal's is booked; null while nobody has said what it was. */
  payout: WalletRef | null;
  depositFee: bigint;
  refundFeeOnReturn: boolean;
  /** The wallet's available balance, read for a return: what it lacks becomes a receivable. */
  available: bigint;
  at: Date;
  eventId?: string;
};

/** The postings of product design's table, one step each. A step that moves no money here posts nothing. */
export function postingOf(step: Step, context: PostingContext): Posting | null {
  const lines = LINES[step](context);
  if (lines.length === 0) return null;
  const { transfer, withdrawal } = context;
  const round = RETURN_STEPS.has(step) ? `:${transfer.returnAttempts}` : '';
  return {
    source: `fintoc:transfer:${transfer.id}:${step}${round}`,
    kind: KINDS[step],
    effectiveAt: context.at,
    lines,
    transferId: transfer.id,
    ...(withdrawal && { withdrawalId: withdrawal.id }),
    ...(context.eventId && { eventId: context.eventId }),
  };
}

/** Steps that a transfer may go through again, when a first return failed. */
const RETURN_STEPS: ReadonlySet<Step> = new Set(['reserve_return', 'complete_return', 'undo_return']);

const KINDS: Record<Step, string> = {
  credit: 'deposit',
  reserve_return: 'deposit_return',
  complete_return: 'deposit_return_settled',
  undo_return: 'deposit_return_failed',
  return_at_once: 'deposit_return',
  accept: 'payout_accepted',
  settle: 'payout_settled',
  fail: 'withdrawal_release',
  take_back: 'withdrawal_return',
};

const LINES: Record<Step, (context: PostingContext) => Line[]> = {
  credit({ transfer, wallet, fees, depositFee }) {
    if (!wallet) return pair(cashOf(transfer), suspense(transfer.asset), transfer.amount);
    const available = walletAccount(wallet, 'available');
    const fee = depositFee < transfer.amount ? depositFee : transfer.amount;
    const lines = pair(cashOf(transfer), available, transfer.amount);
    if (fee === 0n) return lines;
    return [...lines, ...pair(available, walletAccount(fees, 'available'), fee, 'deposit_fee')];
  },

  reserve_return({ transfer, wallet, available }) {
    if (!wallet) return [];
    const amount = available < transfer.amount ? available : transfer.amount;
    if (amount <= 0n) return [];
    return pair(walletAccount(wallet, 'available'), walletAccount(wallet, 'reserved'), amount);
  },

  complete_return({ transfer, wallet }) {
    if (!wallet) return pair(suspense(transfer.asset), cashOf(transfer), transfer.amount);
    return returnLines(transfer, walletAccount(wallet, 'reserved'), transfer.returnReserved, wallet);
  },

  undo_return({ transfer, wallet }) {
    if (!wallet || transfer.returnReserved === 0n) return [];
    return pair(
      walletAccount(wallet, 'reserved'),
      walletAccount(wallet, 'available'),
      transfer.returnReserved,
    );
  },

  return_at_once({ transfer, wallet, available }) {
    if (!wallet) return pair(suspense(transfer.asset), cashOf(transfer), transfer.amount);
    return returnLines(transfer, walletAccount(wallet, 'available'), available, wallet);
  },

  accept({ transfer }) {
    return pair(inTransit(transfer.accountId, transfer.asset), cashOf(transfer), transfer.amount);
  },

  settle({ transfer, wallet, withdrawal, fees, payout }) {
    const transit = inTransit(transfer.accountId, transfer.asset);
    if (!withdrawal || !wallet) return pair(payoutAccount(payout, transfer.asset), transit, transfer.amount);
    const fee = withdrawal.feeAmount;
    return [
      debit(walletAccount(wallet, 'reserved'), transfer.amount + fee),
      credit(transit, transfer.amount),
      ...(fee > 0n ? [credit(walletAccount(fees, 'available'), fee, 'withdrawal_fee')] : []),
    ];
  },

  fail({ transfer, wallet, withdrawal }) {
    const back = pair(cashOf(transfer), inTransit(transfer.accountId, transfer.asset), transfer.amount);
    if (!withdrawal || !wallet) return back;
    return [...back, ...release(wallet, transfer.amount + withdrawal.feeAmount)];
  },

  take_back({ transfer, wallet, walletClosed, withdrawal, fees, payout, refundFeeOnReturn }) {
    // A frozen wallet gets it: the money is the customer's own, and can't leave from there. For a closed one it
    // waits in suspense, and the fee goes back with it when an operator says to which wallet.
    if (walletClosed) return pair(cashOf(transfer), suspense(transfer.asset), transfer.amount);
    if (!withdrawal || !wallet)
      return pair(cashOf(transfer), payoutAccount(payout, transfer.asset), transfer.amount);
    const available = walletAccount(wallet, 'available');
    const lines = pair(cashOf(transfer), available, transfer.amount);
    if (!refundFeeOnReturn || withdrawal.feeAmount === 0n) return lines;
    return [
      ...lines,
      ...pair(walletAccount(fees, 'available'), available, withdrawal.feeAmount, 'withdrawal_fee'),
    ];
  },
};

/** Never an expense by itself: what nobody asked for stands apart until two people say what it was. */
function payoutAccount(payout: WalletRef | null, asset: string): LedgerAccountSpec {
  return payout ? walletAccount(payout, 'available') : unexplainedPayouts(asset);
}

/** Gives a withdrawal's hold back to the customer. */
export function release(wallet: WalletRef, amount: bigint): Line[] {
  return pair(walletAccount(wallet, 'reserved'), walletAccount(wallet, 'available'), amount);
}

/** Debits the first account and credits the second. */
export function pair(from: LedgerAccountSpec, to: LedgerAccountSpec, amount: bigint, kind?: string): Line[] {
  return [debit(from, amount, kind), credit(to, amount, kind)];
}

/** A returned deposit leaves the wallet as far as it still has the money; the rest it owes. */
function returnLines(
  transfer: PostingContext['transfer'],
  from: LedgerAccountSpec,
  has: bigint,
  wallet: WalletRef,
): Line[] {
  const covered = has < 0n ? 0n : has < transfer.amount ? has : transfer.amount;
  const lacking = transfer.amount - covered;
  return [
    ...(covered > 0n ? [debit(from, covered)] : []),
    ...(lacking > 0n ? [debit(receivable(wallet.id, transfer.asset), lacking)] : []),
    credit(cashOf(transfer), transfer.amount),
  ];
}

function cashOf(transfer: PostingContext['transfer']): LedgerAccountSpec {
  return cash(transfer.accountId, transfer.asset);
}
