import type { Use } from '~/lib/ledger/ceilings';
import {
  cash,
  incoming,
  inTransit,
  type LedgerAccountSpec,
  receivable,
  suspense,
  unexplainedPayouts,
  type WalletRef,
  walletAccount,
} from '~/lib/ledger/chart';
import type { TransactionKind } from '~/lib/ledger/kinds';
import { credit, debit, type Line, type Posting } from '~/lib/ledger/post';
import { partOf } from '~/lib/terms/fees';
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
  /** The wallet for which a deposit is pending; null where none is. */
  announced: WalletRef | null;
  /** A closed wallet takes no money any more, its own neither. */
  walletClosed: boolean;
  /** For an outbound transfer that pays one of our withdrawals. */
  withdrawal: { id: string; feeAmount: bigint } | null;
  fees: WalletRef;
  /** Where a payout that is no withdrawal's is booked; null while nobody has said what it was. */
  payout: WalletRef | null;
  /** The account of ours that a move's payment goes to; null of all else. */
  movesTo: string | null;
  /** Not more than the deposit. */
  depositFee: bigint;
  /** What a deposit is checked with once more as it is posted; null where none of it counts. */
  limits: Pick<Use, 'ceilings' | 'timeZone' | 'pool'> | null;
  /** What the wallet owes, and how much of what comes to it pays that first, in basis points. */
  debt: bigint;
  debtShareBps: number;
  refundFeeOnReturn: boolean;
  /** The wallet's available balance, read for a return: what it lacks becomes a receivable. */
  available: bigint;
  at: Date;
  eventId?: string;
};

/** One posting a step, as the table below says. A step that moves no money here posts nothing. */
export function postingOf(step: Step, context: PostingContext): Posting | null {
  const lines = LINES[step](context);
  if (lines.length === 0) return null;
  const { transfer, withdrawal } = context;
  const round = RETURN_STEPS.has(step) ? transfer.returnAttempts : 0;
  return {
    cause: { kind: 'transfer', id: transfer.id, step, round },
    kind: context.movesTo === null ? KINDS[step] : MOVE_KINDS[step],
    effectiveAt: context.at,
    lines,
    // Of two deposits that pay the same debt, the second is refused and planned again.
    ...(lines.some(({ kind }) => kind === 'debt_repaid') && { guarded: true }),
    ...countedOf(step, context),
    transferId: transfer.id,
    ...(withdrawal && { withdrawalId: withdrawal.id }),
    ...(context.eventId && { eventId: context.eventId }),
  };
}

/** What a step uses of the wallet's limits, or gives back of what the withdrawal's hold used, or its explanation. */
function countedOf(step: Step, context: PostingContext): Pick<Posting, 'use' | 'givesBack'> {
  const { transfer, wallet, walletClosed, withdrawal, limits } = context;
  if (!wallet) return {};
  if (step === 'credit' && limits)
    return {
      use: {
        account: walletAccount(wallet, 'available'),
        direction: 'inbound',
        amount: transfer.amount,
        ...limits,
      },
    };
  const isBack = step === 'fail' || (step === 'take_back' && !walletClosed);
  if (!isBack) return {};
  if (withdrawal) return { givesBack: { kind: 'withdrawal', id: withdrawal.id, step: 'hold' } };
  return { givesBack: { kind: 'transfer', id: transfer.id, step: 'explain' } };
}

/** Steps that a transfer may go through again, when a first return failed. */
const RETURN_STEPS: ReadonlySet<Step> = new Set(['reserve_return', 'complete_return', 'undo_return']);

