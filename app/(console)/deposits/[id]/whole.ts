import type { OperatorActor } from '~/lib/actor';
import type { ApprovalAction } from '~/lib/approvals/actions';
import { waitingAbout } from '~/lib/approvals/read';
import { type DepositEffect, depositEffects } from '~/lib/deciding/effects';
import {
  type ReturnCover,
  returnCover,
  type WaitingRequest,
  waitingRequest,
} from '~/lib/deposits/requests-read';
import { returnWaitsFor } from '~/lib/deposits/returns';
import type { HeldReason } from '~/lib/gate/gate';
import { can } from '~/lib/roles';
import { getTransferPage, type TransferRecord } from '~/lib/transfers/read';

export type WholeDeposit = {
  transfer: TransferRecord;
  request: WaitingRequest | null;
  cover: ReturnCover | null;
  /** What keeps its return back. */
  held: HeldReason | null;
  waits: boolean;
  asked: Set<ApprovalAction> | undefined;
  effect: DepositEffect | null;
  /** What can be done changes with it. */
  standing: string;
  resolves: boolean;
};

/** One deposit with what was asked about it and what can be done, as its page and a list's side show it. Throws `not_found`. */
export async function wholeDeposit(operator: OperatorActor, id: string): Promise<WholeDeposit> {
  const transfer = await getTransferPage(operator, id);
  const { direction, state, suspenseReason, returnRequestedAt } = transfer;
  const [request, cover, held, asked] = await Promise.all([
    waitingRequest(operator, transfer),
    returnCover(transfer),
    returnWaitsFor(transfer),
    suspenseReason === null ? null : waitingAbout(operator, 'transfer', id),
  ]);
  const effects = request ? await depositEffects(operator, [request.id]) : null;
  const waits = suspenseReason !== null && state === ARRIVED[direction] && returnRequestedAt === null;
  return {
    ...{ transfer, request, cover, held, waits },
    asked: asked?.get(id),
    effect: (request && effects?.get(request.id)) ?? null,
    standing: `${waits} ${returnRequestedAt === null} ${request?.id ?? ''}`,
    resolves: can(operator.role, 'deposits:resolve') && !request,
  };
}

/** The state in which a transfer's money can wait in suspense. */
const ARRIVED = { inbound: 'succeeded', outbound: 'returned' } as const;
