export type Direction = 'inbound' | 'outbound';
export type TransferStatus = 'pending' | 'succeeded' | 'failed' | 'rejected' | 'returned' | 'return_pending';

/** What may happen to a transfer, by itself or because the control API says so. */
export type Step = 'settle' | 'fail' | 'reject' | 'return' | 'reverse' | 'request_return';

export interface Effect {
  /** Mostly a TransferStatus; by control also one that nobody knows. */
  status: string;
  /** What it does to the account's balance. `refund` and `take_back` pair with the transfer's own movement. */
  money: 'credit' | 'refund' | 'take_back' | null;
  event: string | null;
}

// Read aloud: an outbound transfer that is pending, and settles, becomes succeeded, moves nothing (its amount left when
// it was created), and tells of it by transfer.outbound.succeeded.
const EFFECTS: Record<string, Effect> = {
  'outbound pending settle': effect('succeeded', null, 'transfer.outbound.succeeded'),
  'outbound pending fail': effect('failed', 'refund', 'transfer.outbound.failed'),
  'outbound pending reject': effect('rejected', 'refund', 'transfer.outbound.rejected'),
  'outbound pending return': effect('returned', 'refund', 'transfer.outbound.returned'),
  'outbound pending reverse': effect('returned', 'refund', 'transfer.outbound.reversed'),
  'outbound succeeded return': effect('returned', 'refund', 'transfer.outbound.returned'),
  'outbound succeeded reverse': effect('returned', 'refund', 'transfer.outbound.reversed'),
  'inbound pending settle': effect('succeeded', 'credit', 'transfer.inbound.succeeded'),
  'inbound pending reject': effect('rejected', null, 'transfer.inbound.rejected'),
  'inbound succeeded request_return': effect('return_pending', null, null),
  'inbound succeeded return': effect('returned', 'take_back', 'transfer.inbound.returned'),
  'inbound succeeded reverse': effect('returned', 'take_back', 'transfer.inbound.reversed'),
  'inbound return_pending settle': effect('returned', 'take_back', 'transfer.inbound.returned'),
  'inbound return_pending return': effect('returned', 'take_back', 'transfer.inbound.returned'),
  'inbound return_pending fail': effect('succeeded', null, 'transfer.inbound.return_failed'),
};

/** What the step does to a transfer in that state, or undefined when it can't happen there. */
export function effectOf(direction: Direction, status: string, step: Step): Effect | undefined {
  return EFFECTS[`${direction} ${status} ${step}`];
}

function effect(status: TransferStatus, money: Effect['money'], event: string | null): Effect {
  return { status, money, event };
}
