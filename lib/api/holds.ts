import { z } from 'zod';
import { publicId } from '~/lib/api/ids';
import { operation } from '~/lib/api/operation';
import {
  amount,
  amountText,
  anyOf,
  asset,
  BY_TIME,
  byId,
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
import { captureHold, placeHold, releaseHold } from '~/lib/holds/holds';
import { getHold, HOLD_STATES, listHolds } from '~/lib/holds/read';
import type { Reader } from '~/lib/people/sight';
import type { Hold as Row } from '~/prisma/generated/client';

const tag = 'Holds';

export const Hold = z
  .strictObject({
    id: idText('hold'),
    object: z.literal('hold'),
    wallet_id: idText('wallet'),
    asset: z.string(),
    amount: amountText,
    left: amountText.meta({ description: 'What is still set aside, without what captures ask for.' }),
    asked_amount: amountText,
    captured_amount: amountText,
    released_amount: amountText,
    reason: z.string(),
    status: z.enum(HOLD_STATES),
    expires_at: timeText,
    ended_at: timeText.nullable(),
    created_at: timeText,
    wallet: Wallet.optional(),
  })
  .meta({
    id: 'Hold',
    description: 'Money of a wallet that is set aside until a time, or until it is given back.',
  });

function showHold(row: Row & { left: bigint }): z.input<typeof Hold> {
  return {
    id: publicId('hold', row.id),
    object: 'hold',
    wallet_id: publicId('wallet', row.walletId),
    asset: row.asset,
    amount: row.amount.toString(),
    left: row.left.toString(),
    asked_amount: row.askedAmount.toString(),
    captured_amount: row.capturedAmount.toString(),
    released_amount: row.releasedAmount.toString(),
    reason: row.reason,
    status: row.state,
    expires_at: time(row.expiresAt),
    ended_at: timeOrNull(row.endedAt),
    created_at: time(row.createdAt),
  };
}

const shown = async (reader: Reader, id: string) => showHold(await getHold(reader, id));

const create = operation({
  id: 'createHold',
  method: 'POST',
  path: '/holds',
  tag,
  summary: 'Sets money of a wallet aside, at most what is available.',
  scope: 'wallets:freeze',
  params: NONE,
  query: NONE,
  body: z.strictObject({
    wallet_id: idOf('wallet'),
    asset,
    amount,
    reason: reasonText(),
    expires_at: moment,
  }),
  status: 201,
  answer: Hold,
  async run({ actor, body: { wallet_id: walletId, expires_at: expiresAt, ...rest }, requestId }) {
    return shown(actor, (await placeHold(actor, { ...rest, walletId, expiresAt, requestId })).id);
  },
});

const list = operation({
  id: 'listHolds',
  method: 'GET',
  path: '/holds',
  tag,
  summary: 'The newest first.',
  scope: 'wallets:read',
  params: NONE,
  query: z.strictObject({
    wallet_id: idOf('wallet').optional(),
    asset: anyOf(asset),
    status: anyOf(z.enum(HOLD_STATES)),
    ...expandable('wallet'),
    ...paging(BY_TIME.uuid),
  }),
  body: null,
  status: 200,
  answer: listOf(Hold).meta({ id: 'HoldList' }),
  async run({ actor, query: { wallet_id: walletId, status: state, limit, ...rest } }) {
    return pageOf(await listHolds(actor, { ...rest, walletId, state }, limit), showHold);
  },
});

const get = operation({
  id: 'getHold',
  method: 'GET',
  path: '/holds/{id}',
  tag,
  summary: 'One hold.',
  scope: 'wallets:read',
  params: byId('hold'),
  query: z.strictObject(expandable('wallet')),
  body: null,
  status: 200,
  answer: Hold,
  run: ({ actor, params }) => shown(actor, params.id),
});

const release = operation({
  id: 'releaseHold',
  method: 'POST',
  path: '/holds/{id}/release',
  tag,
  summary: 'Gives a part back; without an amount, all that is left.',
  scope: 'wallets:freeze',
  params: byId('hold'),
  query: NONE,
  body: z.strictObject({ amount: amount.optional(), reason: reasonText() }),
  status: 200,
  answer: Hold,
  async run({ actor, params, body, requestId }) {
    return shown(actor, (await releaseHold(actor, { ...body, holdId: params.id, requestId })).id);
  },
});

const capture = operation({
  id: 'captureHold',
  method: 'POST',
  path: '/holds/{id}/capture',
  tag,
  summary:
    'Asks for a part to go to another wallet of the same asset, as a balance adjustment. A person always decides.',
  scope: 'balance_adjustments:write',
  params: byId('hold'),
  query: NONE,
  body: z.strictObject({ to_wallet_id: idOf('wallet'), amount, reason: reasonText(10) }),
  status: 200,
  answer: Hold,
  async run({ actor, params, body: { to_wallet_id: toWalletId, ...rest }, requestId }) {
    await captureHold(actor, { ...rest, toWalletId, holdId: params.id, requestId });
    return shown(actor, params.id);
  },
});

export const holds = { create, list, get, release, capture };
