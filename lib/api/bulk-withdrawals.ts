import { z } from 'zod';
import { authorize } from '~/lib/actor';
import { publicId } from '~/lib/api/ids';
import { operation } from '~/lib/api/operation';
import { askForPayout, NewWithdrawal, Payout } from '~/lib/api/payouts';
import { Problem, problemBody } from '~/lib/api/problem';
import { problemOf } from '~/lib/api/refusals';
import { ProblemDocument } from '~/lib/api/responses';
import { NONE } from '~/lib/api/shapes';

const MOST = 100;

const Asked = z
  .strictObject({ withdrawal: Payout.nullable(), problem: ProblemDocument.nullable() })
  .meta({ id: 'BulkWithdrawal', description: 'One of the two: the payout, or why there is none.' });

type Answered = z.input<typeof Asked>;

const create = operation({
  id: 'createWithdrawals',
  method: 'POST',
  path: '/bulk-withdrawals',
  tag: 'Withdrawals',
  summary:
    'Asks for up to a hundred payouts, one after the other, each as `POST /withdrawals` would. One that is refused keeps no other back.',
  scope: 'withdrawals:write',
  params: NONE,
  query: NONE,
  body: z.strictObject({ withdrawals: z.array(NewWithdrawal).min(1).max(MOST) }),
  status: 201,
  answer: z
    .strictObject({
      object: z.literal('bulk_withdrawals'),
      data: z.array(Asked).meta({ description: 'In the order in which they were asked for.' }),
    })
    .meta({ id: 'BulkWithdrawals' }),
  async run({ actor, body, requestId }) {
    authorize(actor, 'withdrawals:request');
    const data: Answered[] = [];
    for (const [nth, wanted] of body.withdrawals.entries()) {
      const made = askForPayout(actor, wanted, `${requestId}:${nth}`).then((withdrawal) => ({
        withdrawal,
        problem: null,
      }));
      data.push(await made.catch((error: unknown) => refusal(error, wanted, nth, requestId)));
    }
    return { object: 'bulk_withdrawals' as const, data };
  },
});

/** Names the field by where it stands in the whole body. What is no refusal is thrown on: all of it is asked again. */
function refusal(error: unknown, body: object, nth: number, requestId: string): Answered {
  const problem = problemOf(error, { body });
  if (!(problem instanceof Problem)) throw problem;
  const { errors, ...facts } = problem.facts;
  const at = errors?.map((fault) => ({
    ...fault,
    ...(fault.pointer !== undefined && { pointer: `/withdrawals/${nth}${fault.pointer}` }),
  }));
  return {
    withdrawal: null,
    problem: problemBody({ ...facts, ...(at && { errors: at }) }, publicId('request', requestId)),
  };
}

export const bulkWithdrawals = { create };
