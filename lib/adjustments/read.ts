import { type AdjustmentFilter, adjustmentConditions, adjustmentSearch } from '~/lib/adjustments/matching';
import { type Decided, decidedOn, endedOn } from '~/lib/approvals/decided';
import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { accountBalances } from '~/lib/ledger/read';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import { operatorNames } from '~/lib/people/operator-names';
import { type Reader, seesAll, shown, shownAll } from '~/lib/people/sight';
import { late } from '~/lib/replica';
import type { AssetTotal } from '~/lib/search/money';
import { pageOf } from '~/lib/search/page';
import { type ListTotals, totalsOfList } from '~/lib/search/totals';
import { typedSearch } from '~/lib/search/typed';
import type { TimelineItem } from '~/lib/timeline';
import { historyOf } from '~/lib/transfers/history';
import { type NamedAccount, namedAccounts } from '~/lib/wallets/account-holders';
import { Prisma } from '~/prisma/generated/client';
import type { AdjustmentStatus, WalletKind } from '~/prisma/generated/enums';

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
    frozenDirection: true,
    houseRole: true,
    customer: { select: { id: true, name: true } },
  },
} satisfies Prisma.WalletDefaultArgs;
const SIDES = {
  fromWallet: WALLET,
  toWallet: WALLET,
} satisfies Prisma.AdjustmentInclude;

export type AdjustmentRow = Prisma.AdjustmentGetPayload<{ include: typeof SIDES }> & {
  /** Whose cash is corrected. */
  account: NamedAccount | null;
  requestedBy: string;
  /** When it was approved, declined or called off. */
  decidedAt: Date | null;
};

export const listAdjustments = late(pageOfAdjustments);

async function pageOfAdjustments(
  reader: Reader,
  filter: AdjustmentPage,
  size = PAGE_SIZE,
): Promise<Page<AdjustmentRow>> {
  const { cursor, oldestFirst = false } = filter;
  return pageOf(
    {
      ...(await filtered(reader, filter)),
      by: { column: Prisma.sql`j.created_at`, kind: 'time', direction: oldestFirst ? 'asc' : 'desc' },
      cursor,
    },
    size,
    (ids) => adjustmentRows(reader, ids),
  );
}

/** What the adjustments of a filter come to. */
export const sumAdjustments = late(sumOfAdjustments);

async function sumOfAdjustments(reader: Reader, filter: AdjustmentFilter): Promise<ListTotals> {
  return totalsOfList(await filtered(reader, filter));
}

async function filtered(reader: Reader, filter: AdjustmentFilter) {
  const typed = await typedSearch(filter.text);
  return {
    ...{ table: Prisma.sql`adjustments`, alias: Prisma.sql`j`, ids: 'uuid' as const },
    where: adjustmentConditions(filter),
    search: typed && adjustmentSearch(typed, !seesAll(reader)),
  };
}

/** As lists show them, in any order. */
export async function adjustmentRows(reader: Reader, ids: readonly string[]): Promise<AdjustmentRow[]> {
  const rows = await db().adjustment.findMany({ where: { id: { in: [...ids] } }, include: SIDES });
  const [names, ended, named] = await Promise.all([
    operatorNames(rows.map(({ requestedById }) => requestedById)),
    endedOn(db(), 'adjustment.post', ids),
    namedAccounts(
      reader,
      rows.flatMap(({ accountId }) => accountId ?? []),
    ),
  ]);
  return shownAll(reader, 'adjustment', rows).map((row) => ({
    ...row,
    account: row.accountId === null ? null : named(row.accountId),
    requestedBy: names.get(row.requestedById) ?? '',
    decidedAt: ended.get(row.id) ?? null,
  }));
}

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

const WHOLE = {
  ...SIDES,
  exchange: { include: { legs: { select: { id: true, asset: true } } } },
  reversals: {
    where: { status: { in: ['awaiting_approval', 'posted'] } },
    select: { id: true, status: true },
  },
} satisfies Prisma.AdjustmentInclude;

