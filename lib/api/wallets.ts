import { z } from 'zod';
import type { KeyActor } from '~/lib/actor';
import { publicId } from '~/lib/api/ids';
import { operation } from '~/lib/api/operation';
import {
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
  text,
  time,
  timeText,
} from '~/lib/api/shapes';
import {
  newWalletFields,
  showBalance,
  shownWallet,
  showWallet,
  Wallet,
  WalletBalance,
} from '~/lib/api/wallet-shape';
import { InvalidInputError } from '~/lib/errors';
import { walletBalancesKnownAt } from '~/lib/ledger/history';
import { changeWallet } from '~/lib/wallets/change';
import { FREEZE_DIRECTIONS } from '~/lib/wallets/frozen';
import { getHeldBalances } from '~/lib/wallets/held-balances';
import { openOwnWallet, openWallet } from '~/lib/wallets/opening';
import { closeWallet, freezeWallet, reopenWallet, unfreezeWallet } from '~/lib/wallets/status';
import { listWallets, WALLET_KINDS, WALLET_PATTERNS, WALLET_STATUSES } from '~/lib/wallets/wallets';

const tag = 'Wallets';

const create = operation({
  id: 'createWallet',
  method: 'POST',
  path: '/wallets',
  tag,
  summary:
    'Opens a customer’s wallet, `opening` until its account and number stand on the rail; or a general one, of nobody’s and open at once.',
  scope: 'wallets:write',
  params: NONE,
  query: NONE,
  body: z.strictObject({
    kind: z.enum(['customer', 'general']).default('customer').meta({
      description: '`general` holds balances alone: no deposits, no withdrawals, and no customer.',
    }),
    customer_id: idOf('customer').optional(),
    portfolio_id: idOf('portfolio').optional(),
    ...newWalletFields,
  }),
  status: 201,
  answer: Wallet,
  async run({ actor, body, requestId }) {
    const { kind, asset: code, name, customer_id: customerId, ...rest } = body;
    if (kind === 'general') {
      requireNoneOf({ customerId, ...rest });
      return shownWallet(actor, (await openOwnWallet(actor, { kind, asset: code, name, requestId })).id);
    }
    if (customerId === undefined) throw new InvalidInputError({ customerId: 'required' });
    const { portfolio_id: portfolioId, terms_id: termsId, entity_id: entityId, pattern } = rest;
    const wanted = { customerId, portfolioId, termsId, entityId, asset: code, pattern, name, requestId };
    return shownWallet(actor, (await openWallet(actor, wanted)).id);
  },
});

/** What only a customer's wallet has. */
function requireNoneOf(given: Record<string, unknown>): void {
  const named = Object.keys(given).filter((name) => given[name] !== undefined);
  if (named.length > 0)
    throw new InvalidInputError(Object.fromEntries(named.map((name) => [name, 'of_customer_wallets'])));
}

const list = operation({
  id: 'listWallets',
  method: 'GET',
  path: '/wallets',
  tag,
  summary: 'The newest first.',
  scope: 'wallets:read',
  params: NONE,
  query: z.strictObject({
    kind: anyOf(z.enum(WALLET_KINDS)),
    status: anyOf(z.enum(WALLET_STATUSES)),
    pattern: anyOf(z.enum(WALLET_PATTERNS)),
    asset: asset.optional(),
    customer_id: idOf('customer').optional(),
    portfolio_id: idOf('portfolio').optional(),
    created_from: moment.optional(),
    created_to: moment.optional().meta({ description: 'Exclusive.' }),
    ...expandable('customer'),
    ...paging(BY_TIME.uuid),
  }),
  body: null,
  status: 200,
  answer: listOf(Wallet).meta({ id: 'WalletList' }),
  async run({ actor, query }) {
    const { limit, customer_id: customerId, portfolio_id: portfolioId, ...filter } = query;
    const { created_from: createdFrom, created_to: createdTo, asset: code, ...rest } = filter;
    const page = await listWallets(
      actor,
      { ...rest, asset: code && [code], customerId, portfolioId, createdFrom, createdTo },
      limit,
    );
    return pageOf(page, showWallet);
  },
});

const get = operation({
  id: 'getWallet',
  method: 'GET',
  path: '/wallets/{id}',
  tag,
  summary: 'One wallet with its balances.',
  scope: 'wallets:read',
  params: byId('wallet'),
  query: z.strictObject(expandable('customer')),
  body: null,
  status: 200,
  answer: Wallet,
  run: ({ actor, params }) => shownWallet(actor, params.id),
});

