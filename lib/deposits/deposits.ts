import { type Actor, authorize, type Requester } from '~/lib/actor';
import { requireDone, type Waiting } from '~/lib/approvals/acts';
import { recordAudit } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { requireOwnDecision } from '~/lib/decisions';
import {
  type Acceptance,
  type AskedRequest,
  askAssignment,
  askReturn,
  requireNoneWaits,
  statusOf,
} from '~/lib/deposits/requests';
import { isGoingBack, requireReturnable, sendReturn } from '~/lib/deposits/returns';
import { isStillSuspended, lockTransfer, requireAssignable, whySecond } from '~/lib/deposits/suspense';
import { creditNamed, returnSuspended, waitsFor } from '~/lib/deposits/suspense-acts';
import { asDomainError } from '~/lib/entities/entities';
import { DomainError, notFound } from '~/lib/errors';
import { madeUnder, once } from '~/lib/once';
import { findRail } from '~/lib/rails/registry';
import { lockInAsset } from '~/lib/wallets/asset-wallets';

export type Assignment = {
  transferId: string;
  walletId: string;
  reason: string;
  /** Needed where the money stands in another Fintoc account than the one that the wallet pays from. */
  acceptsOtherAccount?: boolean | undefined;
  requestId?: string | undefined;
};

/** `request`: what waits for a second person; null where it is done. */
export type Resolved = { id: string; request: AskedRequest | null };

/** `waits`: for the approval that a rule has somebody else decide on first. */
type Outcome = Resolved & Waiting;

/**
 * Credits money that stands in suspense to the wallet that it turned out to be for: a deposit, or a payout that came
 * back. To the wallet that it was sent to, and within its terms, one person may, unless a rule has somebody else decide
 * (`rule_asks`); to any other, and outside of the terms' limits, one asks and another decides. A key asks always.
 */
export async function assignDeposit(actor: Requester, input: Assignment): Promise<Resolved> {
  authorize(actor, 'deposits:resolve');
  const { requestId, ...content } = input;
  const { waits, ...resolved } = await transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'deposit.assign', requestId, content },
      (id) => resolvedBy(tx, actor, id),
      () => assign(tx, actor, input),
    ),
  );
  requireDone({ waits });
  return resolved;
}

async function assign(tx: Tx, actor: Requester, input: Assignment): Promise<Outcome> {
  const transfer = await lockTransfer(tx, input.transferId);
  if (!(await isStillSuspended(tx, actor, transfer, input.walletId)))
    return { id: transfer.id, request: null, waits: null };
  const wallet = await lockInAsset(tx, input.walletId, transfer.asset);
  requireAssignable(transfer, wallet, input.acceptsOtherAccount);
  if (actor.kind === 'key' || (await whySecond(transfer, wallet, tx)))
    return {
      id: transfer.id,
      request: await askAssignment(tx, actor, transfer, wallet, input),
      waits: null,
    };
  await requireNoneWaits(tx, transfer.id);
  const { waits } = await creditNamed(tx, actor, transfer, wallet, input);
  return { id: transfer.id, request: null, waits };
}

/** What came of their asking before: what they asked for, or that it was done. */
async function resolvedBy(tx: Tx, actor: Requester, transferId: string): Promise<Outcome> {
  const waits = await waitsFor(tx, actor, transferId);
  const found = await tx.depositRequest.findFirst({
    where: { transferId, requestedById: actor.id },
    orderBy: { createdAt: 'desc' },
    include: { approval: { select: { state: true } } },
  });
  if (!found) return { id: transferId, request: null, waits };
  const { approval, ...request } = found;
  return { id: transferId, request: { ...request, status: statusOf(approval.state) }, waits };
}

/**
 * Sends a deposit back to who sent it. From suspense one person may: it is nobody's here; unless a rule has somebody else
 * decide (`rule_asks`). From a wallet one asks and another decides, and what the wallet lacks is lost only if both accept it. Throws `already_decided` with who sent it back
 * before, and when; said again by them, it stands.
 */
export async function returnDeposit(
  actor: Requester,
  { requestId, ...asked }: Return & { requestId?: string | undefined },
): Promise<Resolved> {
  authorize(actor, 'deposits:resolve');
  let goesNow = false;
  const { waits, ...resolved } = await transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'deposit.return', requestId, content: asked },
      (id) => resolvedBy(tx, actor, id),
      async () => {
        const fresh = await askOrReturn(tx, actor, asked);
        goesNow = fresh.request === null && fresh.waits === null;
        return fresh;
      },
    ),
  );
  requireDone({ waits });
  // What was asked before has been sent, or the worker sends it.
  if (goesNow) await asDomainError(() => sendReturn(asked.transferId));
  return resolved;
}

type Return = Acceptance & { transferId: string; reason: string };

async function askOrReturn(
  tx: Tx,
  actor: Requester,
  { transferId, reason, ...accepted }: Return,
): Promise<Outcome> {
  const transfer = await lockTransfer(tx, transferId);
  if (isGoingBack(transfer)) {
    const { state: status } = transfer;
    const act = 'deposit.return_requested';
    await requireOwnDecision(tx, actor, { subject: 'transfer', id: transferId, status, act, ends: [] });
    return { id: transferId, request: null, waits: null };
  }
  requireReturnable(transfer);
  if (transfer.suspenseReason === null)
    return {
      ...{ id: transferId, waits: null },
      request: await askReturn(tx, actor, transfer, { ...accepted, reason }),
    };
  await requireNoneWaits(tx, transferId);
  const { waits } = await returnSuspended(tx, actor, transfer, { reason });
  return { id: transferId, request: null, waits };
}

/** Test mode only: has Fintoc receive money for an account number of ours. The books move when its webhook comes. */
export async function simulateDeposit(
  actor: Actor,
  input: {
    accountNumberId: string;
    amount: bigint;
    asset: string;
    comment?: string | undefined;
    requestId: string;
  },
) {
  authorize(actor, 'deposits:simulate');
  const rail = findRail(input.accountNumberId);
  if (!rail) throw notFound('account_number', input.accountNumberId);
  if (rail.facts().mode !== 'test')
    throw new DomainError('test_mode_only', 'Simulations exist in test mode only.');
  const { requestId, ...content } = input;
  const { accountNumberId, amount, asset, comment } = content;
  const asked = { act: 'deposit.simulate', requestId, content } as const;
  const before = await transaction((tx) => madeUnder(tx, actor, asked));
  if (before) return { id: before };
  const transfer = await asDomainError(() =>
    rail.simulateDeposit(
      { numberId: accountNumberId, amount, asset, comment },
      `monedero:simulate:${requestId}`,
    ),
  );
  const after = { accountNumberId, amount, asset };
  const note = async (tx: Tx) => {
    await recordAudit(tx, actor, {
      action: 'deposit.simulated',
      subject: 'transfer',
      id: transfer.id,
      after,
    });
    return { id: transfer.id };
  };
  return transaction((tx) =>
    once(
      tx,
      actor,
      asked,
      async (id) => ({ id }),
      () => note(tx),
    ),
  );
}
