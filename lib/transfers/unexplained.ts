import { type Actor, authorize, type OperatorActor, system } from '~/lib/actor';
import { say } from '~/lib/approvals/words';
import { recordAudit, recordAudits } from '~/lib/audit/audit';
import { type Queryable, type Tx, transaction } from '~/lib/db';
import { requireOwnDecision } from '~/lib/decisions';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import {
  incoming,
  type LedgerAccountSpec,
  receivable,
  unexplainedPayouts,
  type WalletRef,
  walletAccount,
} from '~/lib/ledger/chart';
import { credit, debit, type Posting, postTransaction } from '~/lib/ledger/post';
import { lockRow } from '~/lib/lock';
import { isAsset } from '~/lib/money';
import { railOf } from '~/lib/rails/registry';
import { getSetting } from '~/lib/settings';
import { countedIn } from '~/lib/terms/limits';
import type { Unexplained } from '~/lib/transfers/context';
import { lockInAsset } from '~/lib/wallets/asset-wallets';
import { houseWallets } from '~/lib/wallets/house';
import type { Transfer, UnexplainedPayout } from '~/prisma/generated/client';

/** What money that left without us can turn out to be. `wallet`: a customer got it, so it is taken from their wallet. */
export const EXPLANATIONS = ['external', 'verification', 'settlement', 'wallet'] as const;
/** What a transfer that is nobody's withdrawal or deposit can be for; `move`: from one account of ours to another. */
export const PURPOSES = ['unexplained', ...EXPLANATIONS, 'move'] as const;
export type Explanation = (typeof EXPLANATIONS)[number];

/** Writes down what left without us, each as a break that pauses its account. */
export async function tellUnexplained(tx: Queryable, found: Unexplained[]): Promise<void> {
  await tx.unexplainedPayout.createMany({
    data: found.map(({ row, reason, withdrawalId, walletId }) => ({
      transferId: row.id,
      reason,
      withdrawalId,
      walletId,
    })),
    skipDuplicates: true,
  });
  const breaks = await tx.proofBreak.createManyAndReturn({
    data: found.map(({ row, walletId }) => ({
      accountId: row.accountId,
      asset: row.asset,
      kind: 'unexplained_payout' as const,
      subject: `payout:${row.id}`,
      transferId: row.id,
      ownerWalletId: walletId,
      expected: -row.amount,
      actual: 0n,
      difference: -row.amount,
      cure: 'explain' as const,
      at: row.transactedAt,
    })),
    skipDuplicates: true,
  });
  await recordAudits(
    tx,
    system('transfers'),
    breaks.map((after) => ({ action: 'proof.broken', subject: 'proof_break' as const, id: after.id, after })),
  );
}

/**
 * One person's word on what a payout was that nobody here asked for. When a second person says the same, its money goes
 * where it belongs and the account's payouts go on. Throws `payout_not_final` while it isn't, and `already_decided` with who
 * explained it otherwise, or before.
 */
export async function explainPayout(
  actor: OperatorActor,
  input: {
    transferId: string;
    kind: Explanation;
    walletId?: string | undefined;
    reason: string;
    requestId?: string;
  },
): Promise<{ explained: boolean }> {
  authorize(actor, 'proof:release');
  const { transferId, kind, reason } = input;
  const walletId = kind === 'wallet' ? (input.walletId ?? null) : null;
  if (reason.trim() === '') throw new InvalidInputError({ reason: 'required' });
  if (kind === 'wallet' && !walletId) throw new InvalidInputError({ walletId: 'required' });
  return transaction(async (tx) => {
    const { payout, transfer } = await lockPayout(tx, transferId);
    if (payout.explainedAs) {
      await requireOwnDecision(tx, actor, {
        ...{ subject: 'transfer', id: transferId, status: payout.explainedAs },
        ...{ act: 'payout.explained', ends: [], after: { kind, walletId } },
      });
      return { explained: true };
    }
    if (transfer.state !== 'succeeded')
      throw new DomainError('payout_not_final', `The transfer is ${transfer.state}.`, {
        status: transfer.state,
      });
    await checkFits(tx, transfer, kind);
    const told = reason.trim();
    const asked = {
      action: 'payout.explain',
      subjectId: transferId,
      facts: { kind, walletId },
      reason: told,
    } as const;
    const said = await say(tx, actor, { ...asked, requestId: input.requestId });
    if (said === 'sent_again') return { explained: false };
    const explained = said === 'decided';
    if (explained) await settle(tx, actor, { payout, transfer, kind, walletId, reason: told });
    await recordAudit(tx, actor, {
      action: explained ? 'payout.explained' : 'payout.explanation_asked',
      subject: 'transfer',
      id: transferId,
      after: { kind, walletId },
      reason: told,
    });
    return { explained };
  });
}

type Settling = {
  payout: UnexplainedPayout;
  transfer: Transfer;
  kind: Explanation;
  walletId: string | null;
  reason: string;
};

