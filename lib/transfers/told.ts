import type { EventType } from '~/lib/outbox/catalogue';
import type { Step } from '~/lib/transfers/lifecycle';
import type { TransferState } from '~/prisma/generated/enums';

/** The event of a deposit's step; no step: its rail refused it. Pure. */
export function depositEvent(step: Step | null, suspenseReason: string | null): EventType | null {
  switch (step) {
    case null:
      return 'deposit.rejected';
    case 'credit':
      return suspenseReason === null ? 'deposit.credited' : 'deposit.suspended';
    case 'reserve_return':
      return 'deposit.return_pending';
    case 'complete_return':
    case 'return_at_once':
      return 'deposit.returned';
    case 'undo_return':
      return 'deposit.return_failed';
    default:
      return null;
  }
}

/** The event of a payout's step for its withdrawal; `to` is the state that the transfer goes to. */
export function payoutEvent(step: Step, to: TransferState): EventType | null {
  switch (step) {
    case 'accept':
      return 'withdrawal.submitted';
    case 'settle':
      return 'withdrawal.succeeded';
    case 'take_back':
      return 'withdrawal.returned';
    case 'fail':
      if (to === 'failed') return 'withdrawal.failed';
      return to === 'rejected' ? 'withdrawal.rejected' : 'withdrawal.returned';
    default:
      return null;
  }
}
