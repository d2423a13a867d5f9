import { z } from 'zod';
import { requestExchange } from '~/lib/adjustments/exchange';
import { type ExchangeRow, getExchange } from '~/lib/adjustments/read';
import { publicId } from '~/lib/api/ids';
import { operation } from '~/lib/api/operation';
import {
  amount,
  amountText,
  asset,
  byId,
  expandable,
  idOf,
  idText,
  NONE,
  reasonText,
  time,
  timeText,
} from '~/lib/api/shapes';
import { Wallet } from '~/lib/api/wallet-shape';
import { AdjustmentStatus } from '~/prisma/generated/enums';

const tag = 'Exchanges';

const Exchange = z
  .strictObject({
    id: idText('exchange'),
    object: z.literal('exchange'),
    wallet_id: idText('wallet'),
    from_asset: z.string(),
    from_amount: amountText.meta({ description: 'In the smallest unit of from_asset.' }),
    to_asset: z.string(),
    to_amount: amountText.meta({ description: 'In the smallest unit of to_asset, rounded down.' }),
    rate: z.string(),
    reason: z.string(),
    status: z.enum(Object.values(AdjustmentStatus)),
    balance_adjustment_ids: z.array(idText('adjustment')),
    created_at: timeText,
    wallet: Wallet.optional(),
  })
  .meta({
    id: 'Exchange',
    description:
      'One asset of a wallet for another, at a stated rate: two adjustments with the house, decided together.',
  });

function show({ legs, ...row }: ExchangeRow): z.input<typeof Exchange> {
  return {
    id: publicId('exchange', row.id),
    object: 'exchange',
    wallet_id: publicId('wallet', row.walletId),
    from_asset: row.fromAsset,
    from_amount: row.fromAmount.toString(),
    to_asset: row.toAsset,
    to_amount: row.toAmount.toString(),
    rate: row.rate,
    reason: row.reason,
    status: row.status,
    balance_adjustment_ids: legs.map(({ id }) => publicId('adjustment', id)),
    created_at: time(row.createdAt),
  };
}

const create = operation({
  id: 'createExchange',
  method: 'POST',
  path: '/exchanges',
  tag,
  summary:
    'Asks for some of a wallet’s one asset to become another: `rate` is how much of `to_asset` one of `from_asset` is. What the wallet gives is set aside, and a person always decides.',
  scope: 'balance_adjustments:write',
  params: NONE,
  query: NONE,
  body: z.strictObject({
    wallet_id: idOf('wallet'),
    from_asset: asset,
    to_asset: asset,
    amount,
    rate: z
      .string()
      .max(30)
      .meta({ description: 'A decimal of at most 12 digits on either side of its point.' }),
    reason: reasonText(10),
  }),
  status: 201,
  answer: Exchange,
  async run({ actor, body, requestId }) {
    const { wallet_id: walletId, from_asset: fromAsset, to_asset: toAsset, ...rest } = body;
    const { id } = await requestExchange(actor, { walletId, fromAsset, toAsset, ...rest, requestId });
    return show(await getExchange(actor, id));
  },
});

const get = operation({
  id: 'getExchange',
  method: 'GET',
  path: '/exchanges/{id}',
  tag,
  summary: 'One exchange.',
  scope: 'balance_adjustments:read',
  params: byId('exchange'),
  query: z.strictObject(expandable('wallet')),
  body: null,
  status: 200,
  answer: Exchange,
  run: async ({ actor, params }) => show(await getExchange(actor, params.id)),
});

export const exchanges = { create, get };
