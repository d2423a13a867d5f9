'use server';

import type { Route } from 'next';
import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { parseAmount } from '~/lib/money';
import { addNote } from '~/lib/notes';
import { simulateDeposit } from '~/lib/transfers/deposits';
import {
  cancelOpening,
  closeWallet,
  freezeWallet,
  openWallet,
  reopenWallet,
  retryOpening,
  unfreezeWallet,
  WALLET_PATTERNS,
} from '~/lib/wallets';

const reason = z.string().trim().min(1).max(500);
const change = z.object({ walletId: z.uuid(), reason });

const newWallet = z.object({
  customerId: z.uuid(),
  pattern: z.enum(WALLET_PATTERNS),
  name: z.string().trim().min(1).max(80),
  asset: z.string().max(10),
  portfolioId: z.uuid().optional(),
  termsId: z.uuid().optional(),
  entityId: z.string().max(60).optional(),
  requestId: z.uuid(),
  /** On the way to the KYB of its entity. */
  next: z.literal('kyb').optional(),
});

export const openWalletAction = operatorAction(
  newWallet,
  async (actor, { next, ...wanted }) => ({ wallet: await openWallet(actor, wanted), next }),
  {
    redirectTo: ({ wallet: { id, pattern }, next }) =>
      (next === 'kyb' && pattern === 'C' ? `/entities/for-wallet/${id}` : `/wallets/${id}`) as Route,
  },
);

export const retryOpeningAction = operatorAction(z.object({ walletId: z.uuid() }), retryOpening);
export const cancelOpeningAction = operatorAction(change, cancelOpening);
export const freezeWalletAction = operatorAction(change, freezeWallet);
export const unfreezeWalletAction = operatorAction(change, unfreezeWallet);
export const reopenWalletAction = operatorAction(change, reopenWallet);
export const closeWalletAction = operatorAction(
  change.extend({ closedBy: z.enum(['platform', 'customer']) }),
  closeWallet,
);

const simulation = z
  .object({
    accountNumberId: z.string().max(60),
    asset: z.enum(['MXN', 'CLP']),
    amount: z.string().max(40),
    // SPEI's concept has 40 characters.
    comment: z.string().trim().max(40).optional(),
    requestId: z.uuid(),
  })
  .transform((input, context) => {
    const amount = parseAmount(input.amount, input.asset);
    if (amount !== null && amount > 0n) return { ...input, amount };
    const message = amount === null ? 'amount_format' : 'amount_not_positive';
    context.addIssue({ code: 'custom', message, path: ['amount'] });
    return z.NEVER;
  });

export const simulateDepositAction = operatorAction(simulation, simulateDeposit);

export const addWalletNoteAction = operatorAction(
  z.object({ subjectId: z.uuid(), body: z.string().trim().min(1).max(2_000) }),
  (actor, note) => addNote(actor, { subjectType: 'wallet', ...note }),
);
