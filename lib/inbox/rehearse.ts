import { authorize, type OperatorActor } from '~/lib/actor';
import { db, type Tx, transaction } from '~/lib/db';
import { handleEvents } from '~/lib/inbox/handlers';
import { REPLAYABLE } from '~/lib/inbox/matching';
import type { InboxEvent, Prisma } from '~/prisma/generated/client';

/** At most this many are rehearsed at once: each takes the locks of a real posting for as long as it lasts. */
export const MOST_REHEARSED = 50;

const WITH_ENTRIES = {
  entries: { include: { account: true }, orderBy: { line: 'asc' } },
} satisfies Prisma.LedgerTransactionInclude;

export type RehearsedTransaction = Prisma.LedgerTransactionGetPayload<{ include: typeof WITH_ENTRIES }>;
export type StandingTransaction = { id: bigint; kind: string; postedAt: Date; eventId: string | null };

/**
 * What a replay would do. posts: these entries. nothing: it stands in the books already, or moves no money.
 * refused: it contradicts the books. fails: it can't be taken in. unhandled: nobody here knows its type.
 * busy: it is under way, and can't be replayed now.
 */
export type Rehearsal = {
  event: Pick<InboxEvent, 'id' | 'type' | 'objectId' | 'state' | 'origin' | 'occurredAt'>;
  outcome: 'posts' | 'nothing' | 'refused' | 'fails' | 'unhandled' | 'busy';
  reason: string | null;
  transactions: RehearsedTransaction[];
  /** What was posted of the same object before. */
  standing: StandingTransaction[];
};

/**
 * The dry run of a replay: the same handlers on the same books, in transactions that are always rolled back. Events
 * of one object are rehearsed together, in their order, because a later one builds on what an earlier one posts.
 */
export async function rehearseReplay(
  actor: OperatorActor,
  { eventIds }: { eventIds: string[] },
): Promise<Rehearsal[]> {
  authorize(actor, 'inbox:replay');
  const events = await db().inboxEvent.findMany({
    where: { id: { in: eventIds.slice(0, MOST_REHEARSED) } },
    orderBy: [{ occurredAt: 'asc' }, { id: 'asc' }],
  });
  const found = new Map<string, Rehearsal>();
  for (const group of byObject(events)) {
    for (const rehearsal of await rehearseObject(group)) found.set(rehearsal.event.id, rehearsal);
  }
  return eventIds.flatMap((id) => found.get(id) ?? []);
}

function byObject(events: InboxEvent[]): InboxEvent[][] {
  const groups = new Map<string, InboxEvent[]>();
  for (const event of events) {
    const key = event.objectId ?? event.id;
    groups.set(key, [...(groups.get(key) ?? []), event]);
  }
  return [...groups.values()];
}

class RolledBack extends Error {
  readonly rehearsals: Rehearsal[];

  constructor(rehearsals: Rehearsal[]) {
    super('A dry run ends by taking everything back.');
    this.rehearsals = rehearsals;
  }
}

async function rehearseObject(events: InboxEvent[]): Promise<Rehearsal[]> {
  const objectId = events[0]?.objectId ?? null;
  const standing = objectId === null ? [] : await postedOf(objectId);
  const broken = new Map<string, string>();
  for (;;) {
    const due = events.filter(({ id, state }) => REPLAYABLE.includes(state) && !broken.has(id));
    let underWay: string | null = null;
    try {
      await transaction(async (tx) => {
        const rehearsals: Rehearsal[] = [];
        for (const event of due) {
          underWay = event.id;
          rehearsals.push(await rehearseOne(tx, event, standing));
        }
        throw new RolledBack(rehearsals);
      });
    } catch (error) {
      if (error instanceof RolledBack) {
        const done = new Map(error.rehearsals.map((rehearsal) => [rehearsal.event.id, rehearsal]));
        return events.map((event) => done.get(event.id) ?? notTried(event, broken.get(event.id), standing));
      }
      if (underWay === null) throw error;
      // A transaction that broke can tell no more: the others are rehearsed again without this one.
      broken.set(underWay, error instanceof Error ? error.message : String(error));
    }
  }
}

function notTried(
  event: InboxEvent,
  failure: string | undefined,
  standing: StandingTransaction[],
): Rehearsal {
  const outcome = failure === undefined ? 'busy' : 'fails';
  return { event, outcome, reason: failure ?? null, transactions: [], standing };
}

async function rehearseOne(tx: Tx, event: InboxEvent, standing: StandingTransaction[]): Promise<Rehearsal> {
  const already = new Set(standing.map(({ id }) => id));
  const [outcome] = await handleEvents(tx, [event]);
  // What would be checked at the end of the real one is checked here.
  await tx.$executeRaw`SET CONSTRAINTS ALL IMMEDIATE`;
  const posted = await tx.ledgerTransaction.findMany({
    where: { transferId: event.objectId, eventId: event.id },
    orderBy: { id: 'asc' },
    include: WITH_ENTRIES,
  });
  const transactions = posted.filter(({ id }) => !already.has(id));
  const facts = { event, reason: outcome?.reason ?? null, transactions, standing };
  if (outcome?.state === 'dead') return { ...facts, outcome: 'refused' };
  if (outcome?.state === 'unhandled') return { ...facts, outcome: 'unhandled' };
  return { ...facts, outcome: transactions.length > 0 ? 'posts' : 'nothing' };
}

function postedOf(transferId: string): Promise<StandingTransaction[]> {
  return db().ledgerTransaction.findMany({
    where: { transferId },
    orderBy: { id: 'asc' },
    select: { id: true, kind: true, postedAt: true, eventId: true },
  });
}
