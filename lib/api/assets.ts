import { z } from 'zod';
import { operation } from '~/lib/api/operation';
import { listOf, NONE, pageOf } from '~/lib/api/shapes';
import { ASSETS, type AssetCode } from '~/lib/money';
import { railFor } from '~/lib/rails/registry';

const Asset = z
  .strictObject({
    object: z.literal('asset'),
    code: z.string(),
    kind: z.enum(['fiat', 'digital']),
    exponent: z.int().meta({ description: 'Decimals of its smallest unit: 2 means centavos.' }),
    network: z.string(),
    has_rail: z.boolean(),
    is_paid_out: z.boolean(),
  })
  .meta({ id: 'Asset' });

function showAsset(code: AssetCode): z.input<typeof Asset> {
  const facts = railFor(code)?.facts();
  return {
    ...{ object: 'asset', code, ...ASSETS[code], has_rail: facts !== undefined },
    is_paid_out: facts !== undefined && code in facts.payouts,
  };
}

const list = operation({
  id: 'listAssets',
  method: 'GET',
  path: '/assets',
  tag: 'Assets',
  summary: 'Every asset that amounts can be in. One page.',
  scope: null,
  params: NONE,
  query: NONE,
  body: null,
  status: 200,
  answer: listOf(Asset).meta({ id: 'AssetList' }),
  run: async () => pageOf({ items: Object.keys(ASSETS) as AssetCode[], nextCursor: null }, showAsset),
});

export const assets = { list };
