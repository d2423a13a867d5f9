import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { accountBalances } from '~/lib/ledger/read';
import { decodeCursor, PAGE_SIZE, toPage } from '~/lib/pagination';
import type { AssetTotal } from '~/lib/transfers/inbox';
import { operatorNames, timelineOf } from '~/lib/transfers/read';
import type { Prisma } from '~/prisma/generated/client';
import type { AdjustmentStatus, WalletKind } from '~/prisma/generated/enums';

export type AdjustmentFilter = {
  status?: AdjustmentStatus[] | undefined;
  /** One of its sides. */
  walletId?: string | undefined;
  asset?: string[] | undefined;
  /** Part of the reason, of a wallet's or its customer's name, or an id. */
  text?: string | undefined;
  minAmount?: bigint | undefined;
  maxAmount?: bigint | undefined;
  /** Of when it was asked for. */
  from?: Date | undefined;
  /** Exclusive. */
  to?: Date | undefined;
};

type AdjustmentPage = AdjustmentFilter & {
  cursor?: string | undefined;
  /** For an inbox: who waits longest comes first. */
  oldestFirst?: boolean | undefined;
};

const WALLET = {
  select: {
    id: true,
    name: true,
    kind: true,
    status: true,
    houseRole: true,
    customer: { select: { id: true, name: true } },
  },
} satisfies Prisma.WalletDefaultArgs;
const SIDES = {
  fromWallet: WALLET,
  toWallet: WALLET,
  account: { select: { id: true, description: true, rootAccountNumber: true } },
} satisfies Prisma.AdjustmentInclude;

export async function listAdjustments(filter: AdjustmentPage, size = PAGE_SIZE) {
  const { cursor, oldestFirst = false } = filter;
  const after = decodeCursor(cursor, 'uuid');
  const [order, beyond] = oldestFirst ? (['asc', 'gt'] as const) : (['desc', 'lt'] as const);
  const rows = await db().adjustment.findMany({
    where: {
      AND: [
        adjustmentsMatching(filter),
        after
          ? {
              OR: [
                { createdAt: { [beyond]: after.at } },
                { createdAt: after.at, id: { [beyond]: after.id } },
              ],
            }
          : {},
      ],
    },
    orderBy: [{ createdAt: order }, { id: order }],
    take: size + 1,
    include: SIDES,
  });
  const { items, nextCursor } = toPage(rows, size, ({ createdAt, id }) => ({ at: createdAt, id }));
  const names = await operatorNames(items.map(({ requestedById }) => requestedById));
  return {
    items: items.map((item) => ({ ...item, requestedBy: names.get(item.requestedById) ?? '' })),
    nextCursor,
  };
}

function adjustmentsMatching(filter: AdjustmentFilter): Prisma.AdjustmentWhereInput {
  const { status, walletId, asset, minAmount, maxAmount, from, to } = filter;
  const text = filter.text?.trim();
  return {
    ...(status && { status: { in: status } }),
    ...(asset && { asset: { in: asset } }),
    AND: [
      text ? { OR: saying(text) } : {},
      walletId ? { OR: [{ fromWalletId: walletId }, { toWalletId: walletId }] } : {},
      minAmount === undefined ? {} : { amount: { gte: minAmount } },
      maxAmount === undefined ? {} : { amount: { lte: maxAmount } },
      from ? { createdAt: { gte: from } } : {},
      to ? { createdAt: { lt: to } } : {},
    ],
  };
}

function saying(text: string): Prisma.AdjustmentWhereInput[] {
  const part = { contains: text, mode: 'insensitive' as const };
  const wallet = { OR: [{ name: part }, { customer: { name: part } }] };
  return [
    { reason: part },
    { fromWallet: wallet },
    { toWallet: wallet },
    { accountId: text },
    { breakId: text },
    ...(UUID.test(text) ? [{ id: text }] : []),
  ];
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** What waits for a decision, per asset. */
export async function adjustmentTotals(): Promise<AssetTotal[]> {
  const rows = await db().adjustment.groupBy({
    by: ['asset'],
    where: { status: 'awaiting_approval' },
    _count: true,
    _sum: { amount: true },
    orderBy: { asset: 'desc' },
  });
  return rows.map(({ asset, _count, _sum }) => ({ asset, count: _count, amount: _sum.amount ?? 0n }));
}

export async function getAdjustment(id: string) {
  const adjustment = await db().adjustment.findUnique({ where: { id }, include: SIDES });
  if (!adjustment) throw notFound('adjustment', id);
  const { requestedById, decidedById } = adjustment;
  const [names, timeline] = await Promise.all([
    operatorNames([requestedById, ...(decidedById ? [decidedById] : [])]),
    timelineOf('adjustment', id, { source: { startsWith: `adjustment:${id}:` } }),
  ]);
  return {
    ...adjustment,
    requestedBy: names.get(requestedById) ?? '',
    decidedBy: decidedById ? (names.get(decidedById) ?? '') : null,
    timeline,
  };
}

const ACCOUNT = {
  id: true,
  asset: true,
  description: true,
  rootAccountNumber: true,
  entity: { select: { holderName: true } },
} as const;
const ACCOUNTS_SHOWN = 20;

/**
 * The accounts whose cash may be corrected against a wallet, root accounts first: a customer's own one, and any
 * against the platform's wallets.
 */
export async function correctableAccounts(wallet: {
  kind: WalletKind;
  accountId: string | null;
  asset: string;
}) {
  if (wallet.kind !== 'house' && !wallet.accountId) return [];
  const accounts = await db().account.findMany({
    where: { asset: wallet.asset, ...(wallet.kind !== 'house' && { id: wallet.accountId ?? '' }) },
    orderBy: [{ isRoot: 'desc' }, { createdAt: 'asc' }],
    take: ACCOUNTS_SHOWN,
    select: ACCOUNT,
  });
  const balances = await accountBalances(accounts.map(({ id }) => id));
  return accounts.map(({ entity, ...account }) => ({
    ...account,
    holder: entity.holderName,
    cash: balances.get(account.id)?.cash ?? 0n,
  }));
}

export async function getCorrectedAccount(id: string) {
  const account = await db().account.findUnique({ where: { id }, select: ACCOUNT });
  if (!account) throw notFound('account', id);
  return { ...account, cash: (await accountBalances([id])).get(id)?.cash ?? 0n };
}
