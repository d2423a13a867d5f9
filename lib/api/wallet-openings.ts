import { z } from 'zod';
import { operation } from '~/lib/api/operation';
import { asset, byId, idOf, NONE, railId, reasonText } from '~/lib/api/shapes';
import { shownWallet, Wallet } from '~/lib/api/wallet-shape';
import { cancelAsset } from '~/lib/wallets/asset-openings';
import { enableAsset } from '~/lib/wallets/opening';
import { cancelOpening } from '~/lib/wallets/status';
import { WALLET_PATTERNS } from '~/lib/wallets/wallets';

const tag = 'Wallets';

const enable = operation({
  id: 'enableWalletAsset',
  method: 'POST',
  path: '/wallets/{id}/assets',
  tag,
  summary:
    'Lets a wallet hold another asset. Where a rail moves it, it is `opening` until its account and number stand there.',
  scope: 'wallets:write',
  params: byId('wallet'),
  query: NONE,
  body: z.strictObject({
    asset,
    pattern: z.enum(WALLET_PATTERNS).optional(),
    terms_id: idOf('terms').optional(),
    entity_id: railId.optional(),
  }),
  status: 201,
  answer: Wallet,
  async run({ actor, params: { id: walletId }, body, requestId }) {
    const { terms_id: termsId, entity_id: entityId, ...rest } = body;
    await enableAsset(actor, { walletId, termsId, entityId, ...rest, requestId });
    return shownWallet(actor, walletId);
  },
});

const cancel = operation({
  id: 'cancelWalletOpening',
  method: 'POST',
  path: '/wallets/{id}/cancel-opening',
  tag,
  summary:
    'Gives up the opening of a wallet, which closes it for good; or with `asset` that of one of its assets alone.',
  scope: 'wallets:write',
  params: byId('wallet'),
  query: NONE,
  body: z.strictObject({ asset: asset.optional(), reason: reasonText() }),
  status: 200,
  answer: Wallet,
  async run({ actor, params: { id: walletId }, body: { asset: code, reason }, requestId }) {
    if (code) await cancelAsset(actor, { walletId, asset: code, reason, requestId });
    else await cancelOpening(actor, { walletId, reason });
    return shownWallet(actor, walletId);
  },
});

export const walletOpenings = { enable, cancel };
