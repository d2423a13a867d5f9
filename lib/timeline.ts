import type { EventType } from '~/lib/outbox/catalogue';

/** In the place of a name where one of our own jobs acted. */
export const OURSELVES = '$system';

/** One line of what happened to a thing. */
export type TimelineItem = {
  /** Of what happened; null for a posting that no event tells of. */
  eventId: bigint | null;
  at: Date;
  /** What happened (`withdrawal.approved`), or the kind of a ledger transaction (`debt_repaid`). */
  kind: string;
  /** A name, or `OURSELVES`. */
  actor: string | null;
  reason: string | null;
  /** What it booked. */
  transactionId: bigint | null;
};

/** `attempt`: which time, of what may happen to a thing again. */
export type ToldItem = TimelineItem & { attempt: number };
export type PostedItem = TimelineItem & { causeKind: string; step: string; round: number };

/** The postings of each event: they are made in its database transaction. */
const BOOKED: Partial<Record<EventType, readonly string[]>> = {
  'withdrawal.requested': ['withdrawal:hold'],
  'withdrawal.declined': ['withdrawal:release'],
  'withdrawal.cancelled': ['withdrawal:release'],
  'withdrawal.expired': ['withdrawal:release'],
  'withdrawal.ended_by_hand': ['withdrawal:release'],
  'withdrawal.submitted': ['transfer:accept'],
  'withdrawal.succeeded': ['transfer:settle'],
  'withdrawal.failed': ['withdrawal:release', 'transfer:fail'],
  'withdrawal.rejected': ['transfer:fail'],
  'withdrawal.returned': ['transfer:take_back', 'transfer:fail'],
  'withdrawal.return_assigned': ['transfer:assign'],
  'deposit.credited': ['transfer:credit'],
  'deposit.suspended': ['transfer:credit'],
  'deposit.assigned': ['transfer:assign'],
  'deposit.return_asked': ['deposit_request:hold'],
  'deposit.return_approved': ['deposit_request:hold_more'],
  'deposit.return_declined': ['deposit_request:release'],
  'deposit.return_cancelled': ['deposit_request:release'],
  'deposit.return_pending': ['transfer:reserve_return'],
  'deposit.returned': ['transfer:complete_return', 'transfer:return_at_once'],
  'deposit.return_failed': ['transfer:undo_return'],
  'payout.explained': ['transfer:explain'],
  'adjustment.requested': ['adjustment:hold'],
  'adjustment.posted': ['adjustment:posted'],
  'adjustment.declined': ['adjustment:release'],
  'adjustment.cancelled': ['adjustment:release'],
  'hold.placed': ['hold:placed'],
  'hold.released': ['hold:release'],
  'hold.expired': ['hold:release'],
};

/**
 * What happened, in the order of the events, each with what it booked. A posting that no event tells of stands behind
 * what was there when it was posted.
 */
export function withPostings(events: readonly ToldItem[], postings: readonly PostedItem[]): TimelineItem[] {
  const left = new Set(postings);
  const history = events.map(({ attempt, ...item }): TimelineItem => {
    const steps = BOOKED[item.kind as EventType] ?? [];
    const booked = [...left].find(
      ({ causeKind, step, round }) =>
        steps.includes(`${causeKind}:${step}`) && (round === 0 || round === attempt),
    );
    if (!booked) return item;
    left.delete(booked);
    // What a rail tells has the rail's own time; the books know when it came to us.
    const at = item.actor === null ? booked.at : item.at;
    return { ...item, at, transactionId: booked.transactionId };
  });
  for (const { causeKind: _, step: _step, round: _round, ...item } of left) {
    const before = history.findLastIndex(({ at }) => at <= item.at);
    history.splice(before + 1, 0, item);
  }
  return history;
}

/** Two histories as one, in the order of their events; a posting stays behind what it stood behind. */
export function merged(one: readonly TimelineItem[], other: readonly TimelineItem[]): TimelineItem[] {
  return [...numbered(one), ...numbered(other)]
    .sort((a, b) => (a.after < b.after ? -1 : a.after > b.after ? 1 : 0))
    .map(({ item }) => item);
}

function numbered(history: readonly TimelineItem[]) {
  let after = 0n;
  return history.map((item) => {
    after = item.eventId ?? after;
    return { item, after };
  });
}
