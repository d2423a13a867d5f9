'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { assignDeposit, returnDeposit } from '~/lib/transfers/deposits';

const reason = z.string().trim().min(3).max(500);
const transferId = z.string().max(64);

export const assignDepositAction = operatorAction(
  z.object({ transferId, walletId: z.uuid(), reason }),
  assignDeposit,
);
export const returnDepositAction = operatorAction(z.object({ transferId, reason }), returnDeposit);
