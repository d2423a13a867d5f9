import { z } from 'zod';
import { publicId } from '~/lib/api/ids';
import { operation } from '~/lib/api/operation';
import {
  amount,
  amountText,
  anyOf,
  asset,
  BY_TIME,
  byRailId,
  expandable,
  idOf,
  idText,
  listOf,
  moment,
  NONE,
  pageOf,
  paging,
  reasonText,
  time,
  timeOrNull,
  timeText,
} from '~/lib/api/shapes';
import { Wallet } from '~/lib/api/wallet-shape';
import { assignDeposit, returnDeposit } from '~/lib/deposits/deposits';
import { noteKeyPayments } from '~/lib/people/looks';
import { textOf } from '~/lib/people/masking';
import type { Reader, Shown } from '~/lib/people/sight';
import { getDeposit, listTransfers } from '~/lib/transfers/read';
import type { Transfer } from '~/prisma/generated/client';
import { TransferState } from '~/prisma/generated/enums';

const tag = 'Deposits';
const STATES = Object.values(TransferState);

const Deposit = z
  .strictObject({
    id: z.string(),
    object: z.literal('deposit'),
    wallet_id: idText('wallet').nullable(),
    asset: z.string(),
    amount: amountText,
    status: z.enum(STATES),
    suspense_reason: z.string().nullable(),
    account_id: z.string(),
    account_number_id: z.string().nullable(),
    account_number: z.string().nullable(),
    sender_name: z.string().nullable(),
    sender_tax_id: z.string().nullable(),
    sender_number: z.string().nullable(),
    sender_bank: z.string().nullable(),
    tracking_key: z.string().nullable(),
    reference_id: z.string().nullable(),
    comment: z.string().nullable(),
    receipt_url: z.string().nullable(),
    return_reason: z.string().nullable(),
    return_requested_at: timeText.nullable(),
    transacted_at: timeText,
    created_at: timeText,
    wallet: Wallet.nullable().optional(),
  })
  .meta({ id: 'Deposit', description: 'Money that came in: credited to a wallet, or in suspense.' });

function showDeposit(row: Shown<'transfer', Transfer>): z.input<typeof Deposit> {
  return {
    id: row.id,
    object: 'deposit',
    wallet_id: row.walletId && publicId('wallet', row.walletId),
    asset: row.asset,
    amount: row.amount.toString(),
    status: row.state,
    suspense_reason: row.suspenseReason,
    account_id: row.accountId,
    account_number_id: row.accountNumberId,
    account_number: row.accountNumber,
    sender_name: row.counterpartyName,
    sender_tax_id: row.counterpartyTaxId && textOf(row.counterpartyTaxId),
    sender_number: row.counterpartyNumber && textOf(row.counterpartyNumber),
    sender_bank: row.counterpartyBank,
    tracking_key: row.trackingKey,
    reference_id: row.referenceId,
    comment: row.comment,
    receipt_url: row.receiptUrl && textOf(row.receiptUrl),
    return_reason: row.returnReason,
    return_requested_at: timeOrNull(row.returnRequestedAt),
    transacted_at: time(row.transactedAt),
    created_at: time(row.createdAt),
  };
}

/** As the API shows it to this reader, which is a look at whose wallet it came to. */
async function seen(reader: Reader, id: string): Promise<z.input<typeof Deposit>> {
  const row = await getDeposit(reader, id);
  await noteKeyPayments(reader, { about: 'deposits', isList: false }, [row.walletId]);
  return showDeposit(row);
}

const list = operation({
  id: 'listDeposits',
  method: 'GET',
  path: '/deposits',
  tag,
  summary: 'By when they happened at the bank, the latest first.',
  scope: 'deposits:read',
  params: NONE,
  query: z.strictObject({
    wallet_id: idOf('wallet').optional(),
    status: anyOf(z.enum(STATES)),
    asset: anyOf(asset),
    min_amount: amount.optional(),
    max_amount: amount.optional(),
    from: moment.optional(),
    to: moment.optional(),
    ...expandable('wallet'),
    ...paging(BY_TIME.word),
  }),
  body: null,
  status: 200,
  answer: listOf(Deposit).meta({ id: 'DepositList' }),
  async run({
    actor,
    query: {
      limit,
      wallet_id: walletId,
      status: state,
      min_amount: minAmount,
      max_amount: maxAmount,
      ...filter
    },
  }) {
    const asked = { ...filter, walletId, state, minAmount, maxAmount, direction: 'inbound' } as const;
    const page = await listTransfers(actor, asked, limit);
    const wallets = page.items.map((row) => row.walletId);
    await noteKeyPayments(actor, { about: 'deposits', isList: true }, wallets);
    return pageOf(page, showDeposit);
  },
});

const get = operation({
  id: 'getDeposit',
  method: 'GET',
  path: '/deposits/{id}',
  tag,
  summary: 'One deposit.',
  scope: 'deposits:read',
  params: byRailId,
  query: z.strictObject(expandable('wallet')),
  body: null,
  status: 200,
  answer: Deposit,
  run: ({ actor, params }) => seen(actor, params.id),
});

const giveBack = operation({
  id: 'returnDeposit',
  method: 'POST',
  path: '/deposits/{id}/return',
  tag,
  summary:
    'Sends it back to who sent it. From a wallet it takes a person’s approval; what the wallet lacks is to be accepted.',
  scope: 'deposits:write',
  params: byRailId,
  query: NONE,
  body: z.strictObject({
    reason: reasonText(),
    accepts_loss: amount.optional(),
    accepts_not_open: z.boolean().optional(),
  }),
  status: 200,
  answer: Deposit,
  async run({ actor, params, body, requestId }) {
    const { reason, accepts_loss: acceptsLoss, accepts_not_open: acceptsNotOpen } = body;
    const { id: transferId } = await getDeposit(actor, params.id);
    await returnDeposit(actor, { transferId, reason, acceptsLoss, acceptsNotOpen, requestId });
    return seen(actor, transferId);
  },
});

const assign = operation({
  id: 'assignDeposit',
  method: 'POST',
  path: '/deposits/{id}/assign',
  tag,
  summary:
    'Asks for what stands in suspense to be credited to a wallet; a person decides. Until then it stays as it is.',
  scope: 'deposits:write',
  params: byRailId,
  query: NONE,
  body: z.strictObject({
    wallet_id: idOf('wallet'),
    reason: reasonText(),
    accepts_other_account: z.boolean().optional().meta({
      description: 'Where the money stands in another account than the one that the wallet pays from.',
    }),
  }),
  status: 200,
  answer: Deposit,
  async run({ actor, params, body, requestId }) {
    const { reason, wallet_id: walletId, accepts_other_account: acceptsOtherAccount } = body;
    const { id: transferId } = await getDeposit(actor, params.id);
    await assignDeposit(actor, { transferId, walletId, reason, acceptsOtherAccount, requestId });
    return seen(actor, transferId);
  },
});

export const deposits = { list, get, giveBack, assign };
