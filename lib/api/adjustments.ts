import { z } from 'zod';
import { requestAdjustment } from '~/lib/adjustments/adjustments';
import { type AdjustmentRow, adjustmentRows, listAdjustments } from '~/lib/adjustments/read';
import { reverseAdjustment } from '~/lib/adjustments/reversal';
import { Hold } from '~/lib/api/holds';
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
  pageOf,
  paging,
  reasonText,
  time,
  timeOrNull,
  timeText,
} from '~/lib/api/shapes';
import { requireAsset } from '~/lib/api/wallet-asset';
import { Wallet } from '~/lib/api/wallet-shape';
import { notFound } from '~/lib/errors';
import type { Reader } from '~/lib/people/sight';
import { AdjustmentStatus } from '~/prisma/generated/enums';

const tag = 'Balance adjustments';
const STATUSES = Object.values(AdjustmentStatus);
const RELATED = expandable('from_wallet', 'to_wallet', 'hold');

export const Adjustment = z
  .strictObject({
    id: idText('adjustment'),
    object: z.literal('balance_adjustment'),
    from_wallet_id: idText('wallet').nullable(),
    to_wallet_id: idText('wallet').nullable(),
    account_id: z.string().nullable(),
    asset: z.string(),
    amount: amountText,
    reason: z.string(),
    status: z.enum(STATUSES),
    requested_by: z.string(),
    decision: z.string().nullable(),
    hold_id: idText('hold').nullable(),
    exchange_id: idText('exchange').nullable(),
    reversal_of_id: idText('adjustment').nullable(),
    decided_at: timeText.nullable(),
    created_at: timeText,
    updated_at: timeText,
    from_wallet: Wallet.nullable().optional(),
    to_wallet: Wallet.nullable().optional(),
    hold: Hold.nullable().optional(),
  })
  .meta({ id: 'BalanceAdjustment', description: 'Money moved from one wallet to another, with no rail.' });

function showAdjustment(row: AdjustmentRow): z.input<typeof Adjustment> {
  return {
    id: publicId('adjustment', row.id),
    object: 'balance_adjustment',
    from_wallet_id: row.fromWalletId && publicId('wallet', row.fromWalletId),
    to_wallet_id: row.toWalletId && publicId('wallet', row.toWalletId),
    account_id: row.accountId,
    asset: row.asset,
    amount: row.amount.toString(),
    reason: row.reason,
    status: row.status,
    requested_by: row.requestedBy,
    decision: row.decision,
    hold_id: row.holdId && publicId('hold', row.holdId),
    exchange_id: row.exchangeId && publicId('exchange', row.exchangeId),
    reversal_of_id: row.reversalOfId && publicId('adjustment', row.reversalOfId),
    decided_at: timeOrNull(row.decidedAt),
    created_at: time(row.createdAt),
    updated_at: time(row.updatedAt),
  };
}

async function shown(reader: Reader, id: string) {
  const [row] = await adjustmentRows(reader, [id]);
  if (!row) throw notFound('adjustment', id);
  return showAdjustment(row);
}

const create = operation({
  id: 'createBalanceAdjustment',
  method: 'POST',
  path: '/balance-adjustments',
  tag,
  summary:
    'Asks for money to move between two wallets, one of which may be the house’s. A person always decides.',
  scope: 'balance_adjustments:write',
  params: NONE,
  query: NONE,
  body: z.strictObject({
    from_wallet_id: idOf('wallet'),
    to_wallet_id: idOf('wallet'),
    asset,
    amount,
    reason: reasonText(10),
  }),
  status: 201,
  answer: Adjustment,
  async run({ actor, body, requestId }) {
    const { from_wallet_id: fromWalletId, to_wallet_id: toWalletId, asset: said, ...rest } = body;
    await requireAsset({ fromWalletId, toWalletId }, said);
    const made = await requestAdjustment(actor, {
      fromWalletId,
      toWalletId,
      asset: said,
      ...rest,
      requestId,
    });
    return shown(actor, made.id);
  },
});

const list = operation({
  id: 'listBalanceAdjustments',
  method: 'GET',
  path: '/balance-adjustments',
  tag,
  summary: 'The newest first.',
  scope: 'balance_adjustments:read',
  params: NONE,
  query: z.strictObject({
    ...askedQuery,
    status: anyOf(z.enum(STATUSES)),
    ...RELATED,
    ...paging(BY_TIME.uuid),
  }),
  body: null,
  status: 200,
  answer: listOf(Adjustment).meta({ id: 'BalanceAdjustmentList' }),
  async run({ actor, query }) {
    const { limit, cursor, status, ...asked } = query;
    return pageOf(
      await listAdjustments(actor, { ...askedFilter(asked), status, cursor }, limit),
      showAdjustment,
    );
  },
});

const get = operation({
  id: 'getBalanceAdjustment',
  method: 'GET',
  path: '/balance-adjustments/{id}',
  tag,
  summary: 'One adjustment.',
  scope: 'balance_adjustments:read',
  params: byId('adjustment'),
  query: z.strictObject(RELATED),
  body: null,
  status: 200,
  answer: Adjustment,
  run: ({ actor, params }) => shown(actor, params.id),
});

const reverse = operation({
  id: 'reverseBalanceAdjustment',
  method: 'POST',
  path: '/balance-adjustments/{id}/reverse',
  tag,
  summary: 'Asks for a posted one to be taken back, as an adjustment of its own. A person always decides.',
  scope: 'balance_adjustments:write',
  params: byId('adjustment'),
  query: NONE,
  body: z.strictObject({ reason: reasonText(10) }),
  status: 201,
  answer: Adjustment,
  async run({ actor, params, body, requestId }) {
    const asked = await reverseAdjustment(actor, { adjustmentId: params.id, ...body, requestId });
    return shown(actor, asked.id);
  },
});

export const adjustments = { create, list, get, reverse };
