'use server';

import { z } from 'zod';
import { to } from '~/components/ui/to';
import { operatorAction } from '~/lib/action';
import { amountIn } from '~/lib/amount-input';
import { requestPayout } from '~/lib/batches/split';
import { joinedDestination } from '~/lib/rails/destination';
import { note, optionalLine, typed } from '~/lib/typed-text';
import { endByHand, OUTCOMES } from '~/lib/withdrawals/endings';
import { lookAtWithdrawal } from '~/lib/withdrawals/plan';
import { approveWithdrawal, cancelWithdrawal, declineWithdrawal } from '~/lib/withdrawals/withdrawals';

const newWithdrawal = z
  .object({
    walletId: z.uuid(),
    /** It also says how the typed amount is read. */
    asset: typed(10),
    amount: typed(),
    destination: typed(),
    destinationBank: typed().optional(),
    destinationTaxId: typed().optional(),
    destinationType: typed().optional(),
    beneficiaryName: optionalLine(120),
    beneficiaryTaxId: typed().optional(),
    /** How much of it fits is the rail's to say. */
    comment: optionalLine(200),
    referenceId: optionalLine(20),
    requestId: z.uuid(),
    acceptedTwin: z.uuid().optional(),
    retryOf: z.uuid().optional(),
  })
  .transform(({ asset, amount: text, destination: number, ...typedOf }, context) => {
    const { destinationBank: bank, destinationTaxId: taxId, destinationType: type, ...rest } = typedOf;
    const amount = amountIn(context, { text, asset });
    const destination = joinedDestination({ taxId, bank, type, number });
    return amount === null ? z.NEVER : { ...rest, asset, amount, destination };
  });

const decision = z.object({ withdrawalId: z.uuid(), reason: note(500, 3) });

export const requestWithdrawalAction = operatorAction(newWithdrawal, requestPayout, {
  look: lookAtWithdrawal,
  redirectTo: ({ kind, id }) => to(kind === 'batch' ? `/withdrawals/batches/${id}` : `/withdrawals/${id}`),
});

export const approveWithdrawalAction = operatorAction(
  z.object({ withdrawalId: z.uuid() }),
  approveWithdrawal,
);
export const declineWithdrawalAction = operatorAction(decision, declineWithdrawal);
export const cancelWithdrawalAction = operatorAction(decision, cancelWithdrawal);

export const endByHandAction = operatorAction(decision.extend({ outcome: z.enum(OUTCOMES) }), endByHand);
