import type { Route } from 'next';
import { z } from 'zod';
import { pageOf } from '~/app/(console)/approvals/list/pages';
import { type Side, sidesOf } from '~/components/money/adjustment-side';
import { type SignedWithdrawal, signedItem } from '~/components/money/signed-withdrawal';
import type { AdjustmentRow } from '~/lib/adjustments/read';
import { ACTIONS, type ApprovalAction, type ApprovalGroup, GROUP_OF } from '~/lib/approvals/actions';
import type { Standing } from '~/lib/approvals/read';
import { bankShown } from '~/lib/clabe-bank';
import type { ActEffect } from '~/lib/deciding/act-effects';
import type { AdjustmentEffect, DepositEffect, PayoutEffect } from '~/lib/deciding/effects';
import type { InboxRow } from '~/lib/deciding/inbox';
import type { AskedOfDeposit } from '~/lib/deposits/requests-read';
import type { Personal } from '~/lib/people/masking';
import type { Role } from '~/lib/roles';
import { pays, takes } from '~/lib/wallets/frozen';

type Wallet = NonNullable<Side['wallet']>;

export type SignedAdjustment = {
  from: Side;
  to: Side;
  /** One of its wallets, if one is frozen or closed: it can't be approved then. */
  shut: Wallet | null;
};

export type SignedDeposit = {
  request: 'return' | 'assignment';
  wallet: Wallet;
  /** Who sent it; of a payout that came back, to whom it went. */
  counterparty: { name: string | null; number: Personal | null; bank: string | null };
  isPayout: boolean;
  loss: bigint;
  notOpen: boolean;
  otherAccount: boolean;
};

/** Everything that one decision is about: its row and its dialog show the same. It goes to the browser. */
export type WaitingItem = {
  id: string;
  action: ApprovalAction;
  group: ApprovalGroup;
  standing: Standing;
  /** Decided on its own page alone, where what a decision needs stands. */
  onItsPage: boolean;
  href: Route | null;
  /** What would be done. */
  sentence: string;
  /** The rules that people made and that had it wait, each as its sentence. */
  rules: string[];
  /** Why it was asked for, in the words of who asked; null where its facts say so. */
  reason: string | null;
  askedBy: string;
  askedAt: Date;
  endsAt: Date | null;
  money: { amount: bigint; fee: bigint; asset: string } | null;
} & (
  | { kind: 'payout'; payout: SignedWithdrawal; effect: PayoutEffect | null }
  | { kind: 'adjustment'; adjustment: SignedAdjustment; effect: AdjustmentEffect | null }
  | { kind: 'deposit'; deposit: SignedDeposit; effect: DepositEffect | null }
  | { kind: 'facts'; effect: ActEffect | null }
);

/** What is said of a row, in the reader's words. */
export type Said = { sentence: string; rules: string[] };

export function waitingItem(row: InboxRow, { sentence, rules }: Said, role: Role): WaitingItem {
  const { id, action, standing, onItsPage, subject } = row;
  const asked = {
    ...{ id, action, standing, onItsPage, sentence, rules },
    group: GROUP_OF[action],
    href: hrefOf(row, role),
    reason: saysWhy(action) ? row.reason : null,
    ...{ askedBy: row.askedByName, askedAt: row.askedAt, endsAt: row.expiresAt },
  };
  switch (subject.kind) {
    case 'payout': {
      const { amount, feeAmount: fee, asset } = subject.payout;
      const payout = signedItem(subject.payout);
      return { ...asked, kind: 'payout', payout, effect: subject.effect, money: { amount, fee, asset } };
    }
    case 'adjustment': {
      const { amount, asset } = subject.adjustment;
      const adjustment = signedAdjustment(subject.adjustment);
      return {
        ...{ ...asked, kind: 'adjustment', adjustment, effect: subject.effect },
        money: { amount, fee: 0n, asset },
      };
    }
    case 'deposit': {
      const { amount, asset } = subject.request.transfer;
      const deposit = signedDeposit(subject.request);
      return {
        ...asked,
        kind: 'deposit',
        deposit,
        effect: subject.effect,
        money: { amount, fee: 0n, asset },
      };
    }
    case 'facts':
      return {
        ...{ ...asked, kind: 'facts', effect: subject.effect },
        money: action === 'batch.pay' ? batchMoney(row.facts) : null,
      };
  }
}

const of = z.object({ of: z.string() });

/** An act on several wallets has no page of its own: a customer's is theirs, and a portfolio stands on its customer's. */
function hrefOf({ action, subjectId, facts }: InboxRow, role: Role): Route | null {
  const { success, data } = of.safeParse(facts);
  if (success && data.of === 'portfolio') return null;
  return pageOf(action, subjectId, role, success ? data.of : undefined);
}

const held = z.object({ asset: z.string(), amount: z.string(), fee: z.string() });

/** Of all withdrawals of a batch together. */
function batchMoney(facts: unknown): WaitingItem['money'] {
  const { asset, amount, fee } = held.parse(facts);
  return { asset, amount: BigInt(amount), fee: BigInt(fee) };
}

/** Of the rest the reason is a code, or the name of whom or what it is about. */
function saysWhy(action: ApprovalAction): boolean {
  if (action === 'withdrawal.pay' || action === 'batch.pay') return false;
  if (ACTIONS[action].kind !== 'act' || action === 'beneficiary.unblock') return true;
  return GROUP_OF[action] === 'wallets' || GROUP_OF[action] === 'deposits';
}

function signedAdjustment(adjustment: AdjustmentRow): SignedAdjustment {
  const { fromWallet, toWallet, account } = adjustment;
  const shut =
    (fromWallet && !pays(fromWallet) && fromWallet) ||
    (toWallet && !takes(toWallet) && toWallet) ||
    undefined;
  return {
    ...sidesOf({
      fromWallet: fromWallet && walletOf(fromWallet),
      toWallet: toWallet && walletOf(toWallet),
      account,
    }),
    shut: shut ? walletOf(shut) : null,
  };
}

function signedDeposit(request: AskedOfDeposit): SignedDeposit {
  const { counterpartyName: name, counterpartyNumber: number, ...transfer } = request.transfer;
  return {
    request: request.kind,
    wallet: walletOf(request.wallet),
    counterparty: { name, number, bank: bankShown(number, transfer.counterpartyBank) },
    isPayout: transfer.direction === 'outbound',
    loss: request.acceptedLoss,
    notOpen: request.acceptsNotOpen,
    otherAccount: request.acceptsOtherAccount,
  };
}

function walletOf({ id, name, houseRole, customer }: Wallet): Wallet {
  return { id, name, houseRole, customer: customer && { name: customer.name } };
}
