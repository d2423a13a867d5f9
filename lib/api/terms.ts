import { z } from 'zod';
import { publicId } from '~/lib/api/ids';
import { operation } from '~/lib/api/operation';
import { amountText, byId, idText, listOf, NONE, pageOf, time, timeText } from '~/lib/api/shapes';
import type { Flow } from '~/lib/terms/fields';
import { getTerms, isDefaultTerms, listTerms } from '~/lib/terms/terms';
import type { WalletTerms as Row } from '~/prisma/generated/client';

const tag = 'Wallets';
const limit = amountText.nullable();
const count = z.int().nullable();

const Limits = z
  .strictObject({
    enabled: z.boolean(),
    rails_off: z.array(z.string()),
    ...{ min_amount: limit, max_amount: limit },
    ...{ day_amount: limit, week_amount: limit, month_amount: limit },
    ...{ day_count: count, week_count: count, month_count: count },
    ...{ fee_amount: amountText, fee_bps: z.int(), fee_min: limit, fee_max: limit },
  })
  .meta({ id: 'WalletTermsLimits', description: 'Null is no limit. Amounts are of the terms’ asset.' });

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
    deposits: Limits,
    withdrawals: Limits,
    balance_max_amount: limit,
    created_at: timeText,
  })
  .meta({
    id: 'WalletTerms',
    description: 'Limits and fees that wallets are under: what a wallet is opened with as `terms_id`.',
  });

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
    deposits: showLimits(row, 'deposit'),
    withdrawals: showLimits(row, 'withdrawal'),
    balance_max_amount: textOrNull(row.balanceMaxAmount),
    created_at: time(row.createdAt),
  };
}

const textOrNull = (amount: bigint | null) => amount?.toString() ?? null;

function showLimits(row: Row, flow: Flow): z.input<typeof Limits> {
  const times = (value: bigint | number | null) => (value === null ? null : Number(value));
  return {
    enabled: row[`${flow}sEnabled`],
    rails_off: row[`${flow}RailsOff`],
    min_amount: textOrNull(row[`${flow}MinAmount`]),
    max_amount: textOrNull(row[`${flow}MaxAmount`]),
    day_amount: textOrNull(row[`${flow}DayAmount`]),
    week_amount: textOrNull(row[`${flow}WeekAmount`]),
    month_amount: textOrNull(row[`${flow}MonthAmount`]),
    day_count: times(row[`${flow}DayCount`]),
    week_count: times(row[`${flow}WeekCount`]),
    month_count: times(row[`${flow}MonthCount`]),
    fee_amount: row[`${flow}FeeAmount`].toString(),
    fee_bps: row[`${flow}FeeBps`],
    fee_min: textOrNull(row[`${flow}FeeMin`]),
    fee_max: textOrNull(row[`${flow}FeeMax`]),
  };
}

const list = operation({
  id: 'listWalletTerms',
  method: 'GET',
  path: '/wallet-terms',
  tag,
  summary: 'The newest version of each, by name. One page. They are made and changed in the console.',
  scope: 'wallets:read',
  params: NONE,
  query: NONE,
  body: null,
  status: 200,
  answer: listOf(WalletTerms).meta({ id: 'WalletTermsList' }),
  run: async () => pageOf({ items: await listTerms(), nextCursor: null }, showTerms),
});

const get = operation({
  id: 'getWalletTerms',
  method: 'GET',
  path: '/wallet-terms/{id}',
  tag,
  summary:
    'One version of terms, also one that a newer has replaced: what a wallet’s asset names as `terms_id`.',
  scope: 'wallets:read',
  params: byId('terms'),
  query: NONE,
  body: null,
  status: 200,
  answer: WalletTerms,
  run: async ({ params }) => showTerms(await getTerms(params.id)),
});

export const terms = { list, get };
