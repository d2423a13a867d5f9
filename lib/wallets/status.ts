import { type Actor, authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { requireOwnDecision } from '~/lib/decisions';
import { DomainError, InvalidInputError } from '~/lib/errors';
import { walletDebts } from '~/lib/ledger/balances';
import type { EventType } from '~/lib/outbox/catalogue';
import { canRefuseDeposits, type FrozenDeposits } from '~/lib/wallets/frozen-deposits';
import { lockWallet } from '~/lib/wallets/wallets';
import type { Wallet } from '~/prisma/generated/client';
import type { WalletStatus } from '~/prisma/generated/enums';

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
    const numbers = await tx.accountNumber.findMany({ where: { walletAsset: { walletId: wallet.id } } });
    const refusable = canRefuseDeposits(numbers);
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

/** Closes a wallet that is empty in every asset. `closedBy` decides whether it can ever be reopened. */
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
  action: Extract<EventType, `wallet.${string}`>,
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

/** Of one asset, or of all. Throws `wallet_not_empty`. */
export async function requireEmpty(tx: Tx, walletId: string, asset?: string): Promise<void> {
  const held = await tx.ledgerAccount.aggregate({
    where: {
      ownerId: walletId,
      ...(asset && { asset }),
      bucket: { in: ['available', 'pending', 'reserved'] },
      balance: { not: 0n },
    },
    _count: true,
  });
  if (held._count > 0) throw new DomainError('wallet_not_empty', 'Closing needs zero balances.');
}

/** Closed, nothing that comes later would pay it. */
async function requireNoDebt(tx: Tx, { id }: Wallet): Promise<void> {
  const debts = await walletDebts([id], tx);
  for (const { asset } of await tx.walletAsset.findMany({
    where: { walletId: id },
    select: { asset: true },
  })) {
    const debt = debts(id, asset);
    if (debt > 0n)
      throw new DomainError('wallet_owes', 'A wallet that owes can’t be closed.', {
        debt: debt.toString(),
        asset,
      });
  }
}
