import { type Actor, authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { InvalidInputError, notFound } from '~/lib/errors';
import { walletBalances, walletDebts } from '~/lib/ledger/read';
import { decodeCursor, PAGE_SIZE, toPage } from '~/lib/pagination';
import type { Wallet } from '~/prisma/generated/client';
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

/**
 * Stops a wallet: new withdrawals and adjustments are refused, and deposits sent back by Fintoc or kept in suspense.
 * Left out, they are sent back where Fintoc can. Throws `invalid` where it can't and that was asked for.
 */
export async function freezeWallet(
  actor: Actor,
  { walletId, reason, deposits }: { walletId: string; reason: string; deposits?: FrozenDeposits | undefined },
) {
  authorize(actor, 'wallets:freeze');
  return changeStatus(actor, walletId, 'wallet.frozen', reason, async (wallet, tx) => {
    requireStatus(wallet, ['open']);
    const { accountNumberId: id } = wallet;
    const refusable = canRefuseDeposits(id ? await tx.accountNumber.findUnique({ where: { id } }) : null);
    if (deposits === 'refuse' && !refusable)
      throw new InvalidInputError({ deposits: 'root_number_takes_all' });
    return {
      status: 'frozen',
      statusReason: reason,
      frozenDeposits: deposits ?? (refusable ? 'refuse' : 'suspend'),
    };
  });
}

export async function unfreezeWallet(
  actor: Actor,
  { walletId, reason }: { walletId: string; reason: string },
) {
  authorize(actor, 'wallets:freeze');
  return changeStatus(actor, walletId, 'wallet.unfrozen', reason, async (wallet) => {
    requireStatus(wallet, ['frozen']);
    return { status: 'open', statusReason: null, frozenDeposits: null };
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
    return { status: 'closed', statusReason: reason, closedBy, frozenDeposits: null };
  });
}

export async function reopenWallet(actor: Actor, { walletId, reason }: { walletId: string; reason: string }) {
  authorize(actor, 'wallets:freeze');
  return changeStatus(actor, walletId, 'wallet.reopened', reason, async (wallet) => {
    requireStatus(wallet, ['closed']);
    if (wallet.closedBy !== 'customer')
      throw new DomainError('conflict', 'Only a wallet that its customer closed can be reopened.');
    return { status: 'open', statusReason: null, closedBy: null };
  });
}

type StatusChange = {
  status: WalletStatus;
  statusReason: string | null;
  closedBy?: string | null;
  frozenDeposits?: FrozenDeposits | null;
};

async function changeStatus(
  actor: Actor,
  walletId: string,
  action: `wallet.${string}`,
  reason: string,
  decide: (wallet: Wallet, tx: Tx) => Promise<StatusChange>,
): Promise<Wallet> {
  return transaction(async (tx) => {
    const before = await lockWallet(tx, walletId);
    const change = await decide(before, tx).catch(async (error: unknown) => {
      await requireOwnChange(tx, actor, before, action, error);
      return null;
    });
    if (change === null) return before;
    const after = await tx.wallet.update({ where: { id: walletId }, data: change });
    await recordAudit(tx, actor, {
      action,
      subject: 'wallet',
      id: walletId,
      before: { status: before.status },
      after: {
        status: after.status,
        ...(after.frozenDeposits && { frozenDeposits: after.frozenDeposits }),
      },
      reason,
    });
    return after;
  });
}

/** Throws on what stood in the way, unless it is that the same person had done the same; else who did what. */
async function requireOwnChange(
  tx: Tx,
  actor: Actor,
  { id, status }: Wallet,
  act: string,
  obstacle: unknown,
): Promise<void> {
  if (!(obstacle instanceof DomainError) || obstacle.code !== 'conflict' || !obstacle.details.status)
    throw obstacle;
  await requireOwnDecision(tx, actor, { subject: 'wallet', id, status, act, ends: STATUS_ACTS });
}

const STATUS_ACTS = ['opened', 'opening_cancelled', 'frozen', 'unfrozen', 'closed', 'reopened'] as const;

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
  cursor?: string | undefined;
};

/** Newest first, with the three balances of each. */
export async function listWallets(filter: WalletFilter, size = PAGE_SIZE) {
  const { text, status, kind, pattern, customerId, portfolioId, asset, cursor } = filter;
  const from = decodeCursor(cursor, 'uuid');
  const words = text?.trim();
  const digits = words?.replace(/\s/g, '') ?? '';
  const rows = await db().wallet.findMany({
    where: {
      AND: [
        words
          ? {
              OR: [
                { name: { contains: words, mode: 'insensitive' as const } },
                { customer: { name: { contains: words, mode: 'insensitive' as const } } },
                // A deleted CLABE may be another wallet's by now.
                { accountNumber: { number: { startsWith: digits }, status: { not: 'deleted' } } },
              ],
            }
          : {},
        from ? { OR: [{ createdAt: { lt: from.at } }, { createdAt: from.at, id: { lt: from.id } }] } : {},
      ],
      ...(status && { status: { in: status } }),
      ...(kind && { kind: { in: kind } }),
      ...(pattern && { pattern: { in: pattern } }),
      ...(customerId && { customerId }),
      ...(portfolioId && { portfolioId }),
      ...(asset && { asset }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: size + 1,
    include: {
      customer: { select: { id: true, name: true } },
      accountNumber: { select: { number: true, status: true, isRoot: true, syncedAt: true } },
      account: { select: { status: true } },
      entity: { select: { isRoot: true, status: true, onboardings: { select: ONBOARDING } } },
    },
  });
  const { items, nextCursor } = toPage(rows, size, ({ createdAt, id }) => ({ at: createdAt, id }));
  const balances = await walletBalances(items.map(({ id }) => id));
  return {
    items: items.map((wallet) => ({ ...wallet, balances: balances.get(wallet.id) ?? NOTHING })),
    nextCursor,
  };
}

/** What of a KYB says whom it waits for. */
const ONBOARDING = { status: true, reviewedAt: true, createdAt: true } as const;

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
      entity: { include: { onboardings: { select: ONBOARDING } } },
    },
  });
  if (!wallet) throw notFound('wallet', id);
  const [balances, debts] = await Promise.all([walletBalances([id]), walletDebts([id])]);
  return { ...wallet, balances: balances.get(id) ?? NOTHING, debt: debts.get(id) ?? 0n };
}
