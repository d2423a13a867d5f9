'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { joinedDestination } from '~/lib/rails/destination';
import { note, typed } from '~/lib/text';
import { blockBeneficiary, unblockBeneficiary } from '~/lib/withdrawals/beneficiaries';

const change = z.object({ number: typed(), reason: note(500) });

export const blockBeneficiaryAction = operatorAction(
  change.extend({ numberBank: typed().optional() }).transform(({ number, numberBank: bank, ...rest }) => ({
    ...rest,
    number: joinedDestination({ number, bank }),
  })),
  blockBeneficiary,
);
export const unblockBeneficiaryAction = operatorAction(
  change.extend({ requestId: z.uuid() }),
  unblockBeneficiary,
);
