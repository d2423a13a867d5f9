'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { assignDeposit, returnDeposit } from '~/lib/transfers/deposits';

const reason = z.string().trim().min(3).max(500);
const transferId = z.string().max(64);

export const assignDepositAction = operatorAction(
  z.object({
    transferId,
    walletId: z.uuid(),
    reason,
    // A box: ticked it is sent, unticked it is missing.
    acceptsOtherAccount: z
      .literal('on')
      .optional()
      .transform((ticked) => ticked === 'on'),
  }),
  assignDeposit,
);
export const returnDepositAction = operatorAction(z.object({ transferId, reason }), returnDeposit);
