import { type Actor, authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { walletBalances, walletDebts } from '~/lib/ledger/read';
import { isAsset } from '~/lib/money';
import { PAGE_SIZE } from '~/lib/pagination';
import { pageOf } from '~/lib/search/page';
import { typedSearch } from '~/lib/search/typed';
import { checkNewWallet, type NewWallet } from '~/lib/wallet-checks';
import { walletSearch } from '~/lib/wallet-search';
import { ensureDefaultTerms } from '~/lib/wallet-terms';
import { Prisma, type Wallet } from '~/prisma/generated/client';
import { type OpeningStep, WalletKind, WalletPattern, WalletStatus } from '~/prisma/generated/enums';

export const WALLET_STATUSES = Object.values(WalletStatus);
export const WALLET_KINDS = Object.values(WalletKind);
export const WALLET_PATTERNS = Object.values(WalletPattern);

/**
 * Opens a wallet: writes down what is wanted, and the worker makes it so at Fintoc step by step
 * (lib/provisioning.ts). Until then its status is `opening` and the page shows the step it waits for.
 */
export async function openWallet(actor: Actor, input: NewWallet): Promise<Wallet> {
  authorize(actor, 'wallets:provision');
  const { asset } = input;
  if (!isAsset(asset)) throw new InvalidInputError({ asset: 'unknown_asset' });
  return transaction(async (tx) => {
    const again = await tx.wallet.findUnique({ where: { requestId: input.requestId } });
    if (again) return again;
    await checkNewWallet(tx, actor, input, asset);
    const termsId = input.termsId || (await ensureDefaultTerms(tx, asset)).id;
    const [wallet] = await tx.wallet.createManyAndReturn({
      data: [
        {
          kind: 'customer',
          pattern: input.pattern,
          status: 'opening',
          name: input.name.trim(),
          asset,
          customerId: input.customerId,
          portfolioId: input.portfolioId || null,
          termsId,
          entityId: input.pattern === 'C' ? input.entityId || null : null,
          openingStep: FIRST_STEP[input.pattern],
          requestId: input.requestId,
        },
      ],
      skipDuplicates: true,
    });
    // Two clicks at once: the other one made it.
    if (!wallet) return tx.wallet.findUniqueOrThrow({ where: { requestId: input.requestId } });
    await recordAudit(tx, actor, {
      action: 'wallet.requested',
      subject: 'wallet',
      id: wallet.id,
      after: wallet,
    });
    return wallet;
  });
}

const FIRST_STEP: Record<WalletPattern, OpeningStep> = { A: 'account', B: 'account', C: 'entity' };

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

/**
 * Gives an opening up. A step that is under way opens nothing any more; what it makes at Fintoc meanwhile becomes the
 * closed wallet's, its CLABE is disabled like any closed wallet's, and what still arrives goes to suspense.
 */
export async function cancelOpening(
  actor: Actor,
  { walletId, reason }: { walletId: string; reason: string },
) {
  authorize(actor, 'wallets:provision');
  return changeStatus(actor, walletId, 'wallet.opening_cancelled', reason, async (wallet, tx) => {
    requireStatus(wallet, ['opening']);
    // Its CLABE stands, and somebody was quick to pay to it.
    await requireEmpty(tx, walletId);
    return { status: 'closed', statusReason: reason, closedBy: 'platform' };
  });
}

/** Stops everything: withdrawals are refused, deposits go to suspense, the CLABE is disabled at Fintoc. */
export async function freezeWallet(actor: Actor, { walletId, reason }: { walletId: string; reason: string }) {
  authorize(actor, 'wallets:freeze');
  return changeStatus(actor, walletId, 'wallet.frozen', reason, (wallet) => {
    requireStatus(wallet, ['open']);
    return { status: 'frozen', statusReason: reason };
  });
}

export async function unfreezeWallet(
  actor: Actor,
  { walletId, reason }: { walletId: string; reason: string },
) {
  authorize(actor, 'wallets:freeze');
  return changeStatus(actor, walletId, 'wallet.unfrozen', reason, (wallet) => {
    requireStatus(wallet, ['frozen']);
    return { status: 'open', statusReason: null };
  });
}

/** Closes an empty wallet. `closedBy` decides whether it can ever be reopened. */
export async function closeWallet(
  actor: Actor,
  { walletId, reason, closedBy }: { walletId: string; reason: string; closedBy: 'platform' | 'customer' },
) {
  authorize(actor, 'wallets:freeze');
  return changeStatus(actor, walletId, 'wallet.closed', reason, async (wallet, tx) => {
    requireStatus(wallet, ['open', 'frozen']);
    if (wallet.kind !== 'customer')
      throw new DomainError('conflict', 'Only a customer wallet can be closed.');
    await requireEmpty(tx, walletId);
    await requireNoDebt(tx, wallet);
    // What it would give is set aside, so this is of what it would get.
    const coming = { toWalletId: walletId, status: 'awaiting_approval' } as const;
    if ((await tx.adjustment.count({ where: coming })) > 0)
      throw new DomainError('adjustment_waits', 'An adjustment to this wallet waits for a decision.');
    return { status: 'closed', statusReason: reason, closedBy };
  });
}

export async function reopenWallet(actor: Actor, { walletId, reason }: { walletId: string; reason: string }) {
  authorize(actor, 'wallets:freeze');
  return changeStatus(actor, walletId, 'wallet.reopened', reason, (wallet) => {
    requireStatus(wallet, ['closed']);
    if (wallet.closedBy !== 'customer')
      throw new DomainError('conflict', 'Only a wallet that its customer closed can be reopened.');
    return { status: 'open', statusReason: null, closedBy: null };
  });
}

type StatusChange = { status: WalletStatus; statusReason: string | null; closedBy?: string | null };

async function changeStatus(
  actor: Actor,
  walletId: string,
  action: `wallet.${string}`,
  reason: string,
  decide: (wallet: Wallet, tx: Tx) => StatusChange | Promise<StatusChange>,
): Promise<Wallet> {
  return transaction(async (tx) => {
    const before = await lockWallet(tx, walletId);
    const after = await tx.wallet.update({ where: { id: walletId }, data: await decide(before, tx) });
    await recordAudit(tx, actor, {
      action,
      subject: 'wallet',
      id: walletId,
      before: { status: before.status },
      after: { status: after.status },
      reason,
    });
    return after;
  });
}

function requireStatus(wallet: Wallet, allowed: WalletStatus[]): void {
  if (!allowed.includes(wallet.status)) {
    throw new DomainError('conflict', `The wallet is ${wallet.status}.`, { status: wallet.status });
  }
}

async function requireEmpty(tx: Tx, walletId: string): Promise<void> {
  const held = await tx.ledgerAccount.aggregate({
    where: {
      ownerId: walletId,
      bucket: { in: ['available', 'pending', 'reserved'] },
      balance: { not: 0n },
    },
    _count: true,
  });
  if (held._count > 0) throw new DomainError('wallet_not_empty', 'Closing needs zero balances.');
}

/** Closed, nothing that comes later would pay it. */
async function requireNoDebt(tx: Tx, { id, asset }: Wallet): Promise<void> {
  const debt = (await walletDebts([id], tx)).get(id) ?? 0n;
  if (debt > 0n)
    throw new DomainError('wallet_owes', 'A wallet that owes can’t be closed.', {
      debt: debt.toString(),
      asset,
    });
}

/** Against other changes of the wallet; not against rows that only refer to it, which a full lock would deadlock with. */
export async function lockWallet(tx: Tx, id: string): Promise<Wallet> {
  await tx.$queryRaw`SELECT 1 AS locked FROM wallets WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
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
  /** By name; else the newest first. */
  byName?: boolean | undefined;
  cursor?: string | undefined;
};

/** Newest first, or by name, with the three balances of each. */
export async function listWallets(filter: WalletFilter, size = PAGE_SIZE) {
  const { text, status, kind, pattern, customerId, portfolioId, asset, byName = false, cursor } = filter;
  const typed = await typedSearch(text);
  const { items, nextCursor } = await pageOf(
    {
      from: Prisma.sql`wallets w`,
      id: Prisma.sql`w.id`,
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
        },
      }),
  );
  const balances = await walletBalances(items.map(({ id }) => id));
  return {
    items: items.map((wallet) => ({ ...wallet, balances: balances.get(wallet.id) ?? NOTHING })),
    nextCursor,
  };
}

const NOTHING = { available: 0n, pending: 0n, reserved: 0n };

export async function getWallet(id: string) {
  const wallet = await db().wallet.findUnique({
    where: { id },
    include: {
      customer: true,
      portfolio: true,
      terms: true,
      accountNumber: true,
      account: { include: { entity: true } },
      entity: true,
    },
  });
  if (!wallet) throw notFound('wallet', id);
  const [balances, debts] = await Promise.all([walletBalances([id]), walletDebts([id])]);
  return { ...wallet, balances: balances.get(id) ?? NOTHING, debt: debts.get(id) ?? 0n };
}
