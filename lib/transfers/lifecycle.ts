import type { Direction, EventNote, TransferWord } from '~/lib/rails/rail-says';
import type { TransferState, WithdrawalStatus } from '~/prisma/generated/enums';

/**
 * What a rail's word does to a transfer, as one table. Words come twice, late, out of order or never: a repeated one does
 * nothing, and one that comes too early brings the missing steps with it.
 */
export type Signal =
  /** Inbound: it is on its way, and may yet be sent back. */
  | 'announced'
  | 'accepted'
  | 'succeeded'
  | 'failed'
  | 'rejected'
  | 'returned'
  /** Outbound: given back before it arrived, as far as the rail's transfer shows. */
  | 'bounced'
  | 'return_pending'
  | 'return_failed';

/** One posting each; lib/transfers/postings.ts says between which accounts. */
export type Step =
  | 'announce'
  | 'arrive'
  | 'credit'
  | 'reserve_return'
  | 'complete_return'
  | 'undo_return'
  | 'return_at_once'
  | 'accept'
  | 'settle'
  | 'fail'
  | 'take_back';

export type Move = { to: TransferState; steps: Step[] };
type Table = Record<TransferState, Partial<Record<Signal, Move>>>;

const go = (to: TransferState, ...steps: Step[]): Move => ({ to, steps });

const INBOUND: Table = {
  seen: {
    announced: go('pending', 'announce'),
    succeeded: go('succeeded', 'credit'),
    rejected: go('rejected'),
    return_pending: go('return_pending', 'credit', 'reserve_return'),
    returned: go('returned', 'credit', 'return_at_once'),
    return_failed: go('succeeded', 'credit'),
  },
  // What was pending is so no more, however it ends.
  pending: {
    succeeded: go('succeeded', 'arrive', 'credit'),
    rejected: go('rejected', 'arrive'),
    return_pending: go('return_pending', 'arrive', 'credit', 'reserve_return'),
    returned: go('returned', 'arrive', 'credit', 'return_at_once'),
    return_failed: go('succeeded', 'arrive', 'credit'),
  },
  succeeded: {
    return_pending: go('return_pending', 'reserve_return'),
    returned: go('returned', 'return_at_once'),
  },
  return_pending: {
    returned: go('returned', 'complete_return'),
    return_failed: go('succeeded', 'undo_return'),
  },
  returned: {},
  failed: {},
  rejected: {},
};

// A return may be heard before the success that it undoes: it settles first, so that the fee is the same either way.
// What never arrived goes back whole.
const OUTBOUND: Table = {
  seen: {
    accepted: go('pending', 'accept'),
    succeeded: go('succeeded', 'accept', 'settle'),
    failed: go('failed', 'accept', 'fail'),
    rejected: go('rejected', 'accept', 'fail'),
    returned: go('returned', 'accept', 'settle', 'take_back'),
    bounced: go('returned', 'accept', 'fail'),
  },
  pending: {
    succeeded: go('succeeded', 'settle'),
    failed: go('failed', 'fail'),
    rejected: go('rejected', 'fail'),
    returned: go('returned', 'settle', 'take_back'),
    bounced: go('returned', 'fail'),
  },
  // A bank that gives the money back late may call it by any of the three names.
  succeeded: {
    failed: go('returned', 'take_back'),
    rejected: go('returned', 'take_back'),
    returned: go('returned', 'take_back'),
    bounced: go('returned', 'take_back'),
  },
  return_pending: {},
  returned: {},
  failed: {},
  rejected: {},
};

/** Words that contradict where a transfer ended: not out of order, but wrong. A person has to look. */
const CONTRADICTIONS: ReadonlySet<string> = new Set([
  'inbound/rejected/succeeded',
  'inbound/rejected/returned',
  'inbound/rejected/return_pending',
  'inbound/rejected/return_failed',
  'inbound/succeeded/rejected',
  'inbound/return_pending/rejected',
  'inbound/returned/rejected',
  'outbound/failed/succeeded',
  'outbound/rejected/succeeded',
]);

/** The move that a signal makes from a state; no steps when it was heard before; null when it contradicts. */
export function moveOf(direction: Direction, from: TransferState, signal: Signal): Move | null {
  if (CONTRADICTIONS.has(`${direction}/${from}/${signal}`)) return null;
  return (direction === 'inbound' ? INBOUND : OUTBOUND)[from][signal] ?? go(from);
}

/** Words for transfers that are on their way, so that more will be said of them. */
const UNDER_WAY: ReadonlySet<TransferWord> = new Set(['pending', 'return_pending']);

/** Whether an outbound transfer ended in a way that nobody here knows: people have to say what it means. */
export function isUnknownEnding(direction: Direction, word: TransferWord): boolean {
  return direction === 'outbound' && !UNDER_WAY.has(word) && signalOf(direction, word) === null;
}

/**
 * What a rail says with the word of a transfer and what the event of it adds: that a return failed, or that it was
 * reversed. `arrived`: the transfer shows that it had reached the beneficiary's bank. Null: nothing for the books yet.
 */
export function signalOf(
  direction: Direction,
  word: TransferWord,
  note: EventNote = 'none',
  arrived = true,
): Signal | null {
  if (note === 'return_failed' && word !== 'returned') return 'return_failed';
  const returned = direction === 'outbound' && !arrived ? 'bounced' : 'returned';
  if (note === 'reversed' || word === 'reversed') return 'returned';
  switch (word) {
    case 'pending':
      return direction === 'outbound' ? 'accepted' : 'announced';
    case 'succeeded':
      return 'succeeded';
    case 'failed':
      return direction === 'outbound' ? 'failed' : 'rejected';
    case 'rejected':
      return 'rejected';
    case 'returned':
      return returned;
    case 'return_pending':
      return direction === 'inbound' ? 'return_pending' : null;
    default:
      return null;
  }
}

/** What becomes of a withdrawal by the state of its payment. */
export const WITHDRAWAL_STATUS: Partial<Record<TransferState, WithdrawalStatus>> = {
  pending: 'pending',
  succeeded: 'succeeded',
  failed: 'failed',
  rejected: 'rejected',
  returned: 'returned',
};
