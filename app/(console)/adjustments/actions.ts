'use server';

import { z } from 'zod';
import { to } from '~/components/ui/to';
import { operatorAction } from '~/lib/action';
import {
  approveAdjustment,
  cancelAdjustment,
  declineAdjustment,
  requestAdjustment,
} from '~/lib/adjustments/adjustments';
import { requestExchange } from '~/lib/adjustments/exchange';
import { reverseAdjustment } from '~/lib/adjustments/reversal';
import { amountIn } from '~/lib/amount-input';
import { line, note, outsideId, typed } from '~/lib/typed-text';

const reason = note(500, 3);

const newAdjustment = z
  .object({
    walletId: z.uuid(),
    /** The other side: a wallet, or in a correction an account's cash. */
    otherWalletId: z.uuid().optional(),
    accountId: outsideId(64).optional(),
    /** As seen from the wallet: `out` of it or `in` to it. */
    direction: z.enum(['out', 'in']),
    /** It also says how the typed amount is read. */
    asset: typed(10),
    amount: typed(),
    reason,
    breakId: outsideId(64).optional(),
    requestId: z.uuid(),
  })
  .transform(({ asset, amount: text, walletId, otherWalletId, direction, ...rest }, context) => {
    const amount = amountIn(context, { text, asset });
    if (amount === null) return z.NEVER;
    const [fromWalletId, toWalletId] =
      direction === 'out' ? [walletId, otherWalletId] : [otherWalletId, walletId];
    return { ...rest, asset, amount, fromWalletId, toWalletId };
  });

const decision = z.object({ adjustmentId: z.uuid(), reason });

export const requestAdjustmentAction = operatorAction(newAdjustment, requestAdjustment, {
  redirectTo: ({ id }) => to(`/adjustments/${id}`),
});
const newExchange = z
  .object({
    walletId: z.uuid(),
    fromAsset: typed(10),
    toAsset: typed(10),
    amount: typed(),
    rate: line(25),
    reason,
    requestId: z.uuid(),
  })
  .transform(({ amount: text, ...rest }, context) => {
    const amount = amountIn(context, { text, asset: rest.fromAsset });
    return amount === null ? z.NEVER : { ...rest, amount };
  });

export const requestExchangeAction = operatorAction(newExchange, requestExchange, {
  redirectTo: ({ walletId, fromAsset }) => to(`/wallets/${walletId}?asset=${fromAsset}`),
});
export const reverseAdjustmentAction = operatorAction(
  z.object({ adjustmentId: z.uuid(), reason, requestId: z.uuid() }),
  reverseAdjustment,
  { redirectTo: ({ id }) => to(`/adjustments/${id}`) },
);
export const approveAdjustmentAction = operatorAction(
  z.object({ adjustmentId: z.uuid() }),
  approveAdjustment,
);
export const declineAdjustmentAction = operatorAction(decision, declineAdjustment);
export const cancelAdjustmentAction = operatorAction(decision, cancelAdjustment);