const KINDS: Record<Step, TransactionKind> = {
  announce: 'deposit_announced',
  arrive: 'deposit_arrived',
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

/** What a move's payment is called in the books. */
const MOVE_KINDS: Record<Step, TransactionKind> = {
  ...KINDS,
  credit: 'move_arrived',
  settle: 'move_sent',
  take_back: 'move_returned',
};

const LINES: Record<Step, (context: PostingContext) => Line[]> = {
  announce({ transfer, wallet }) {
    if (!wallet) return [];
    return pair(incomingOf(transfer), walletAccount(wallet, 'pending'), transfer.amount);
  },

  arrive({ transfer, announced }) {
    if (!announced) return [];
    return pair(walletAccount(announced, 'pending'), incomingOf(transfer), transfer.amount);
  },

  credit({ transfer, wallet, fees, depositFee, debt, debtShareBps, movesTo }) {
    if (movesTo !== null) return pair(cashOf(transfer), incomingOf(transfer), transfer.amount);
    if (!wallet) return pair(cashOf(transfer), suspense(transfer.asset), transfer.amount);
    const available = walletAccount(wallet, 'available');
    return [
      ...pair(cashOf(transfer), available, transfer.amount),
      ...(depositFee > 0n
        ? pair(available, walletAccount(fees, 'available'), depositFee, 'deposit_fee')
        : []),
      ...repayment(wallet, debt, partOf(transfer.amount - depositFee, debtShareBps)),
    ];
  },

  reserve_return({ transfer, wallet, available }) {
    if (!wallet) return [];
    // Who asked for the return set aside what there was; else Fintoc's word is the first that we hear of it.
    const missing = transfer.amount - transfer.returnReserved;
    const amount = available < missing ? available : missing;
    if (amount <= 0n) return [];
    return pair(walletAccount(wallet, 'available'), walletAccount(wallet, 'reserved'), amount);
  },

  complete_return({ transfer, wallet, movesTo }) {
    if (movesTo !== null) return pair(incomingOf(transfer), cashOf(transfer), transfer.amount);
    if (!wallet) return pair(suspense(transfer.asset), cashOf(transfer), transfer.amount);
    return returnLines(transfer, wallet, 0n);
  },

  undo_return({ transfer, wallet }) {
    if (!wallet || transfer.returnReserved === 0n) return [];
    return pair(
      walletAccount(wallet, 'reserved'),
      walletAccount(wallet, 'available'),
      transfer.returnReserved,
    );
  },

  return_at_once({ transfer, wallet, available, movesTo }) {
    if (movesTo !== null) return pair(incomingOf(transfer), cashOf(transfer), transfer.amount);
    if (!wallet) return pair(suspense(transfer.asset), cashOf(transfer), transfer.amount);
    return returnLines(transfer, wallet, available);
  },

  accept({ transfer }) {
    return pair(inTransit(transfer.accountId, transfer.asset), cashOf(transfer), transfer.amount);
  },

  settle({ transfer, wallet, withdrawal, fees, payout, movesTo }) {
    const transit = inTransit(transfer.accountId, transfer.asset);
    // It is on its way between two accounts of ours, and the wallet's all the time.
    if (movesTo !== null) return pair(incoming(movesTo, transfer.asset), transit, transfer.amount);
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

  take_back({ transfer, wallet, walletClosed, withdrawal, fees, payout, movesTo, refundFeeOnReturn, ...of }) {
    if (movesTo !== null) return pair(cashOf(transfer), incoming(movesTo, transfer.asset), transfer.amount);
    // A frozen wallet gets it: the money is the customer's own, and can't leave from there. For a closed one it
    // waits in suspense, and the fee goes back with it when an operator says to which wallet.
    if (walletClosed) return pair(cashOf(transfer), suspense(transfer.asset), transfer.amount);
    if (!withdrawal || !wallet)
      return pair(cashOf(transfer), payoutAccount(payout, transfer.asset), transfer.amount);
    const available = walletAccount(wallet, 'available');
    const refund = refundFeeOnReturn ? withdrawal.feeAmount : 0n;
    return [
      ...pair(cashOf(transfer), available, transfer.amount),
      ...(refund > 0n ? pair(walletAccount(fees, 'available'), available, refund, 'withdrawal_fee') : []),
      ...repayment(wallet, of.debt, partOf(transfer.amount + refund, of.debtShareBps)),
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

/** What of a credit may pay it pays what the wallet owes. */
function repayment(wallet: WalletRef, debt: bigint, part: bigint): Line[] {
  const repaid = debt < part ? debt : part;
  if (repaid <= 0n) return [];
  return pair(walletAccount(wallet, 'available'), receivable(wallet.id, wallet.asset), repaid, 'debt_repaid');
}

/** A returned deposit takes what was set aside for it, then what the wallet still has; the rest the customer owes. */
function returnLines(transfer: PostingContext['transfer'], wallet: WalletRef, available: bigint): Line[] {
  const { amount, asset, returnReserved } = transfer;
  const missing = amount - returnReserved;
  const taken = available < 0n ? 0n : available < missing ? available : missing;
  const lacking = missing - taken;
  return [
    ...(returnReserved > 0n ? [debit(walletAccount(wallet, 'reserved'), returnReserved)] : []),
    ...(taken > 0n ? [debit(walletAccount(wallet, 'available'), taken)] : []),
    ...(lacking > 0n ? [debit(receivable(wallet.id, asset), lacking)] : []),
    credit(cashOf(transfer), amount),
  ];
}

function incomingOf(transfer: PostingContext['transfer']): LedgerAccountSpec {
  return incoming(transfer.accountId, transfer.asset);
}

function cashOf(transfer: PostingContext['transfer']): LedgerAccountSpec {
  return cash(transfer.accountId, transfer.asset);
}
