import { db } from '~/lib/db';
import type { CauseKind } from '~/lib/ledger/cause';
import { inCausalOrder, OURSELVES, type TimelineItem } from '~/lib/timeline';

/** So many of each: what is older is in the audit log and in the ledger. */
const TIMELINE = 200;

/**
 * What people did and what the books say, by what caused what. Who looked at personal data is told only to who may read
 * the audit log (lib/people/reveals.ts).
 */
export async function timelineOf(
  subjectType: string,
  subjectId: string,
  ledger?: { withdrawalId: string } | { transferId: string } | { causeKind: CauseKind; causeId: string },
): Promise<TimelineItem[]> {
  const [acts, postings] = await Promise.all([
    db().auditEntry.findMany({
      where: { subjectType, subjectId, NOT: { action: { startsWith: 'person.' } } },
      orderBy: { id: 'desc' },
      take: TIMELINE,
    }),
    ledger ? db().ledgerTransaction.findMany({ where: ledger, orderBy: { id: 'desc' }, take: TIMELINE }) : [],
  ]);
  return inCausalOrder(
    acts.reverse().map(({ at, action, actorKind, actorName, reason }) => ({
      ...{
        at,
        kind: action,
        actor: actorKind === 'system' ? OURSELVES : actorName,
        reason,
        transactionId: null,
      },
    })),
    postings.reverse().map(({ postedAt, kind, note, id, causeKind, step }) => ({
      ...{ at: postedAt, kind, actor: null, reason: note, transactionId: id, causeKind, step },
    })),
  );
}
