'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { blockBeneficiary, unblockBeneficiary } from '~/lib/beneficiaries';

const change = z.object({ number: z.string().trim().min(1).max(60), reason: z.string().max(500) });

export const blockBeneficiaryAction = operatorAction(change, blockBeneficiary);
export const unblockBeneficiaryAction = operatorAction(change, unblockBeneficiary);
