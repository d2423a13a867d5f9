import { db } from '~/lib/db';
import { type HistoryRow, historyOf } from '~/lib/outbox/history';
import type { Subject } from '~/lib/outbox/subjects';
import { OURSELVES, type TimelineItem, type ToldItem, withPostings } from '~/lib/timeline';
import type { Prisma } from '~/prisma/generated/client';

const MOST_POSTINGS = 200;

/** What happened to a thing, in the order of its events, each with the ledger transaction that it booked. */
export async function timelineOf(
  subject: Subject,
  id: string,
  ledger?: Prisma.LedgerTransactionWhereInput,
): Promise<TimelineItem[]> {
  const [events, postings] = await Promise.all([
    historyOf(subject, id),
    ledger
      ? db().ledgerTransaction.findMany({ where: ledger, orderBy: { id: 'desc' }, take: MOST_POSTINGS })
      : [],
  ]);
  const posted = postings.reverse().map(({ postedAt, kind, note, id: transactionId, ...cause }) => {
    const { causeKind, step, round } = cause;
    return {
      ...{ eventId: null, at: postedAt, kind, actor: null, reason: note, transactionId },
      ...{ causeKind, step, round },
    };
  });
  return withPostings(events.map(toldItem), posted);
}

function toldItem({ id, at, type, actorKind, actorName, reason, attempt }: HistoryRow): ToldItem {
  const actor = actorKind === 'system' ? OURSELVES : actorName;
  return { eventId: id, at, kind: type, actor, reason, transactionId: null, attempt };
}
