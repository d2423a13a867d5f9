import { z } from 'zod';
import { operation } from '~/lib/api/operation';
import { amount, asset, byId, NONE, optionalText, railId, timeText } from '~/lib/api/shapes';
import { shownWithdrawal, Withdrawal } from '~/lib/api/withdrawals';
import { simulateDeposit } from '~/lib/deposits/deposits';
import { type PayoutEnd, simulatePayoutEnd, simulateTime } from '~/lib/withdrawals/simulate';

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

/** What the local Fintoc may be asked to do to a payout. */
function ending(end: PayoutEnd, summary: string) {
  return operation({
    id: end === 'fail' ? 'simulateFailure' : 'simulateReturn',
    method: 'POST',
    path: `/test/withdrawals/{id}/${end}`,
    tag: 'Test mode',
    summary,
    scope: 'test:write',
    params: byId('withdrawal'),
    query: NONE,
    body: NONE,
    status: 200,
    answer: Withdrawal,
    async run({ actor, params: { id: withdrawalId }, requestId }) {
      await simulatePayoutEnd(actor, { withdrawalId, end, requestId });
      return shownWithdrawal(actor, withdrawalId);
    },
  });
}

const fail = ending(
  'fail',
  'Has the rail fail a payout that is on its way. Its webhook tells it, as any failure’s does. At the local Fintoc alone.',
);
const giveBack = ending(
  'return',
  'Has the bank send a payout back, also one that was paid. At the local Fintoc alone.',
);

const YEAR = 366 * 86_400;

const time = operation({
  id: 'simulateTime',
  method: 'POST',
  path: '/test/time',
  tag: 'Test mode',
  summary:
    'Puts the rail’s clock forward: what waits for a time there comes at once. At the local Fintoc alone.',
  scope: 'test:write',
  params: NONE,
  query: NONE,
  body: z.strictObject({ seconds: z.int().min(1).max(YEAR) }),
  status: 200,
  answer: z.strictObject({ object: z.literal('test_time'), now: timeText }).meta({ id: 'TestTime' }),
  async run({ actor, body }) {
    const { now } = await simulateTime(actor, body);
    return { object: 'test_time' as const, now: now.toISOString() };
  },
});

export const testMode = { deposit, fail, giveBack, time };
