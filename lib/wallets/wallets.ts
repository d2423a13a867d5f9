import { type Actor, authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { walletBalances, walletDebts } from '~/lib/ledger/read';
import { lockRow } from '~/lib/lock';
import { PAGE_SIZE } from '~/lib/pagination';
import { holderOf } from '~/lib/people/masking';
import { type Reader, shown, shownAll } from '~/lib/people/sight';
import { pageOf } from '~/lib/search/page';
import { typedSearch } from '~/lib/search/typed';
import { walletSearch } from '~/lib/wallets/search';
import { Prisma, type Wallet } from '~/prisma/generated/client';
import { WalletKind, WalletPattern, WalletStatus } from '~/prisma/generated/enums';

export const WALLET_STATUSES = Object.values(WalletStatus);
export const WALLET_KINDS = Object.values(WalletKind);
export const WALLET_PATTERNS = Object.values(WalletPattern);

/** Tries a failed opening again now. */
export async function retryOpening(actor: Actor, { walletId }: { walletId: string }): Promise<Wallet> {
  authorize(actor, 'wallets:provision');
  return transaction(async (tx) => {
    const wallet = await lockWallet(tx, walletId);
    if (wallet.status !== 'opening') return wallet;
    const after = await tx.wallet.update({ where: { id: walletId }, data: { nextAttemptAt: new Date() } });
    await recordAudit(tx, actor, { action: 'wallet.opening_retried', subject: 'wallet', id: walletId });
    return after;
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
  text?: string | undefined;
  status?: WalletStatus[] | undefined;
  kind?: WalletKind[] | undefined;
  pattern?: WalletPattern[] | undefined;
  customerId?: string | undefined;
  portfolioId?: string | undefined;
  asset?: string | undefined;
  createdFrom?: Date | undefined;
  /** Exclusive. */
  createdTo?: Date | undefined;
  /** By name; else the newest first. */
  byName?: boolean | undefined;
  cursor?: string | undefined;
};

/** Newest first, or by name, with the three balances of each. */
export async function listWallets(reader: Reader, filter: WalletFilter, size = PAGE_SIZE) {
  const { text, status, kind, pattern, customerId, portfolioId, asset, byName = false, cursor } = filter;
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
        status && Prisma.sql`w.status = ANY (${status}::wallet_status[])`,
        kind && Prisma.sql`w.kind = ANY (${kind}::wallet_kind[])`,
        pattern && Prisma.sql`w.pattern = ANY (${pattern}::wallet_pattern[])`,
        customerId && Prisma.sql`w.customer_id = ${customerId}::uuid`,
        portfolioId && Prisma.sql`w.portfolio_id = ${portfolioId}::uuid`,
        asset && Prisma.sql`w.asset = ${asset}`,
        createdFrom && Prisma.sql`w.created_at >= ${createdFrom}`,
        createdTo && Prisma.sql`w.created_at < ${createdTo}`,
      ],
      search: typed && walletSearch(typed),
      cursor,
    },
    size,
    (ids) =>
      db().wallet.findMany({
        where: { id: { in: ids } },
        include: {
          customer: { select: { id: true, name: true } },
          accountNumber: { select: { number: true, status: true, isRoot: true, syncedAt: true } },
          account: { select: { status: true } },
          entity: { select: { isRoot: true, status: true, onboardings: { select: ONBOARDING } } },
        },
      }),
  );
  const balances = await walletBalances(items.map(({ id }) => id));
  return {
    items: shownAll(reader, 'wallet', items).map((wallet) => ({
      ...wallet,
      balances: balances.get(wallet.id) ?? NOTHING,
    })),
    nextCursor,
  };
}

export type WalletRow = Awaited<ReturnType<typeof listWallets>>['items'][number];

/** What of a KYB says whom it waits for. */
const ONBOARDING = { status: true, reviewedAt: true, createdAt: true } as const;

const NOTHING = { available: 0n, pending: 0n, reserved: 0n };

/** What a wallet's amounts are in; null where there is no such wallet. */
export async function walletAssetOf(id: string): Promise<string | null> {
  const wallet = await db().wallet.findUnique({ where: { id }, select: { asset: true } });
  return wallet?.asset ?? null;
}

export async function getWallet(reader: Reader, id: string) {
  const wallet = await db().wallet.findUnique({
    where: { id },
    include: {
      customer: true,
      portfolio: true,
      terms: true,
      accountNumber: true,
      account: { include: { entity: true } },
      entity: { include: { onboardings: { select: ONBOARDING } } },
    },
  });
  if (!wallet) throw notFound('wallet', id);
  const [balances, debts] = await Promise.all([walletBalances([id]), walletDebts([id])]);
  const { customer, accountNumber, account, entity } = wallet;
  const person = customer && ({ subject: 'customer', id: customer.id } as const);
  return {
    ...shown(reader, 'wallet', person, wallet),
    customer: customer && shown(reader, 'customer', person, customer),
    accountNumber: accountNumber && shown(reader, 'accountNumber', person, accountNumber),
    account: account && {
      ...shown(reader, 'account', person, account),
      entity: shown(reader, 'entity', holderOf(account.entity), account.entity),
    },
    entity: entity && shown(reader, 'entity', holderOf(entity), entity),
    /** Whose it is. */
    person,
    balances: balances.get(id) ?? NOTHING,
    debt: debts.get(id) ?? 0n,
  };
}

export type WalletRecord = Awaited<ReturnType<typeof getWallet>>;
