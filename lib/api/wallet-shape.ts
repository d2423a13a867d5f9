import { z } from 'zod';
import { Customer } from '~/lib/api/customer-shape';
import { publicId } from '~/lib/api/ids';
import { amountText, asset, idOf, idText, railId, text, time, timeOrNull, timeText } from '~/lib/api/shapes';
import type { Balances } from '~/lib/ledger/balances';
import type { Reader } from '~/lib/people/sight';
import { FREEZE_DIRECTIONS, freezeOf } from '~/lib/wallets/frozen';
import { getWallet, WALLET_KINDS, WALLET_PATTERNS, WALLET_STATUSES } from '~/lib/wallets/wallets';
import type { WalletAsset as Asset, Wallet as Row } from '~/prisma/generated/client';

export const WalletBalance = z
  .strictObject({ asset: z.string(), available: amountText, pending: amountText, reserved: amountText })
  .meta({
    id: 'WalletBalance',
    description: 'Free to use, on its way, and still here but set aside, in the asset’s smallest unit.',
  });

const WalletAsset = z
  .strictObject({
    asset: z.string(),
    terms_id: idText('terms'),
    pattern: z.enum(WALLET_PATTERNS).nullable(),
    account_id: z.string().nullable(),
    entity_id: z.string().nullable(),
    account_number: z.strictObject({ id: z.string(), number: z.string(), status: z.string() }).nullable(),
    opening_step: z.enum(['entity', 'kyb', 'account', 'account_number', 'done']),
    opening_error: z.string().nullable(),
  })
  .meta({ id: 'WalletAsset', description: 'How an asset of a wallet stands on its rail.' });

export const Wallet = z
  .strictObject({
    id: idText('wallet'),
    object: z.literal('wallet'),
    kind: z.enum(WALLET_KINDS),
    name: z.string(),
    status: z.enum(WALLET_STATUSES),
    status_reason: z.string().nullable(),
    customer_id: idText('customer').nullable(),
    portfolio_id: idText('portfolio').nullable(),
    assets: z.array(WalletAsset),
    balances: z.array(WalletBalance),
    frozen_direction: z.enum(FREEZE_DIRECTIONS).nullable(),
    frozen_until: timeText.nullable(),
    frozen_deposits: z.enum(['refuse', 'suspend']).nullable(),
    closed_by: z.enum(['platform', 'customer']).nullable(),
    house_role: z.string().nullable(),
    created_at: timeText,
    updated_at: timeText,
    customer: Customer.nullable().optional(),
  })
  .meta({ id: 'Wallet', description: 'A balance per asset, and where its money comes in.' });

type Held = Asset & { balances: Balances; accountNumber: { number: string; status: string } | null };
type Shown = Row & { assets: Held[] };

export function showWallet(row: Shown): z.input<typeof Wallet> {
  return {
    id: publicId('wallet', row.id),
    object: 'wallet',
    kind: row.kind,
    name: row.name,
    status: row.status,
    status_reason: row.statusReason,
    customer_id: row.customerId && publicId('customer', row.customerId),
    portfolio_id: row.portfolioId && publicId('portfolio', row.portfolioId),
    assets: row.assets.map(showAsset),
    balances: row.assets.map((held) => showBalance(held.asset, held.balances)),
    frozen_direction: freezeOf(row)?.direction ?? null,
    frozen_until: timeOrNull(row.frozenUntil),
    frozen_deposits: row.frozenDeposits as 'refuse' | 'suspend' | null,
    closed_by: row.closedBy as 'platform' | 'customer' | null,
    house_role: row.houseRole,
    created_at: time(row.createdAt),
    updated_at: time(row.updatedAt),
  };
}

function showAsset({ accountNumber, accountNumberId: id, ...row }: Held): z.input<typeof WalletAsset> {
  return {
    asset: row.asset,
    terms_id: publicId('terms', row.termsId),
    pattern: row.pattern,
    account_id: row.accountId,
    entity_id: row.entityId,
    account_number:
      id && accountNumber ? { id, number: accountNumber.number, status: accountNumber.status } : null,
    opening_step: row.openingStep,
    opening_error: row.openingError,
  };
}

export function showBalance(code: string, balances: Balances): z.input<typeof WalletBalance> {
  return {
    asset: code,
    available: balances.available.toString(),
    pending: balances.pending.toString(),
    reserved: balances.reserved.toString(),
  };
}

/** One wallet, as its reader may see it. */
export async function shownWallet(reader: Reader, id: string): Promise<z.input<typeof Wallet>> {
  return showWallet(await getWallet(reader, id));
}

/** What a wallet is opened with, beside whose it is. */
export const newWalletFields = {
  asset,
  pattern: z.enum(WALLET_PATTERNS).optional(),
  name: text(120),
  terms_id: idOf('terms').optional(),
  entity_id: railId.optional(),
};
