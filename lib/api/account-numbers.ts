import { z } from 'zod';
import { publicId } from '~/lib/api/ids';
import { operation } from '~/lib/api/operation';
import {
  anyOf,
  BY_TIME,
  byRailId,
  expandable,
  flag,
  idText,
  listOf,
  NONE,
  pageOf,
  paging,
  time,
  timeOrNull,
  timeText,
} from '~/lib/api/shapes';
import { Wallet } from '~/lib/api/wallet-shape';
import {
  type AccountNumberRow,
  getAccountNumberPage,
  listAccountNumbers,
} from '~/lib/wallets/account-numbers-read';
import { isDisabledElsewhere } from '~/lib/wallets/number-states';

const tag = 'Account numbers';

const AccountNumber = z
  .strictObject({
    id: z.string(),
    object: z.literal('account_number'),
    number: z.string(),
    description: z.string().nullable(),
    status: z.string(),
    /** Who had a disabled one be so. */
    disabled_by: z.enum(['platform', 'rail']).nullable(),
    is_root: z.boolean(),
    account_id: z.string(),
    wallet_id: idText('wallet').nullable(),
    last_transfer_at: timeText.nullable(),
    created_at: timeText,
    wallet: Wallet.nullable().optional(),
  })
  .meta({
    id: 'AccountNumber',
    description: 'What others pay to: in Mexico a CLABE. One to one with its wallet.',
  });

type Shown = Omit<AccountNumberRow, 'wallet' | 'account'> & { wallet: { id: string } | null };

function showNumber(row: Shown): z.input<typeof AccountNumber> {
  return {
    id: row.id,
    object: 'account_number',
    number: row.number,
    description: row.description,
    status: row.status,
    disabled_by: row.status !== 'disabled' ? null : isDisabledElsewhere(row) ? 'rail' : 'platform',
    is_root: row.isRoot,
    account_id: row.accountId,
    wallet_id: row.wallet && publicId('wallet', row.wallet.id),
    last_transfer_at: timeOrNull(row.lastTransferAt),
    created_at: time(row.createdAt),
  };
}

const list = operation({
  id: 'listAccountNumbers',
  method: 'GET',
  path: '/account-numbers',
  tag,
  summary: 'The newest first.',
  scope: 'account_numbers:read',
  params: NONE,
  query: z.strictObject({
    status: anyOf(z.enum(['enabled', 'disabled', 'blocked', 'deleted'])),
    is_root: flag.optional(),
    ...expandable('wallet'),
    ...paging(BY_TIME.word),
  }),
  body: null,
  status: 200,
  answer: listOf(AccountNumber).meta({ id: 'AccountNumberList' }),
  async run({ actor, query: { limit, is_root: root, ...filter } }) {
    return pageOf(await listAccountNumbers(actor, { ...filter, root }, limit), showNumber);
  },
});

const get = operation({
  id: 'getAccountNumber',
  method: 'GET',
  path: '/account-numbers/{id}',
  tag,
  summary: 'One account number.',
  scope: 'account_numbers:read',
  params: byRailId,
  query: z.strictObject(expandable('wallet')),
  body: null,
  status: 200,
  answer: AccountNumber,
  run: async ({ actor, params }) => showNumber(await getAccountNumberPage(actor, params.id)),
});

export const accountNumbers = { list, get };