export type AdjustmentRecord = Prisma.AdjustmentGetPayload<{ include: typeof WHOLE }> & {
  account: NamedAccount | null;
  requestedBy: string;
  /** Who approved or declined it, and when; null: nobody has yet. */
  decided: Decided | null;
  timeline: TimelineItem[];
};

export async function getAdjustment(reader: Reader, id: string): Promise<AdjustmentRecord> {
  const adjustment = await db().adjustment.findUnique({ where: { id }, include: WHOLE });
  if (!adjustment) throw notFound('adjustment', id);
  const { requestedById, accountId } = adjustment;
  const [names, named, decided, timeline] = await Promise.all([
    operatorNames([requestedById]),
    namedAccounts(reader, accountId === null ? [] : [accountId]),
    decidedOn(db(), 'adjustment.post', [id]).then((found) => found.get(id)),
    historyOf(reader, { person: null }, 'adjustment', id, { causeKind: 'adjustment', causeId: id }),
  ]);
  return {
    ...shown(reader, 'adjustment', null, adjustment),
    account: accountId === null ? null : named(accountId),
    requestedBy: names.get(requestedById) ?? '',
    decided: decided ?? null,
    timeline,
  };
}

const LEGS = {
  legs: { orderBy: { id: 'asc' }, select: { id: true, reason: true, status: true } },
} satisfies Prisma.ExchangeInclude;

export type ExchangeRow = Prisma.ExchangeGetPayload<{ include: typeof LEGS }> & {
  reason: string;
  status: AdjustmentStatus;
};

/** An exchange, with why and where it stands, which its legs say: both are decided on together. */
export async function getExchange(reader: Reader, id: string): Promise<ExchangeRow> {
  const exchange = await db().exchange.findUnique({ where: { id }, include: LEGS });
  const leg = exchange?.legs[0];
  if (!exchange || !leg) throw notFound('exchange', id);
  return { ...exchange, ...shown(reader, 'adjustment', null, { reason: leg.reason }), status: leg.status };
}

const ACCOUNTS_SHOWN = 20;

/** With what stands there by our books, in the smallest unit. */
export type CorrectedAccount = NamedAccount & { asset: string; cash: bigint };

export type CorrectableAccount = CorrectedAccount & { holder: string };

/**
 * The accounts whose cash may be corrected against a wallet, root accounts first: a customer's own one, and any
 * against the platform's wallets.
 */
export async function correctableAccounts(
  reader: Reader,
  wallet: { kind: WalletKind; accountId: string | null; asset: string },
): Promise<CorrectableAccount[]> {
  if (wallet.kind !== 'house' && !wallet.accountId) return [];
  const accounts = await db().account.findMany({
    where: { asset: wallet.asset, ...(wallet.kind !== 'house' && { id: wallet.accountId ?? '' }) },
    orderBy: [{ isRoot: 'desc' }, { createdAt: 'asc' }],
    take: ACCOUNTS_SHOWN,
    select: { id: true, asset: true, entity: { select: { holderName: true } } },
  });
  const ids = accounts.map(({ id }) => id);
  const [balances, named] = await Promise.all([accountBalances(ids), namedAccounts(reader, ids)]);
  return accounts.map(({ id, asset, entity }) => ({
    ...named(id),
    ...{ asset, holder: entity.holderName, cash: balances.get(id)?.cash ?? 0n },
  }));
}

export async function getCorrectedAccount(reader: Reader, id: string): Promise<CorrectedAccount> {
  const account = await db().account.findUnique({ where: { id }, select: { asset: true } });
  if (!account) throw notFound('account', id);
  const [balances, named] = await Promise.all([accountBalances([id]), namedAccounts(reader, [id])]);
  return { ...named(id), asset: account.asset, cash: balances.get(id)?.cash ?? 0n };
}
