import { z } from 'zod';
import type { Actor, Requester } from '~/lib/actor';
import { type Act, doUnlessRuled, type Waiting, waitingFor } from '~/lib/approvals/acts';
import { recordAudit } from '~/lib/audit/audit';
import type { Tx } from '~/lib/db';
import { decideToReturn, requireReturnable } from '~/lib/deposits/returns';
import { creditSuspended, lockTransfer, requireAssignable } from '~/lib/deposits/suspense';
import { DomainError } from '~/lib/errors';
import { type AssetWallet, lockInAsset } from '~/lib/wallets/asset-wallets';
import { ruledWallet } from '~/lib/wallets/unless-ruled';
import type { Transfer } from '~/prisma/generated/client';

/** What one person may do with money in suspense, until a rule has somebody else decide on it. */
const assignmentShape = z.object({ walletId: z.uuid(), acceptsOtherAccount: z.boolean() });

type Why = { reason: string };

/** From suspense it is nobody's here: it goes back to who sent it. The transfer is locked. */
export function returnSuspended(
  tx: Tx,
  actor: Requester,
  transfer: Transfer,
  { reason }: Why,
): Promise<Waiting> {
  const { id, asset, amount } = transfer;
  return doUnlessRuled(
    tx,
    actor,
    { action: 'suspense.return', subjectId: id, facts: { asset, amount }, reason },
    returnAsked,
    { rehearsed: true },
  );
}

/** Does what `suspense.return` asks for; the worker sends it back. */
export async function returnAsked(tx: Tx, actor: Actor, { subjectId, reason }: Act): Promise<void> {
  const transfer = await lockSuspended(tx, subjectId);
  requireReturnable(transfer);
  await decideToReturn(tx, subjectId);
  await recordAudit(tx, actor, {
    action: 'deposit.return_requested',
    subject: 'transfer',
    id: subjectId,
    walletId: transfer.walletId,
    reason,
  });
}

/** To the very wallet that it was sent to, within its terms. Both are locked. */
export async function creditNamed(
  tx: Tx,
  actor: Requester,
  transfer: Transfer,
  wallet: AssetWallet,
  { reason, acceptsOtherAccount = false }: Why & { acceptsOtherAccount?: boolean | undefined },
): Promise<Waiting> {
  const { id, asset, amount } = transfer;
  return doUnlessRuled(
    tx,
    actor,
    {
      ...{
        action: 'suspense.assign',
        subjectId: id,
        reason,
        known: { wallet: await ruledWallet(tx, wallet) },
      },
      facts: { asset, amount, walletId: wallet.id, acceptsOtherAccount },
    },
    assignAsked,
    { rehearsed: true },
  );
}

/** Does what `suspense.assign` asks for. */
export async function assignAsked(tx: Tx, actor: Actor, act: Act): Promise<void> {
  const { subjectId, facts, reason, approvalId } = act;
  if (actor.kind !== 'operator') throw new Error('A person credits money from suspense.');
  const { walletId, acceptsOtherAccount } = assignmentShape.parse(facts);
  const transfer = await lockSuspended(tx, subjectId);
  const wallet = await lockInAsset(tx, walletId, transfer.asset);
  requireAssignable(transfer, wallet, acceptsOtherAccount);
  await creditSuspended(tx, actor, transfer, wallet, { reason, alone: approvalId === null });
}

/** Since it was asked for, somebody may have done something else with it. */
async function lockSuspended(tx: Tx, id: string): Promise<Transfer> {
  const transfer = await lockTransfer(tx, id);
  if (transfer.suspenseReason === null || transfer.returnRequestedAt !== null)
    throw new DomainError('conflict', 'It stands in suspense no more.', { status: transfer.state });
  return transfer;
}

/** The approval of what they asked to do with it, while that waits for somebody else. */
export function waitsFor(tx: Tx, actor: Requester, transferId: string): Promise<string | null> {
  return waitingFor(tx, actor, { action: ['suspense.return', 'suspense.assign'], subjectId: transferId });
}
