import type { Tx } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { walletDebts } from '~/lib/ledger/balances';
import type { Wallet } from '~/prisma/generated/client';

/**
 * Throws what stands in the way of closing, the first of it: that it is no customer's, that it has money in any asset,
 * set aside and on its way as well (`wallet_not_empty`), that it owes (`wallet_owes`), or that an adjustment to it waits.
 */
export async function requireClosable(tx: Tx, wallet: Wallet): Promise<void> {
  if (wallet.kind !== 'customer') throw new DomainError('conflict', 'Only a customer wallet can be closed.');
  await requireEmpty(tx, wallet.id);
  await requireNoDebt(tx, wallet);
  // What it would give is set aside, so this is of what it would get.
  const coming = { toWalletId: wallet.id, status: 'awaiting_approval' } as const;
  if ((await tx.adjustment.count({ where: coming })) > 0)
    throw new DomainError('adjustment_waits', 'An adjustment to this wallet waits for a decision.');
}

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
