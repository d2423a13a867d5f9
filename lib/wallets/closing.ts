import type { Tx } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { walletDebts } from '~/lib/ledger/balances';
import type { Wallet } from '~/prisma/generated/client';
import type { PatternMoveState } from '~/prisma/generated/enums';

/**
 * Throws what stands in the way of closing, the first of it: that it is no customer's, that it has money in any asset,
 * set aside and on its way as well (`wallet_not_empty`), that it owes (`wallet_owes`), that an adjustment to it waits
 * (`adjustment_waits`), or what else is under way (`wallet_in_flight`): once it is closed that would come to nothing, or
 * leave a debt that nobody pays. The wallet is locked.
 */
export async function requireClosable(tx: Tx, wallet: Wallet): Promise<void> {
  if (wallet.kind !== 'customer') throw new DomainError('conflict', 'Only a customer wallet can be closed.');
  await requireEmpty(tx, wallet.id);
  await requireNoDebt(tx, wallet);
  // What it would give is set aside, so this is of what it would get.
  const coming = { toWalletId: wallet.id, status: 'awaiting_approval' } as const;
  if ((await tx.adjustment.count({ where: coming })) > 0)
    throw new DomainError('adjustment_waits', 'An adjustment to this wallet waits for a decision.');
  const part = await inFlight(tx, wallet.id);
  if (part) throw new DomainError('wallet_in_flight', `There is a ${part} under way.`, { part });
}

/** The first thing under way that no balance shows. */
async function inFlight(tx: Tx, walletId: string): Promise<string | null> {
  // Of money that was spent nothing is set aside: when it has gone back, the wallet owes it.
  const returning = { OR: [{ state: 'return_pending' as const }, { returnRequestedAt: { not: null } }] };
  const counts: [string, () => Promise<number>][] = [
    [
      'return',
      () =>
        tx.transfer.count({ where: { walletId, direction: 'inbound', suspenseReason: null, ...returning } }),
    ],
    ['deposit', () => tx.depositRequest.count({ where: { walletId, approval: { state: 'waiting' } } })],
    ['deposit', () => tx.approval.count({ where: toBeCredited(walletId) })],
    ['schedule', () => tx.schedule.count({ where: { walletId, state: 'active' } })],
    ['move', () => tx.patternMove.count({ where: { walletId, state: { in: MOVING } } })],
  ];
  for (const [part, count] of counts) if ((await count()) > 0) return part;
  return null;
}

const MOVING: PatternMoveState[] = ['opening', 'switching', 'moving'];

/** Money in suspense that a rule has somebody else decide on before it is credited. */
const toBeCredited = (walletId: string) => ({
  action: 'suspense.assign',
  state: 'waiting' as const,
  facts: { path: ['walletId'], equals: walletId },
});

/** Of one asset, or of all. Throws `wallet_not_empty` with what it has where. */
export async function requireEmpty(tx: Tx, walletId: string, asset?: string): Promise<void> {
  const held = await tx.ledgerAccount.findFirst({
    where: {
      ownerId: walletId,
      ...(asset && { asset }),
      bucket: { in: ['available', 'pending', 'reserved'] },
      balance: { not: 0n },
    },
    orderBy: { id: 'asc' },
  });
  if (!held) return;
  throw new DomainError('wallet_not_empty', 'Closing needs zero balances.', {
    limit: held.balance.toString(),
    asset: held.asset,
    part: held.bucket,
  });
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
