import type { OperatorActor } from '~/lib/actor';
import { waitingAbout } from '~/lib/approvals/read';
import { depositEffects } from '~/lib/deciding/effects';
import { returnCover, waitingRequest } from '~/lib/deposits/requests-read';
import { returnWaitsFor } from '~/lib/deposits/returns';
import { can } from '~/lib/roles';
import { getTransferPage } from '~/lib/transfers/read';

/** One deposit with what was asked about it and what can be done, as its page and a list's side show it. Throws `not_found`. */
export async function wholeDeposit(operator: OperatorActor, id: string) {
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
    /** What can be done changes with it. */
    standing: `${waits} ${returnRequestedAt === null} ${request?.id ?? ''}`,
    resolves: can(operator.role, 'deposits:resolve') && !request,
  };
}

export type WholeDeposit = Awaited<ReturnType<typeof wholeDeposit>>;

/** The state in which a transfer's money can wait in suspense. */
const ARRIVED = { inbound: 'succeeded', outbound: 'returned' } as const;
