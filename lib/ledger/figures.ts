/**
 * What a day is told in: each figure is a part of what rose or fell on the rails, in suspense or in the fees, and each
 * entry there is in exactly one of its side. So what stood before, and all of them, make what stands after. Pure.
 */
export type FlowClass = 'cash' | 'suspense' | 'house_fees';
/** The classes of accounts (ledger_class) whose balances a day is told with. */
export type Balance = 'cash' | 'suspense' | `customer_${'available' | 'pending' | 'reserved'}`;

/** What an entry did to the balance of its class. */
export type Flow = { class: FlowClass; kind: string; inward: boolean; ofWithdrawal: boolean };

/** `besides`: all of its side that is none of these. */
export type FigureRule = {
  class: FlowClass;
  inward: boolean;
  kinds?: readonly string[];
  ofWithdrawal?: boolean;
  besides?: readonly Figure[];
};

/** The parts of what came in and went out on the rails, in the order in which they are told. */
export const CASH_IN = ['deposits', 'failed', 'returned', 'otherIn'] as const;
export const CASH_OUT = ['withdrawals', 'depositReturns', 'otherOut'] as const;
/** The whole of a side. */
export const WHOLE = ['in', 'out', 'fees', 'feesBack', 'suspenseIn', 'suspenseOut'] as const;
export const FIGURES = [...CASH_IN, ...CASH_OUT, ...WHOLE] as const;
export type Figure = (typeof FIGURES)[number];

export const RULES: Record<Figure, FigureRule> = {
  deposits: { class: 'cash', inward: true, kinds: ['deposit'] },
  /** Payouts that a rail had accepted, and then could not make. */
  failed: { class: 'cash', inward: true, kinds: ['withdrawal_release'] },
  /** Payouts that were made and sent back. */
  returned: { class: 'cash', inward: true, kinds: ['withdrawal_return'] },
  otherIn: { class: 'cash', inward: true, besides: ['deposits', 'failed', 'returned'] },
  withdrawals: { class: 'cash', inward: false, kinds: ['payout_accepted'], ofWithdrawal: true },
  depositReturns: { class: 'cash', inward: false, kinds: ['deposit_return', 'deposit_return_settled'] },
  otherOut: { class: 'cash', inward: false, besides: ['withdrawals', 'depositReturns'] },
  in: { class: 'cash', inward: true },
  out: { class: 'cash', inward: false },
  fees: { class: 'house_fees', inward: true },
  feesBack: { class: 'house_fees', inward: false },
  suspenseIn: { class: 'suspense', inward: true },
  suspenseOut: { class: 'suspense', inward: false },
};

/** Whether an entry is part of a figure. */
export function isOf(figure: Figure, flow: Flow): boolean {
  const { class: of, inward, kinds, ofWithdrawal, besides = [] } = RULES[figure];
  return (
    flow.class === of &&
    flow.inward === inward &&
    (kinds?.includes(flow.kind) ?? true) &&
    (ofWithdrawal === undefined || flow.ofWithdrawal === ofWithdrawal) &&
    !besides.some((other) => isOf(other, flow))
  );
}

/** Whether a figure is of a rail account, and not only of all of an asset. */
export function isOfAccounts(figure: Figure): boolean {
  return RULES[figure].class === 'cash';
}