async function settle(
  tx: Tx,
  actor: OperatorActor,
  { transfer, kind, walletId, reason }: Settling,
): Promise<void> {
  const { id, asset, amount } = transfer;
  const { lines, ...used } = await taken(tx, transfer, kind, walletId);
  await postTransaction(tx, {
    cause: { kind: 'transfer', id, step: 'explain' },
    kind: 'payout_explained',
    effectiveAt: new Date(),
    ...used,
    transferId: id,
    operatorId: actor.id,
    note: reason,
    lines: [...lines, credit(unexplainedPayouts(asset), amount)],
  });
  await tx.transfer.update({ where: { id }, data: { purpose: kind, walletId } });
  await tx.unexplainedPayout.update({
    where: { transferId: id },
    data: { explainedAs: kind, explainedAt: new Date() },
  });
  await endBreak(tx, id, actor);
}

/**
 * The system's own word that it was a payment of a wallet's move to another account of ours, which books of before it
 * was made could not know. It is on its way there.
 */
export async function explainAsMove(tx: Tx, transferId: string, toAccountId: string): Promise<void> {
  const { payout, transfer } = await lockPayout(tx, transferId);
  if (payout.explainedAs) return;
  const { asset, amount } = transfer;
  // Not final yet, nothing of it stands as unexplained.
  if (transfer.state === 'succeeded')
    await postTransaction(tx, {
      cause: { kind: 'transfer', id: transferId, step: 'explain' },
      kind: 'payout_explained',
      effectiveAt: new Date(),
      transferId,
      lines: [debit(incoming(toAccountId, asset), amount), credit(unexplainedPayouts(asset), amount)],
    });
  await tx.transfer.update({ where: { id: transferId }, data: { purpose: 'move' } });
  await tx.unexplainedPayout.update({
    where: { transferId },
    data: { explainedAs: 'move', explainedAt: new Date() },
  });
  await recordAudit(tx, system('moves'), {
    action: 'payout.explained',
    subject: 'transfer',
    id: transferId,
    after: { kind: 'move' },
  });
  await endBreak(tx, transferId, system('moves'));
}

/**
 * The lines that the explanation takes the money from. What a customer's wallet paid uses of its limits in the day in which
 * it left, as if it had been asked for here.
 */
async function taken(
  tx: Tx,
  { asset, amount, transactedAt: usedAt }: Transfer,
  kind: Explanation,
  walletId: string | null,
): Promise<Pick<Posting, 'lines' | 'use'>> {
  if (!isAsset(asset)) throw new Error(`${asset} is no asset of ours.`);
  if (kind !== 'wallet' || !walletId) {
    const { operating, settlement } = await houseWallets(tx, asset);
    const house = kind === 'settlement' ? settlement : operating;
    return { lines: [debit(walletAccount(house, 'available'), amount)] };
  }
  const wallet = await lockInAsset(tx, walletId, asset);
  if (wallet.status === 'closed')
    throw new DomainError('wallet_not_open', 'The wallet is closed.', { status: wallet.status });
  const available = await balanceOf(tx, walletAccount(wallet satisfies WalletRef, 'available'));
  const covered = available < 0n ? 0n : available < amount ? available : amount;
  const lacking = amount - covered;
  return {
    ...(wallet.kind === 'customer' && {
      use: { ...countedIn(wallet, amount), direction: 'outbound' as const, usedAt },
    }),
    lines: [
      ...(covered > 0n ? [debit(walletAccount(wallet, 'available'), covered, 'withdrawal')] : []),
      // The customer got more than they had: they owe it.
      ...(lacking > 0n ? [debit(receivable(wallet.id, asset), lacking)] : []),
    ],
  };
}

/** Whatever else moves it waits for the wallet's lock, which we hold. */
async function balanceOf(tx: Tx, { code, asset }: LedgerAccountSpec): Promise<bigint> {
  const account = await tx.ledgerAccount.findUnique({ where: { code_asset: { code, asset } } });
  return account?.balance ?? 0n;
}

/** Settlement covers what is owed to customers: only what went to the platform's own bank is that. */
async function checkFits(tx: Tx, transfer: Transfer, kind: Explanation): Promise<void> {
  if (kind !== 'settlement') return;
  const { MXN: number } = await getSetting('settlementNumber', tx);
  const isSettlement = railOf(transfer.accountId).isSettlement(transfer);
  if (!isSettlement || number === null || transfer.counterpartyNumber !== number)
    throw new InvalidInputError({ kind: 'not_settlement' });
}

async function lockPayout(tx: Tx, transferId: string) {
  await lockRow(tx, 'transfers', transferId);
  const payout = await tx.unexplainedPayout.findUnique({
    where: { transferId },
    include: { transfer: true },
  });
  if (!payout) throw notFound('payout', transferId);
  const { transfer, ...rest } = payout;
  return { payout: rest, transfer };
}

async function endBreak(tx: Tx, transferId: string, actor: Actor): Promise<void> {
  const cured = await tx.proofBreak.updateManyAndReturn({
    where: { transferId, kind: 'unexplained_payout', state: { not: 'cured' } },
    data: { state: 'cured', curedAt: new Date() },
  });
  const facts = cured.map((after) => ({
    action: 'proof.cured' as const,
    subject: 'proof_break' as const,
    id: after.id,
    after,
  }));
  await recordAudits(tx, actor, facts);
  await tx.proofState.updateMany({
    where: { accountId: { in: cured.map(({ accountId }) => accountId) } },
    data: { nextAt: new Date() },
  });
}
