'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { askToMove, cancelMove } from '~/lib/patterns/ask';
import { note, typed } from '~/lib/typed-text';
import { WALLET_PATTERNS } from '~/lib/wallets/wallets';

const reason = note(500);

export const askToMoveAction = operatorAction(
  z.object({
    walletId: z.uuid(),
    asset: typed(10),
    to: z.enum(WALLET_PATTERNS),
    reason,
    requestId: z.uuid(),
  }),
  askToMove,
);
export const cancelMoveAction = operatorAction(z.object({ moveId: z.uuid(), reason }), cancelMove);
