'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { amountIn } from '~/lib/amount-input';
import { changeAsset } from '~/lib/assets';
import { MAX_AMOUNT } from '~/lib/money';
import { typed } from '~/lib/typed-text';

const change = z
  .object({
    code: typed(10),
    enabled: z
      .literal('on')
      .optional()
      .transform((value) => value === 'on'),
    /** Empty: as much as one posting may carry. */
    maxAmount: typed().optional(),
  })
  .transform(({ maxAmount: text, ...rest }, context) => {
    if (!text) return { ...rest, maxAmount: MAX_AMOUNT };
    const maxAmount = amountIn(context, { field: 'maxAmount', text, asset: rest.code });
    return maxAmount === null ? z.NEVER : { ...rest, maxAmount };
  });

export const changeAssetAction = operatorAction(change, changeAsset);
