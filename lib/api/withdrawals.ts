import { z } from 'zod';
import { authorize, type KeyActor } from '~/lib/actor';
import { publicId } from '~/lib/api/ids';
import { operation } from '~/lib/api/operation';
import {
  amount,
  amountText,
  anyOf,
  askedFilter,
  askedQuery,
  asset,
  BY_TIME,
  byId,
  expandable,
  idOf,
  idText,
  listOf,
  NONE,
  optionalText,
  pageOf,
  paging,
  reasonText,
  text,
  time,
  timeText,
} from '~/lib/api/shapes';
import { requireAsset } from '~/lib/api/wallet-asset';
import { Wallet } from '~/lib/api/wallet-shape';
import { notFound } from '~/lib/errors';
import { textOf } from '~/lib/people/masking';
import type { Reader } from '~/lib/people/sight';
import { DESTINATION_KINDS } from '~/lib/rails/destination';
import { listWithdrawals, type WithdrawalRow, withdrawalRows } from '~/lib/withdrawals/read';
import { cancelWithdrawal, requestWithdrawal } from '~/lib/withdrawals/withdrawals';
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
    created_at: timeText,
    updated_at: timeText,
    wallet: Wallet.optional(),
  })
  .meta({ id: 'Withdrawal', description: 'A payout: asked for, decided on, sent, and how it ended.' });

function showWithdrawal(row: WithdrawalRow): z.input<typeof Withdrawal> {
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
    created_at: time(row.createdAt),
    updated_at: time(row.updatedAt),
  };
}

/** As the API shows it to this reader. */
export async function shownWithdrawal(reader: Reader, id: string) {
  const [row] = await withdrawalRows(reader, [id]);
  if (!row) throw notFound('withdrawal', id);
  return showWithdrawal(row);
}

/** What a payout is asked for with. */
export const NewWithdrawal = z
  .strictObject({
    wallet_id: idOf('wallet'),
    asset,
    amount,
    destination: text(64).meta({
      description:
        'For MXN a CLABE, or behind its bank’s SPEI key a debit card or a mobile number: 40012/4152313312341238. For CLP ' +
        'RUT, bank, kind and number of an account: 12345678-5/cl_banco_estado/sight/123 (checking, sight or savings).',
    }),
    beneficiary_name: optionalText(120),
    beneficiary_tax_id: optionalText(40),
    comment: optionalText(140),
    reference_id: optionalText(20),
    accepted_twin: idOf('withdrawal')
      .optional()
      .meta({ description: 'The withdrawal of the same that you know of, where you want another one.' }),
  })
  .meta({ id: 'NewWithdrawal' });

/** Asks for a payout, once under a request id, and answers it as the API shows it. */
export async function askForPayout(
  actor: KeyActor,
  body: z.output<typeof NewWithdrawal>,
  requestId: string,
): Promise<z.input<typeof Withdrawal>> {
  authorize(actor, 'withdrawals:request');
  await requireAsset({ wallet_id: body.wallet_id }, body.asset);
  const made = await requestWithdrawal(actor, {
    walletId: body.wallet_id,
    asset: body.asset,
    amount: body.amount,
    destination: body.destination,
    beneficiaryName: body.beneficiary_name,
    beneficiaryTaxId: body.beneficiary_tax_id,
    comment: body.comment,
    referenceId: body.reference_id,
    acceptedTwin: body.accepted_twin,
    requestId,
  });
  return shownWithdrawal(actor, made.id);
}

const create = operation({
  id: 'createWithdrawal',
  method: 'POST',
  path: '/withdrawals',
  tag,
  summary:
    'Asks for a payout and sets its money aside. By the rule in force it is queued, or waits for a person’s approval.',
  scope: 'withdrawals:write',
  params: NONE,
  query: NONE,
  body: NewWithdrawal,
  status: 201,
  answer: Withdrawal,
  run: ({ actor, body, requestId }) => askForPayout(actor, body, requestId),
});

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
    return pageOf(
      await listWithdrawals(actor, { ...askedFilter(asked), status, cursor }, limit),
      showWithdrawal,
    );
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
  run: ({ actor, params }) => shownWithdrawal(actor, params.id),
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
    return shownWithdrawal(actor, params.id);
  },
});

export const withdrawals = { create, list, get, cancel };
