import type { Queryable, Tx } from '~/lib/db';
import { receivable, type WalletRef, walletAccount } from '~/lib/ledger/chart';
import { type Posting, postTransaction } from '~/lib/ledger/post';
import { partOf } from '~/lib/terms/fees';
import { pair } from '~/lib/transfers/postings';

/** What a wallet owes, because a deposit went back after it was spent. */
export async function debtOf(client: Queryable, wallet: Pick<WalletRef, 'id' | 'asset'>): Promise<bigint> {
  const { code, asset } = receivable(wallet.id, wallet.asset);
  const account = await client.ledgerAccount.findUnique({ where: { code_asset: { code, asset } } });
  return account?.balance ?? 0n;
}

/** In basis points, how much of what comes in pays debts: by the wallet's terms, and nothing while a plan pays them. */
async function debtShareOf(tx: Tx, { id, asset }: Pick<WalletRef, 'id' | 'asset'>): Promise<number> {
  const where = { walletId: id, asset };
  if ((await tx.debtPlan.count({ where: { ...where, state: 'active' } })) > 0) return 0;
  const held = await tx.walletAsset.findFirst({
    where,
    select: { terms: { select: { debtShareBps: true } } },
  });
  return held?.terms.debtShareBps ?? 0;
}

/**
 * What comes to a wallet pays what it owes first, as much of it as its terms say. The wallet is locked, and guarded the posting is refused where a
 * deposit was quicker with the same debt. Answers how much it paid.
 */
export async function repayDebt(
  tx: Tx,
  wallet: WalletRef,
  credited: bigint,
  facts: Pick<Posting, 'cause' | 'transferId' | 'operatorId'>,
): Promise<bigint> {
  const debt = await debtOf(tx, wallet);
  if (debt <= 0n) return 0n;
  const part = partOf(credited, await debtShareOf(tx, wallet));
  const amount = debt < part ? debt : part;
  if (amount <= 0n) return 0n;
  await postTransaction(tx, {
    ...facts,
    cause: { ...facts.cause, step: `${facts.cause.step}_debt` },
    kind: 'debt_repaid',
    effectiveAt: new Date(),
    guarded: true,
    lines: pair(walletAccount(wallet, 'available'), receivable(wallet.id, wallet.asset), amount),
  });
  return amount;
}
