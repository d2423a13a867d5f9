'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { changeSetting } from '~/lib/settings';

const hours = z.coerce.number().int().min(1).max(1_440);

export const changeDueHoursAction = operatorAction(
  z.object({
    ...{ deposit_claim: hours, withdrawal_claim: hours, wrong_beneficiary: hours },
    ...{ fraud: hours, kyb: hours, other: hours },
  }),
  (actor, value) => changeSetting(actor, { key: 'caseDueHours', value }),
);
