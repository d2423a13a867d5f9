import type { Actor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import type { Tx } from '~/lib/db';
import { requireOwnDecision } from '~/lib/decisions';
import { DomainError } from '~/lib/errors';
import type { EventType } from '~/lib/outbox/catalogue';
import { noteAct } from '~/lib/wallets/acts';
import type { FreezeDirection } from '~/lib/wallets/frozen';
import type { FrozenDeposits } from '~/lib/wallets/frozen-deposits';
import { lockWallet } from '~/lib/wallets/wallets';
import type { Wallet } from '~/prisma/generated/client';
import type { WalletStatus } from '~/prisma/generated/enums';

type StatusChange = {
  status: WalletStatus;
  statusReason: string | null;
  closedBy?: string | null;
  frozenDeposits?: FrozenDeposits | null;
  frozenDirection?: FreezeDirection | null;
  frozenUntil?: Date | null;
};
type Act = 'opening_cancelled' | 'frozen' | 'unfrozen' | 'closed' | 'reopened';
type StatusAct = { walletId: string; act: Act; reason: string; partOf?: bigint | undefined };

/**
 * Changes a wallet's state under its lock, with the row that says who, when and why, and the audit entry. `decide` throws
 * what stands in the way; of whoever did the same already it answers the wallet as it is.
 */
export async function changeStatus(
  tx: Tx,
  actor: Actor,
  { walletId, act, reason, partOf }: StatusAct,
  decide: (wallet: Wallet) => Promise<StatusChange>,
): Promise<Wallet> {
  const before = await lockWallet(tx, walletId);
  const change = await decide(before).catch(async (error: unknown) => {
    await requireOwnChange(tx, actor, before, ACTIONS[act], error);
    return null;
  });
  if (change === null) return before;
  const after = await tx.wallet.update({ where: { id: walletId }, data: change });
  const { status, frozenDeposits, frozenDirection, frozenUntil, closedBy } = after;
  await noteAct(tx, actor, {
    ...{ subjectType: 'wallet', subjectId: walletId, act, reason, partOf: partOf ?? null },
    ...(act === 'frozen' && { direction: frozenDirection, untilAt: frozenUntil, deposits: frozenDeposits }),
    ...(status === 'closed' && { closedBy }),
  });
  await recordAudit(tx, actor, {
    action: ACTIONS[act],
    subject: 'wallet',
    id: walletId,
    before: { status: before.status },
    after: {
      status,
      ...(frozenDeposits && { frozenDeposits }),
      ...(frozenDirection && { frozenDirection }),
      ...(frozenUntil && { frozenUntil }),
      ...(status === 'closed' && { closedBy }),
    },
    reason,
  });
  return after;
}

const ACTIONS = {
  opening_cancelled: 'wallet.opening_cancelled',
  frozen: 'wallet.frozen',
  unfrozen: 'wallet.unfrozen',
  closed: 'wallet.closed',
  reopened: 'wallet.reopened',
} as const satisfies Record<Act, EventType>;

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

export function requireStatus(wallet: Wallet, allowed: WalletStatus[]): void {
  if (!allowed.includes(wallet.status)) {
    throw new DomainError('conflict', `The wallet is ${wallet.status}.`, { status: wallet.status });
  }
}
