import { z } from 'zod';
import { publicId } from '~/lib/api/ids';
import { operation } from '~/lib/api/operation';
import { idText, listOf, NONE, pageOf, time, timeText } from '~/lib/api/shapes';
import { isDefaultTerms, listTerms } from '~/lib/terms/terms';

const WalletTerms = z
  .strictObject({
    id: idText('terms'),
    object: z.literal('wallet_terms'),
    name: z.string(),
    version: z.int(),
    asset: z.string(),
    is_default: z.boolean(),
    deposits_enabled: z.boolean(),
    withdrawals_enabled: z.boolean(),
    created_at: timeText,
  })
  .meta({
    id: 'WalletTerms',
    description: 'Limits and fees that wallets are under: what a wallet is opened with as `terms_id`.',
  });

type Row = Awaited<ReturnType<typeof listTerms>>[number];

function showTerms(row: Row): z.input<typeof WalletTerms> {
  return {
    id: publicId('terms', row.id),
    object: 'wallet_terms',
    name: row.name,
    version: row.version,
    asset: row.asset,
    is_default: isDefaultTerms(row),
    deposits_enabled: row.depositsEnabled,
    withdrawals_enabled: row.withdrawalsEnabled,
    created_at: time(row.createdAt),
  };
}

const list = operation({
  id: 'listWalletTerms',
  method: 'GET',
  path: '/wallet-terms',
  tag: 'Wallets',
  summary: 'The newest version of each, by name. One page. They are made and changed in the console.',
  scope: 'wallets:read',
  params: NONE,
  query: NONE,
  body: null,
  status: 200,
  answer: listOf(WalletTerms).meta({ id: 'WalletTermsList' }),
  run: async () => pageOf({ items: await listTerms(), nextCursor: null }, showTerms),
});

export const terms = { list };
