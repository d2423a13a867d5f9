import { z } from 'zod';
import { operation } from '~/lib/api/operation';
import { amount, asset, NONE, optionalText, railId } from '~/lib/api/shapes';
import { simulateDeposit } from '~/lib/deposits/deposits';

const deposit = operation({
  id: 'simulateDeposit',
  method: 'POST',
  path: '/test/deposits',
  tag: 'Test mode',
  summary: 'Has the rail send money to an account number, as a payer would. It comes in as any deposit does.',
  scope: 'test:write',
  params: NONE,
  query: NONE,
  body: z.strictObject({ account_number_id: railId, asset, amount, comment: optionalText(140) }),
  status: 201,
  answer: z
    .strictObject({
      object: z.literal('test_deposit'),
      deposit_id: z.string().meta({ description: 'Under this id it is a deposit once it came in.' }),
    })
    .meta({ id: 'TestDeposit' }),
  async run({ actor, body: { account_number_id: accountNumberId, ...rest }, requestId }) {
    const { id } = await simulateDeposit(actor, { accountNumberId, ...rest, requestId });
    return { object: 'test_deposit' as const, deposit_id: id };
  },
});

export const testMode = { deposit };
