/** In the place of a name where one of our own jobs acted. */
export const OURSELVES = '$system';

/** One line of what happened to a thing. */
export type TimelineItem = {
  at: Date;
  /** An audit action (`withdrawal.approved`) or the kind of a ledger transaction (`payout_settled`). */
  kind: string;
  /** A name, or `OURSELVES`. */
  actor: string | null;
  reason: string | null;
  transactionId: bigint | null;
};

export type PostedItem = TimelineItem & { causeKind: string; step: string };

/**
 * The acts that make a posting, in one database transaction with it: by what caused the posting and
 * which step of it that is.
 */
const MADE_BY: Readonly<Record<string, readonly string[]>> = {
  'withdrawal:hold': ['withdrawal.requested'],
  'withdrawal:release': [
    'withdrawal.declined',
    'withdrawal.cancelled',
    'withdrawal.expired',
    'withdrawal.failed',
    'withdrawal.ended_by_hand',
  ],
  'adjustment:hold': ['adjustment.requested'],
  'adjustment:posted': ['adjustment.posted', 'adjustment.approved'],
  'adjustment:release': ['adjustment.declined', 'adjustment.cancelled'],
  'deposit_request:hold': ['deposit.return_asked'],
  'deposit_request:hold_more': ['deposit.return_approved'],
  'deposit_request:release': ['deposit.return_declined', 'deposit.return_cancelled'],
  'transfer:assign': ['deposit.assigned', 'withdrawal.return_assigned'],
  'transfer:explain': ['payout.explained'],
};
/** What a posting can't have come before, however the clocks went. */
const AFTER: Readonly<Record<string, readonly string[]>> = {
  'transfer:accept': ['withdrawal.requested', 'withdrawal.approved'],
  'transfer:settle': ['withdrawal.requested', 'withdrawal.approved'],
};
/** A database transaction is not longer, and clocks of one installation are not further apart. */
const TOGETHER_MS = 5 * 60_000;

/**
 * What people did and what the books say, in one order: by what caused what, and else by time. Acts are in the order in
 * which they were written down, postings in that of their ids; a posting comes after the act that made it, and at once,
 * though one bears the application's clock and the other the database's.
 */
export function inCausalOrder(
  acts: readonly TimelineItem[],
  postings: readonly PostedItem[],
): TimelineItem[] {
  const makers = postings.map((posting) => makerOf(posting, acts));
  const blockers = postings.map((posting) => lastIndexOf(acts, AFTER[keyOf(posting)] ?? []));
  const ordered: TimelineItem[] = [];
  let [act, posted] = [0, 0];
  const post = () => {
    const { causeKind: _, step: _step, ...item } = postings[posted] as PostedItem;
    ordered.push(item);
    posted += 1;
  };
  const isFree = () => Math.max(makers[posted] ?? -1, blockers[posted] ?? -1) < act;
  while (act < acts.length || posted < postings.length) {
    const [nextAct, nextPosting] = [acts[act], postings[posted]];
    if (nextPosting && (!nextAct || (isFree() && nextPosting.at < nextAct.at))) {
      post();
      continue;
    }
    if (nextAct) ordered.push(nextAct);
    // What this act made follows it, and whatever was posted before that.
    const made = makers.lastIndexOf(act);
    act += 1;
    while (posted <= made && isFree()) post();
  }
  return ordered;
}

/** Puts items that nothing is known to have caused into a history, each by its time. */
export function inserted<Item extends { at: Date }, Other extends { at: Date }>(
  history: readonly Item[],
  others: readonly Other[],
): (Item | Other)[] {
  const result: (Item | Other)[] = [...history];
  for (const other of [...others].sort((a, b) => a.at.getTime() - b.at.getTime())) {
    const before = result.findLastIndex(({ at }) => at <= other.at);
    result.splice(before + 1, 0, other);
  }
  return result;
}

function keyOf({ causeKind, step }: PostedItem): string {
  return `${causeKind}:${step}`;
}

/** The act, of those that make such a posting, that is nearest in time; -1 for none. */
function makerOf(posting: PostedItem, acts: readonly TimelineItem[]): number {
  const kinds = MADE_BY[keyOf(posting)] ?? [];
  const apart = (index: number) => Math.abs((acts[index]?.at.getTime() ?? 0) - posting.at.getTime());
  return acts.reduce(
    (nearest, { kind }, index) =>
      kinds.includes(kind) && apart(index) < (nearest < 0 ? TOGETHER_MS : apart(nearest)) ? index : nearest,
    -1,
  );
}

function lastIndexOf(acts: readonly TimelineItem[], kinds: readonly string[]): number {
  return acts.findLastIndex(({ kind }) => kinds.includes(kind));
}
