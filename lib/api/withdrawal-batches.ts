import { z } from 'zod';
import { authorize } from '~/lib/actor';
import { publicId } from '~/lib/api/ids';
import { operation } from '~/lib/api/operation';
import { amountText, byId, expandable, idText, NONE, reasonText, time, timeText } from '~/lib/api/shapes';
import { Wallet } from '~/lib/api/wallet-shape';
import { showWithdrawal, Withdrawal } from '~/lib/api/withdrawals';
import { cancelBatch } from '~/lib/batches/batches';
import { BATCH_STATES, splitOf } from '~/lib/batches/read';
import { noteKeyPayments } from '~/lib/people/looks';
import type { Reader } from '~/lib/people/sight';
import { withdrawalRows } from '~/lib/withdrawals/read';

const tag = 'Withdrawals';

export const WithdrawalBatch = z
  .strictObject({
    id: idText('withdrawal_batch'),
    object: z.literal('withdrawal_batch'),
    wallet_id: idText('wallet'),
    asset: z.string(),
    amount: amountText,
    fee_amount: amountText,
    status: z.enum(BATCH_STATES),
    parts: z.int().min(1).meta({ description: 'In how many payments it leaves.' }),
    paid_amount: amountText.meta({ description: 'Of the parts that are paid.' }),
    refused_amount: amountText.meta({
      description: 'Of the parts that ended without paying, or never were.',
    }),
    withdrawals: z.array(Withdrawal).meta({
      description: 'The parts that are withdrawals already. Each ends by itself, and has events of its own.',
    }),
    created_at: timeText,
    updated_at: timeText,
    wallet: Wallet.optional(),
  })
  .meta({
    id: 'WithdrawalBatch',
    description:
      'A payout of more than its network carries at once. It leaves in parts, all of which a person approves together; what doesn’t arrive is the wallet’s again.',
  });

/** As the API shows it to this reader. Throws `not_found` for a batch that is a file's. */
export async function shownBatch(reader: Reader, id: string): Promise<z.input<typeof WithdrawalBatch>> {
  const { batch, sums, withdrawalIds } = await splitOf(id);
  const rows = await withdrawalRows(reader, withdrawalIds);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return {
    id: publicId('withdrawal_batch', batch.id),
    object: 'withdrawal_batch',
    wallet_id: publicId('wallet', sums.walletId),
    asset: batch.asset,
    amount: sums.amount.toString(),
    fee_amount: sums.fee.toString(),
    status: batch.state,
    parts: sums.parts,
    paid_amount: sums.paid.toString(),
    refused_amount: sums.refused.toString(),
    withdrawals: withdrawalIds.flatMap((each) => {
      const row = byId.get(each);
      return row ? [showWithdrawal(row)] : [];
    }),
    created_at: time(batch.createdAt),
    updated_at: time(batch.updatedAt),
  };
}

/** The same of one that stood there already, which is a look at whose it is. */
async function seen(reader: Reader, id: string): Promise<z.input<typeof WithdrawalBatch>> {
  const { sums } = await splitOf(id);
  await noteKeyPayments(reader, { about: 'withdrawals', isList: false }, [sums.walletId]);
  return shownBatch(reader, id);
}

const get = operation({
  id: 'getWithdrawalBatch',
  method: 'GET',
  path: '/withdrawal-batches/{id}',
  tag,
  summary: 'A payout that leaves in parts, and what became of each.',
  scope: 'withdrawals:read',
  params: byId('withdrawal_batch'),
  query: z.strictObject(expandable('wallet')),
  body: null,
  status: 200,
  answer: WithdrawalBatch,
  run: ({ actor, params }) => seen(actor, params.id),
});

const cancel = operation({
  id: 'cancelWithdrawalBatch',
  method: 'POST',
  path: '/withdrawal-batches/{id}/cancel',
  tag,
  summary: 'Calls all parts off while nobody has approved them; their money is available again.',
  scope: 'withdrawals:write',
  params: byId('withdrawal_batch'),
  query: NONE,
  body: z.strictObject({ reason: reasonText() }),
  status: 200,
  answer: WithdrawalBatch,
  async run({ actor, params, body }) {
    authorize(actor, 'withdrawals:request');
    // A file's is called off where it was uploaded.
    await splitOf(params.id);
    await cancelBatch(actor, { batchId: params.id, reason: body.reason });
    return seen(actor, params.id);
  },
});

export const withdrawalBatches = { get, cancel };
