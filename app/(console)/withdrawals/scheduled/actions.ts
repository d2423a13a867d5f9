'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { amountIn } from '~/lib/amount-input';
import { joinedDestination } from '~/lib/rails/destination';
import { cancelSchedule, lookAtSchedule, planSchedule } from '~/lib/schedules/schedules';
import { optionalLine, typed } from '~/lib/typed-text';

const day = z.iso.date();

const plan = z
  .object({
    walletId: z.uuid(),
    asset: typed(10),
    amount: typed(),
    destination: typed(),
    destinationBank: typed().optional(),
    destinationTaxId: typed().optional(),
    destinationType: typed().optional(),
    beneficiaryName: optionalLine(120),
    beneficiaryTaxId: typed().optional(),
    comment: optionalLine(200),
    referenceId: optionalLine(20),
    every: z.enum(['once', 'week', 'fortnight', 'month']),
    startsOn: day,
    endsOn: day.optional(),
    requestId: z.uuid(),
  })
  .transform(({ asset, amount: text, destination: number, ...typedOf }, context) => {
    const { destinationBank: bank, destinationTaxId: taxId, destinationType: type, ...rest } = typedOf;
    const amount = amountIn(context, { text, asset });
    const destination = joinedDestination({ taxId, bank, type, number });
    return amount === null ? z.NEVER : { ...rest, asset, amount, destination };
  });

export const planScheduleAction = operatorAction(plan, planSchedule, {
  redirectTo: () => '/withdrawals/scheduled',
  look: lookAtSchedule,
});
export const cancelScheduleAction = operatorAction(z.object({ scheduleId: z.uuid() }), cancelSchedule);
