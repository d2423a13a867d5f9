'use server';

import type { Route } from 'next';
import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { isAsset, parseAmount } from '~/lib/money';
import {
  approveAdjustment,
  cancelAdjustment,
  declineAdjustment,
  requestAdjustment,
} from '~/lib/transfers/adjustments';

const reason = z.string().trim().min(3).max(500);

const newAdjustment = z
  .object({
    walletId: z.uuid(),
    /** The other side: a wallet, or in a correction an account's cash. */
    otherWalletId: z.uuid().optional(),
    accountId: z.string().max(64).optional(),
    /** As seen from the wallet: `out` of it or `in` to it. */
    direction: z.enum(['out', 'in']),
    /** The wallet's, which never changes: it says how the typed amount is read. */
    asset: z.string(),
    amount: z.string().max(40),
    reason,
    breakId: z.string().max(64).optional(),
    requestId: z.uuid(),
  })
  .transform(({ asset, amount: typed, walletId, otherWalletId, direction, ...rest }, context) => {
    const amount = isAsset(asset) ? parseAmount(typed, asset) : null;
    if (amount === null) {
      context.addIssue({ code: 'custom', path: ['amount'], message: 'amount_format' });
      return z.NEVER;
    }
    const [fromWalletId, toWalletId] =
      direction === 'out' ? [walletId, otherWalletId] : [otherWalletId, walletId];
    return { ...rest, amount, fromWalletId, toWalletId };
  });

const decision = z.object({ adjustmentId: z.uuid(), reason });

export const requestAdjustmentAction = operatorAction(newAdjustment, requestAdjustment, {
  redirectTo: ({ id }) => `/adjustments/${id}` as Route,
});
export const approveAdjustmentAction = operatorAction(
  z.object({ adjustmentId: z.uuid() }),
  approveAdjustment,
);
export const declineAdjustmentAction = operatorAction(decision, declineAdjustment);
export const cancelAdjustmentAction = operatorAction(decision, cancelAdjustment);
