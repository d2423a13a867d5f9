'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { assignDeposit, returnDeposit } from '~/lib/deposits/deposits';
import { approveDepositRequest, cancelDepositRequest, declineDepositRequest } from '~/lib/deposits/requests';
import { note, outsideId, typed } from '~/lib/typed-text';

const reason = note(500, 3);
const transferId = outsideId(64);

// A box: ticked it is sent, unticked it is missing.
const box = z
  .literal('on')
  .optional()
  .transform((ticked) => ticked === 'on');

/** Ticked, the box accepts the loss that stood beside it, and none that came since. */
const acceptance = {
  acceptsLoss: box,
  loss: typed(18)
    .refine((text) => /^\d+$/.test(text))
    .optional(),
  acceptsNotOpen: box,
};

const acceptedLoss = (ticked: boolean, loss: string | undefined) =>
  ticked && loss ? BigInt(loss) : undefined;

export const assignDepositAction = operatorAction(
  z.object({ transferId, walletId: z.uuid(), reason, acceptsOtherAccount: box, requestId: z.uuid() }),
  assignDeposit,
);
export const returnDepositAction = operatorAction(
  z
    .object({ transferId, reason, requestId: z.uuid(), ...acceptance })
    .transform(({ loss, acceptsLoss, ...typed }) => ({
      ...typed,
      acceptsLoss: acceptedLoss(acceptsLoss, loss),
    })),
  returnDeposit,
);

// Beside `requestId`, which every form mints for itself.
const about = { depositRequestId: z.uuid() };

export const approveDepositRequestAction = operatorAction(
  z.object({ ...about, ...acceptance }),
  (actor, { depositRequestId: requestId, acceptsLoss, loss, acceptsNotOpen }) =>
    approveDepositRequest(actor, { requestId, acceptsNotOpen, acceptsLoss: acceptedLoss(acceptsLoss, loss) }),
);
export const declineDepositRequestAction = operatorAction(
  z.object({ ...about, reason }),
  (actor, { depositRequestId: requestId, reason }) => declineDepositRequest(actor, { requestId, reason }),
);
export const cancelDepositRequestAction = operatorAction(
  z.object({ ...about, reason }),
  (actor, { depositRequestId: requestId, reason }) => cancelDepositRequest(actor, { requestId, reason }),
);
