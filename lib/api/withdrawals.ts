import { z } from 'zod';
import { publicId } from '~/lib/api/ids';
import { operation } from '~/lib/api/operation';
import {
  amountText,
  anyOf,
  askedFilter,
  askedQuery,
  BY_TIME,
  byId,
  expandable,
  idText,
  listOf,
  NONE,
  pageOf,
  paging,
  reasonText,
  time,
  timeText,
} from '~/lib/api/shapes';
import { Wallet } from '~/lib/api/wallet-shape';
import { notFound } from '~/lib/errors';
import { noteKeyPayments } from '~/lib/people/looks';
import { textOf } from '~/lib/people/masking';
import type { Reader } from '~/lib/people/sight';
import { DESTINATION_KINDS } from '~/lib/rails/destination';
import { listWithdrawals, type WithdrawalRow, withdrawalRows } from '~/lib/withdrawals/read';
import { cancelWithdrawal } from '~/lib/withdrawals/withdrawals';
import { ApprovalReason, WithdrawalStatus } from '~/prisma/generated/enums';

const tag = 'Withdrawals';
const STATUSES = Object.values(WithdrawalStatus);

export const Withdrawal = z
  .strictObject({
    id: idText('withdrawal'),
    object: z.literal('withdrawal'),
    wallet_id: idText('wallet'),
    asset: z.string(),
    amount: amountText,
    fee_amount: amountText,
    status: z.enum(STATUSES),
    destination_kind: z.enum(DESTINATION_KINDS),
    destination: z.string(),
    beneficiary_name: z.string().nullable(),
    beneficiary_tax_id: z.string().nullable(),
    beneficiary_bank: z.string().nullable(),
    comment: z.string().nullable(),
    reference_id: z.string().nullable(),
    approval_reason: z.enum(Object.values(ApprovalReason)).nullable(),
    requested_by: z.string(),
    failure_code: z.string().nullable(),
    failure_detail: z.string().nullable(),
    transfer_id: z.string().nullable(),
    tracking_key: z.string().nullable(),
    receipt_url: z.string().nullable(),
    retry_of: idText('withdrawal').nullable(),
    batch_id: idText('withdrawal_batch').nullable().meta({ description: 'What it is a part or a row of.' }),
    created_at: timeText,
    updated_at: timeText,
    wallet: Wallet.optional(),
  })
  .meta({ id: 'Withdrawal', description: 'A payout: asked for, decided on, sent, and how it ended.' });

export function showWithdrawal(row: Omit<WithdrawalRow, 'wallet' | 'retry'>): z.input<typeof Withdrawal> {
  return {
    id: publicId('withdrawal', row.id),
    object: 'withdrawal',
    wallet_id: publicId('wallet', row.walletId),
    asset: row.asset,
    amount: row.amount.toString(),
    fee_amount: row.feeAmount.toString(),
    status: row.status,
    destination_kind: row.destinationKind,
    destination: textOf(row.destination),
    beneficiary_name: row.beneficiaryName,
    beneficiary_tax_id: row.beneficiaryTaxId && textOf(row.beneficiaryTaxId),
    beneficiary_bank: row.beneficiaryBank,
    comment: row.comment,
    reference_id: row.referenceId,
    approval_reason: row.approvalReason,
    requested_by: row.requestedBy,
    failure_code: row.failureCode,
    failure_detail: row.failureDetail,
    transfer_id: row.transferId,
    tracking_key: row.transfer?.trackingKey ?? null,
    receipt_url: row.transfer?.receiptUrl ?? null,
    retry_of: row.retryOfId && publicId('withdrawal', row.retryOfId),
    batch_id: row.batchId && publicId('withdrawal_batch', row.batchId),
    created_at: time(row.createdAt),
    updated_at: time(row.updatedAt),
  };
}

async function rowOf(reader: Reader, id: string): Promise<WithdrawalRow> {
  const [row] = await withdrawalRows(reader, [id]);
  if (!row) throw notFound('withdrawal', id);
  return row;
}

/** As the API shows it to this reader. */
export const shownWithdrawal = async (reader: Reader, id: string) => showWithdrawal(await rowOf(reader, id));

/** The same of one that stood there already, which is a look at whose it is. */
async function seen(reader: Reader, id: string): Promise<z.input<typeof Withdrawal>> {
  const row = await rowOf(reader, id);
  await noteKeyPayments(reader, { about: 'withdrawals', isList: false }, [row.walletId]);
  return showWithdrawal(row);
}

const list = operation({
  id: 'listWithdrawals',
  method: 'GET',
  path: '/withdrawals',
  tag,
  summary: 'The newest first.',
  scope: 'withdrawals:read',
  params: NONE,
  query: z.strictObject({
    ...askedQuery,
    status: anyOf(z.enum(STATUSES)),
    ...expandable('wallet'),
    ...paging(BY_TIME.uuid),
  }),
  body: null,
  status: 200,
  answer: listOf(Withdrawal).meta({ id: 'WithdrawalList' }),
  async run({ actor, query }) {
    const { limit, cursor, status, ...asked } = query;
    const page = await listWithdrawals(actor, { ...askedFilter(asked), status, cursor }, limit);
    const wallets = page.items.map((row) => row.walletId);
    await noteKeyPayments(actor, { about: 'withdrawals', isList: true }, wallets);
    return pageOf(page, showWithdrawal);
  },
});

const get = operation({
  id: 'getWithdrawal',
  method: 'GET',
  path: '/withdrawals/{id}',
  tag,
  summary: 'One withdrawal.',
  scope: 'withdrawals:read',
  params: byId('withdrawal'),
  query: z.strictObject(expandable('wallet')),
  body: null,
  status: 200,
  answer: Withdrawal,
  run: ({ actor, params }) => seen(actor, params.id),
});

const cancel = operation({
  id: 'cancelWithdrawal',
  method: 'POST',
  path: '/withdrawals/{id}/cancel',
  tag,
  summary: 'Calls it off while the rail has none of it; its money is available again.',
  scope: 'withdrawals:write',
  params: byId('withdrawal'),
  query: NONE,
  body: z.strictObject({ reason: reasonText() }),
  status: 200,
  answer: Withdrawal,
  async run({ actor, params, body }) {
    await cancelWithdrawal(actor, { withdrawalId: params.id, reason: body.reason });
    return seen(actor, params.id);
  },
});

export const withdrawals = { list, get, cancel };