const update = operation({
  id: 'updateWallet',
  method: 'PATCH',
  path: '/wallets/{id}',
  tag,
  summary: 'Another name, or another portfolio of its customer’s; null takes it out.',
  scope: 'wallets:write',
  params: byId('wallet'),
  query: NONE,
  body: z.strictObject({ name: text(120).optional(), portfolio_id: idOf('portfolio').nullable().optional() }),
  status: 200,
  answer: Wallet,
  async run({ actor, params, body }) {
    const { name, portfolio_id: portfolioId } = body;
    await changeWallet(actor, { walletId: params.id, name, portfolioId });
    return shownWallet(actor, params.id);
  },
});

const Balance = z
  .strictObject({
    object: z.literal('balance'),
    wallet_id: idText('wallet'),
    at: timeText.nullable(),
    known_at: timeText.nullable(),
    balances: z.array(WalletBalance),
  })
  .meta({ id: 'Balance' });

const balance = operation({
  id: 'getWalletBalance',
  method: 'GET',
  path: '/wallets/{id}/balance',
  tag,
  summary:
    'Now; or as it was before `at` by the bank’s clock; or as these books knew it before `known_at`; or both together.',
  scope: 'wallets:read',
  params: byId('wallet'),
  query: z.strictObject({ at: moment.optional(), known_at: moment.optional() }),
  body: null,
  status: 200,
  answer: Balance,
  async run({ params: { id }, query: { at, known_at: knownAt } }) {
    const held = await getHeldBalances(id);
    const then = at || knownAt ? await walletBalancesKnownAt(id, { at, knownAt }) : null;
    const none = { available: 0n, pending: 0n, reserved: 0n };
    return {
      object: 'balance' as const,
      wallet_id: publicId('wallet', id),
      at: at ? time(at) : null,
      known_at: knownAt ? time(knownAt) : null,
      balances: held.map(({ asset: code, balances }) =>
        showBalance(code, then ? (then.get(code) ?? none) : balances),
      ),
    };
  },
});

type Sent = { walletId: string; requestId: string };

/** A change of state, with its reason. Asked again under the same Idempotency-Key it stays as it is by then. */
function change<Body extends z.ZodObject>(
  act: 'freeze' | 'unfreeze' | 'close' | 'reopen',
  summary: string,
  body: Body,
  run: (actor: KeyActor, asked: Sent, body: z.output<Body>) => Promise<unknown>,
) {
  return operation({
    id: `${act}Wallet`,
    method: 'POST',
    path: `/wallets/{id}/${act}`,
    tag,
    summary,
    scope: 'wallets:freeze',
    params: byId('wallet'),
    query: NONE,
    body,
    status: 200,
    answer: Wallet,
    async run(call) {
      const { id } = call.params;
      await run(call.actor, { walletId: id, requestId: call.requestId }, call.body as z.output<Body>);
      return shownWallet(call.actor, id);
    },
  });
}

const reason = { reason: reasonText() };

const freeze = change(
  'freeze',
  'Stops what leaves a wallet, what comes in, or both, until it is lifted or a time. Deposits that it stops are sent back (`refuse`) or kept in suspense (`suspend`).',
  z.strictObject({
    ...reason,
    direction: z.enum(FREEZE_DIRECTIONS).optional(),
    until: moment.optional(),
    deposits: z.enum(['refuse', 'suspend']).optional(),
  }),
  (actor, asked, body) => freezeWallet(actor, { ...asked, ...body }),
);
const unfreeze = change(
  'unfreeze',
  'Lets a frozen wallet go on.',
  z.strictObject(reason),
  (actor, asked, body) => unfreezeWallet(actor, { ...asked, ...body }),
);
const close = change(
  'close',
  'Closes an empty wallet. Only one that its customer closed can be reopened.',
  z.strictObject({ ...reason, closed_by: z.enum(['platform', 'customer']) }),
  (actor, asked, body) => closeWallet(actor, { ...asked, reason: body.reason, closedBy: body.closed_by }),
);
const reopen = change(
  'reopen',
  'Opens a wallet again that its customer closed.',
  z.strictObject(reason),
  (actor, asked, body) => reopenWallet(actor, { ...asked, ...body }),
);

export const wallets = { create, list, get, update, balance, freeze, unfreeze, close, reopen };
