import { type Actor, authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { type Balances, walletBalances, walletDebts } from '~/lib/ledger/balances';
import { lockRow } from '~/lib/lock';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import { type Customer, openedCustomer, openedCustomers } from '~/lib/people/kept';
import { holderOf } from '~/lib/people/masking';
import {
  type Reader,
  type Shown,
  type ShownAccount,
  shown,
  shownAccount,
  shownAll,
} from '~/lib/people/sight';
import { late } from '~/lib/replica';
import { pageOf } from '~/lib/search/page';
import { typedSearch } from '~/lib/search/typed';
import { standstill } from '~/lib/standstill/standstill';
import { maskTaxId } from '~/lib/tax-id';
import { HELD, lockInAsset } from '~/lib/wallets/asset-wallets';
import { STANDSTILL } from '~/lib/wallets/opening-wait';
import { walletSearch } from '~/lib/wallets/search';
import { Prisma, type Wallet } from '~/prisma/generated/client';
import { WalletKind, WalletPattern, WalletStatus } from '~/prisma/generated/enums';

export const WALLET_STATUSES = Object.values(WalletStatus);
export const WALLET_KINDS = Object.values(WalletKind);
export const WALLET_PATTERNS = Object.values(WalletPattern);

/** Tries a failed opening of one of a wallet's assets again now. */
export async function retryOpening(
  actor: Actor,
  { walletId, asset }: { walletId: string; asset: string },
): Promise<Wallet> {
  authorize(actor, 'wallets:provision');
  return transaction(async (tx) => {
    const wallet = await lockInAsset(tx, walletId, asset);
    if (wallet.status !== 'opening') return wallet;
    await tx.walletAsset.update({
      where: { walletId_asset: { walletId, asset } },
      data: { nextAttemptAt: new Date() },
    });
    await recordAudit(tx, actor, {
      action: 'wallet.opening_retried',
      subject: 'wallet',
      id: walletId,
      after: { asset },
    });
    return wallet;
  });
}

/** Against other changes of the wallet; not against rows that only refer to it, which a full lock would deadlock with. */
export async function lockWallet(tx: Tx, id: string): Promise<Wallet> {
  await lockRow(tx, 'wallets', id);
  const wallet = await tx.wallet.findUnique({ where: { id } });
  if (!wallet) throw notFound('wallet', id);
  return wallet;
}

export type WalletFilter = {
  ids?: readonly string[] | undefined;
  text?: string | undefined;
  /** The text is of the wallet itself, not of its customer. */
  own?: boolean | undefined;
  status?: WalletStatus[] | undefined;
  kind?: WalletKind[] | undefined;
  pattern?: WalletPattern[] | undefined;
  customerId?: string | undefined;
  portfolioId?: string | undefined;
  /** One of these at least, of the pattern where one is asked for. */
  asset?: string[] | undefined;
  createdFrom?: Date | undefined;
  /** Exclusive. */
  createdTo?: Date | undefined;
  /** By name; else the newest first. */
  byName?: boolean | undefined;
  cursor?: string | undefined;
};

/** The wallet's first asset first. */
const IN_ORDER = [
  { createdAt: 'asc' },
  { asset: 'asc' },
] satisfies Prisma.WalletAssetOrderByWithRelationInput[];

/** What of a KYB says whom it waits for. */
const ONBOARDING = { status: true, reviewedAt: true, createdAt: true } as const;

const LISTED = {
  customer: { select: { id: true, name: true, taxIdSealed: true } },
  assets: {
    where: HELD,
    orderBy: IN_ORDER,
    include: {
      accountNumber: { select: { number: true, status: true, isRoot: true, syncedAt: true } },
      account: { select: { status: true } },
      entity: { select: { isRoot: true, status: true, onboardings: { select: ONBOARDING } } },
    },
  },
} satisfies Prisma.WalletInclude;

type Listed = Prisma.WalletGetPayload<{ include: typeof LISTED }>;

export type WalletRow = Omit<Listed, 'customer' | 'assets'> & {
  customer: Named | null;
  assets: (Listed['assets'][number] & { balances: Balances })[];
};

/** Newest first, or by name, each with its assets and the three balances in each. */
export const listWallets = late(pageOfWallets);

async function pageOfWallets(
  reader: Reader,
  filter: WalletFilter,
  size = PAGE_SIZE,
): Promise<Page<WalletRow>> {
  const {
    ids: among,
    text,
    own = false,
    status,
    kind,
    pattern,
    customerId,
    portfolioId,
    asset,
    byName = false,
    cursor,
  } = filter;
  const { createdFrom, createdTo } = filter;
  const typed = await typedSearch(text);
  const { items, nextCursor } = await pageOf(
    {
      table: Prisma.sql`wallets`,
      alias: Prisma.sql`w`,
      ids: 'uuid',
      by: byName
        ? { column: Prisma.sql`w.name`, kind: 'name', direction: 'asc' }
        : { column: Prisma.sql`w.created_at`, kind: 'time', direction: 'desc' },
      where: [
        among && Prisma.sql`w.id = ANY (${[...among]}::uuid[])`,
        status && Prisma.sql`w.status = ANY (${status}::wallet_status[])`,
        kind && Prisma.sql`w.kind = ANY (${kind}::wallet_kind[])`,
        customerId && Prisma.sql`w.customer_id = ${customerId}::uuid`,
        portfolioId && Prisma.sql`w.portfolio_id = ${portfolioId}::uuid`,
        (pattern || asset) && holds({ pattern, assets: asset }),
        createdFrom && Prisma.sql`w.created_at >= ${createdFrom}`,
        createdTo && Prisma.sql`w.created_at < ${createdTo}`,
      ],
      search: typed && walletSearch(typed, { ofCustomers: !own }),
      cursor,
    },
    size,
    (ids) => db().wallet.findMany({ where: { id: { in: ids } }, include: LISTED }),
  );
  const [balances, still, customers] = await Promise.all([
    walletBalances(items.map(({ id }) => id)),
    isHeldBack(items.flatMap(({ assets }) => assets)),
    openedCustomers(
      db(),
      items.flatMap(({ customer }) => customer ?? []),
    ),
  ]);
  const customerOf = new Map(customers.map((each) => [each.id, named(each)]));
  return {
    items: items.map(({ assets, customer, ...wallet }) => ({
      ...shown(reader, 'wallet', null, wallet),
      customer: (customer && customerOf.get(customer.id)) ?? null,
      assets: shownAll(reader, 'walletAsset', assets).map((held) => ({
        ...held,
        ...(still && { openingError: STANDSTILL }),
        balances: balances(wallet.id, held.asset),
      })),
    })),
    nextCursor,
  };
}

/** Whether any of them opens, while nothing does until two people let it. */
async function isHeldBack(assets: readonly { state: string }[]): Promise<boolean> {
  return assets.some(({ state }) => state === 'opening') && (await standstill(db())) !== null;
}

/** Whose it is, with what tells them from another one of the name: as much of the tax id as everybody sees. */
type Named = { id: string; name: string; taxIdEnd: string };

function named({ id, name, taxId }: { id: string; name: string; taxId: string }): Named {
  return { id, name, taxIdEnd: maskTaxId(taxId) };
}

type Holding = { pattern?: WalletPattern[] | undefined; assets?: string[] | undefined };

/** Both of the same asset of the wallet w. */
function holds({ pattern, assets }: Holding): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT 1 FROM wallet_assets h WHERE h.wallet_id = w.id AND h.state <> 'cancelled'
      ${pattern ? Prisma.sql`AND h.pattern = ANY (${pattern}::wallet_pattern[])` : Prisma.empty}
      ${assets ? Prisma.sql`AND h.asset = ANY (${assets})` : Prisma.empty})`;
}

/** What a wallet's amounts may be in; null where there is no such wallet. */
export async function walletAssetsOf(id: string): Promise<string[] | null> {
  const wallet = await db().wallet.findUnique({
    where: { id },
    select: { assets: { where: HELD, select: { asset: true } } },
  });
  return wallet?.assets.map(({ asset }) => asset) ?? null;
}

const WHOLE = {
  customer: true,
  portfolio: true,
  assets: {
    where: HELD,
    orderBy: IN_ORDER,
    include: {
      terms: true,
      accountNumber: true,
      account: { include: { entity: true } },
      entity: { include: { onboardings: { select: ONBOARDING } } },
    },
  },
} satisfies Prisma.WalletInclude;

type Whole = Prisma.WalletGetPayload<{ include: typeof WHOLE }>;
type Held = Whole['assets'][number];
type Account = NonNullable<Held['account']>;

export type WalletHolding = Omit<Held, 'account' | 'entity'> & {
  account: (Omit<ShownAccount<Account>, 'entity'> & { entity: Shown<'entity', Account['entity']> }) | null;
  entity: Shown<'entity', NonNullable<Held['entity']>> | null;
  balances: Balances;
  debt: bigint;
};

export type WalletRecord = Omit<Whole, 'customer' | 'assets'> & {
  customer: Shown<'customer', Customer> | null;
  /** Whose it is. */
  person: { readonly subject: 'customer'; readonly id: string } | null;
  assets: WalletHolding[];
};

/** A wallet with all its assets, each with its balances and what it owes in it, in the smallest unit. */
export async function getWallet(reader: Reader, id: string): Promise<WalletRecord> {
  const wallet = await db().wallet.findUnique({ where: { id }, include: WHOLE });
  if (!wallet) throw notFound('wallet', id);
  const [balances, debts, still, customer] = await Promise.all([
    walletBalances([id]),
    walletDebts([id]),
    isHeldBack(wallet.assets),
    openedCustomer(db(), wallet.customer),
  ]);
  const person = customer && ({ subject: 'customer', id: customer.id } as const);
  const assets = wallet.assets.map(({ accountNumber, account, entity, ...held }) => ({
    ...shown(reader, 'walletAsset', person, held),
    ...(still && { openingError: STANDSTILL }),
    accountNumber: accountNumber && shown(reader, 'accountNumber', person, accountNumber),
    account: account && {
      ...shownAccount(reader, person, account),
      entity: shown(reader, 'entity', holderOf(account.entity), account.entity),
    },
    entity: entity && shown(reader, 'entity', holderOf(entity), entity),
    balances: balances(id, held.asset),
    debt: debts(id, held.asset),
  }));
  return {
    ...shown(reader, 'wallet', person, wallet),
    customer: customer && shown(reader, 'customer', person, customer),
    person,
    assets,
  };
}

/** A wallet as it is shown in one of its assets: its own facts, and that asset's. */
export type WalletView = WalletRecord & Omit<WalletHolding, keyof WalletRecord>;

/** The wallet in the asset that is asked for; else in its first. Null where it doesn't hold that. */
export function viewOf(wallet: WalletRecord, asset?: string): WalletView | null {
  const held = asset === undefined ? wallet.assets[0] : wallet.assets.find((each) => each.asset === asset);
  return held ? { ...held, ...wallet } : null;
}
