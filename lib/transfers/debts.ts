import type { Tx } from '~/lib/db';
import { receivable, type WalletRef, walletAccount } from '~/lib/ledger/chart';
import { type Posting, postTransaction } from '~/lib/ledger/post';
import { pair } from '~/lib/transfers/postings';

/** What a wallet owes, because a deposit went back after it was spent. */
export async function debtOf(tx: Tx, wallet: Pick<WalletRef, 'id' | 'asset'>): Promise<bigint> {
  const { code, asset } = receivable(wallet.id, wallet.asset);
  const account = await tx.ledgerAccount.findUnique({ where: { code_asset: { code, asset } } });
  return account?.balance ?? 0n;
}

/**
 * What comes to a wallet pays what it owes first. The wallet is locked, and guarded the posting is refused where a
 * deposit was quicker with the same debt.
 */
export async function repayDebt(
  tx: Tx,
  wallet: WalletRef,
  credited: bigint,
  facts: Pick<Posting, 'cause' | 'transferId' | 'operatorId'>,
): Promise<void> {
  const debt = await debtOf(tx, wallet);
  const amount = debt < credited ? debt : credited;
  if (amount <= 0n) return;
  await postTransaction(tx, {
    ...facts,
    cause: { ...facts.cause, step: `${facts.cause.step}_debt` },
    kind: 'debt_repaid',
    effectiveAt: new Date(),
    guarded: true,
    lines: pair(walletAccount(wallet, 'available'), receivable(wallet.id, wallet.asset), amount),
  });
}
