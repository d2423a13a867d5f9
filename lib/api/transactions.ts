import { z } from 'zod';
import { Adjustment } from '~/lib/api/adjustments';
import { Hold } from '~/lib/api/holds';
import { publicId, publicNumber } from '~/lib/api/ids';
import { operation } from '~/lib/api/operation';
import {
  amount,
  amountText,
  anyOf,
  asset,
  byId,
  expandable,
  idText,
  listOf,
  moment,
  numberText,
  pageOf,
  paging,
  time,
  timeText,
} from '~/lib/api/shapes';
import { Withdrawal } from '~/lib/api/withdrawals';
import { keyset } from '~/lib/keyset';
import { MOVEMENT_KINDS } from '~/lib/movements/kinds';
import { listMovements, type Movement } from '~/lib/movements/movements';
import { noteKeyPayments } from '~/lib/people/looks';
import { textOf } from '~/lib/people/masking';
import { getWallet } from '~/lib/wallets/wallets';
import { AdjustmentStatus, HoldState, TransferState, WithdrawalStatus } from '~/prisma/generated/enums';

const STATUSES = [
  ...new Set(
    [WithdrawalStatus, TransferState, AdjustmentStatus, HoldState].flatMap((all) => Object.values(all)),
  ),
];

export const WalletTransaction = z
  .strictObject({
    id: numberText('wallet_transaction'),
    object: z.literal('wallet_transaction'),
    wallet_id: idText('wallet'),
    type: z.string(),
    asset: z.string(),
    amount: amountText.meta({ description: 'Signed: what it changed in the available balance.' }),
    balance_after: amountText,
    status: z.string().nullable(),
    effective_at: timeText,
    posted_at: timeText,
    counterparty_name: z.string().nullable(),
    counterparty_number: z.string().nullable(),
    counterparty_bank: z.string().nullable(),
    tracking_key: z.string().nullable(),
    reference_id: z.string().nullable(),
    comment: z.string().nullable(),
    transfer_id: z.string().nullable(),
    withdrawal_id: idText('withdrawal').nullable(),
    balance_adjustment_id: idText('adjustment').nullable(),
    hold_id: idText('hold').nullable(),
    withdrawal: Withdrawal.nullable().optional(),
    balance_adjustment: Adjustment.nullable().optional(),
    hold: Hold.nullable().optional(),
  })
  .meta({ id: 'WalletTransaction', description: 'One line of a wallet’s history.' });

function showTransaction(row: Movement): z.input<typeof WalletTransaction> {
  return {
    id: publicNumber('wallet_transaction', row.id),
    object: 'wallet_transaction',
    wallet_id: publicId('wallet', row.walletId),
    type: row.kind,
    asset: row.asset,
    amount: row.amount.toString(),
    balance_after: row.balanceAfter.toString(),
    status: row.status,
    effective_at: time(row.effectiveAt),
    posted_at: time(row.postedAt),
    counterparty_name: row.counterpartyName,
    counterparty_number: row.counterpartyNumber && textOf(row.counterpartyNumber),
    counterparty_bank: row.counterpartyBank,
    tracking_key: row.trackingKey,
    reference_id: row.referenceId,
    comment: row.comment,
    transfer_id: row.transferId,
    withdrawal_id: row.withdrawalId && publicId('withdrawal', row.withdrawalId),
    balance_adjustment_id: row.adjustmentId && publicId('adjustment', row.adjustmentId),
    hold_id: row.holdId && publicId('hold', row.holdId),
  };
}

/** As lib/movements/order.ts has a wallet's. */
const BOOKED = keyset({ sequence: 'number' }, 'desc');

const list = operation({
  id: 'listWalletTransactions',
  method: 'GET',
  path: '/wallets/{id}/transactions',
  tag: 'Wallets',
  summary:
    'What changed its available balance, in the order booked, the latest first. `from` and `to` are of the bank’s clock.',
  scope: 'wallets:read',
  params: byId('wallet'),
  query: z.strictObject({
    type: anyOf(z.enum(MOVEMENT_KINDS)),
    status: anyOf(z.enum(STATUSES)).meta({ description: 'Of what is behind it.' }),
    direction: z.enum(['in', 'out']).optional(),
    asset: anyOf(asset),
    min_amount: amount.optional(),
    max_amount: amount.optional(),
    from: moment.optional(),
    to: moment.optional(),
    ...expandable('withdrawal', 'balance_adjustment', 'hold'),
    ...paging(BOOKED),
  }),
  body: null,
  status: 200,
  answer: listOf(WalletTransaction).meta({ id: 'WalletTransactionList' }),
  async run({ actor, params: { id: walletId }, query }) {
    await getWallet(actor, walletId);
    const { limit, type: kind, min_amount: minAmount, max_amount: maxAmount, ...filter } = query;
    await noteKeyPayments(actor, { about: 'transactions', isList: true }, [walletId]);
    return pageOf(
      await listMovements(actor, { ...filter, walletId, kind, minAmount, maxAmount }, limit),
      showTransaction,
    );
  },
});

export const transactions = { list };
