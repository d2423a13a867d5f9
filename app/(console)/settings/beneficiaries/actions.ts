'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { joinedDestination } from '~/lib/rails/destination';
import { note, typed } from '~/lib/typed-text';
import { blockBeneficiary, unblockBeneficiary } from '~/lib/withdrawals/beneficiaries';

const change = z.object({ number: typed(), reason: note(500) });

const block = change.extend({
  numberBank: typed().optional(),
  numberTaxId: typed().optional(),
  numberType: typed().optional(),
});

export const blockBeneficiaryAction = operatorAction(
  block.transform(({ numberBank: bank, numberTaxId: taxId, numberType: type, ...rest }) => ({
    ...rest,
    number: joinedDestination({ taxId, bank, type, number: rest.number }),
  })),
  blockBeneficiary,
);
export const unblockBeneficiaryAction = operatorAction(
  change.extend({ requestId: z.uuid() }),
  unblockBeneficiary,
);
