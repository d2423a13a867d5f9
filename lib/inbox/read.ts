import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import type { EventFilter } from '~/lib/inbox/matching';
import { eventsSearched } from '~/lib/inbox/searched';
import { keyset } from '~/lib/keyset';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import { counterpartyOf, holderOf, type Person, type Sight } from '~/lib/people/masking';
import { type Reader, shown, shownAll, shownBody, sightOf } from '~/lib/people/sight';
import { late } from '~/lib/replica';
import type { TimelineItem } from '~/lib/timeline';
import { historyOf } from '~/lib/transfers/history';
import type { Prisma } from '~/prisma/generated/client';

const NEWEST = keyset({ receivedAt: 'time', id: 'word' }, 'desc');

const UNTOLD = { body: true, headers: true } satisfies Prisma.InboxEventOmit;

export type ListedEvent = Prisma.InboxEventGetPayload<{ omit: typeof UNTOLD }>;

/** Events as they reached us, newest first, without their bodies. */
export const listEvents = late(pageOfEvents);

async function pageOfEvents(
  reader: Reader,
  { cursor, ...filter }: EventFilter & { cursor?: string | undefined },
): Promise<Page<ListedEvent>> {
  const rows = await db().inboxEvent.findMany({
    where: { AND: [await eventsSearched(filter), NEWEST.where(cursor)] },
    orderBy: NEWEST.orderBy,
    take: PAGE_SIZE + 1,
    omit: UNTOLD,
  });
  const { items, nextCursor } = NEWEST.page(rows, PAGE_SIZE);
  return { items: shownAll(reader, 'event', items), nextCursor };
}

const CONTENTS = { contents: { orderBy: { id: 'asc' } } } satisfies Prisma.InboxEventInclude;
const ENTRIES = {
  entries: { include: { account: true }, orderBy: { line: 'asc' } },
} satisfies Prisma.LedgerTransactionInclude;
const OF_TRANSFER = {
  ...{ id: true, direction: true, state: true, amount: true, asset: true, counterpartyName: true },
  wallet: { select: { id: true, name: true, houseRole: true } },
  withdrawal: { select: { id: true, status: true } },
} satisfies Prisma.TransferSelect;
const OF_ONBOARDING = {
  ...{ id: true, status: true },
  entity: { select: { id: true, holderName: true, customerId: true } },
} satisfies Prisma.OnboardingSelect;

type Whole = Prisma.InboxEventGetPayload<{ include: typeof CONTENTS }>;
type Posted = Prisma.LedgerTransactionGetPayload<{ include: typeof ENTRIES }>;
/** What was delivered as its reader may see it; of a very long one its beginning is kept. */
type Content = Omit<Whole['contents'][number], 'body'> & { body: string | null; isCut: boolean };

export type EventRecord = Omit<Whole, 'body' | 'contents'> & {
  body: string | null;
  contents: Content[];
  transactions: Posted[];
  standing: Posted[];
  others: ListedEvent[];
  transfer: Prisma.TransferGetPayload<{ select: typeof OF_TRANSFER }> | null;
  onboarding: Prisma.OnboardingGetPayload<{ select: typeof OF_ONBOARDING }> | null;
  sight: Sight;
  history: TimelineItem[];
};

/** An event with what it is about, what it posted, and what others told and posted of the same object. */
export async function getEvent(reader: Reader, id: string): Promise<EventRecord> {
  const event = await db().inboxEvent.findUnique({ where: { id }, include: CONTENTS });
  if (!event) throw notFound('event', id);
  const objectId = event.objectId ?? '';
  const [posted, others, transfer, onboarding] = await Promise.all([
    // By its transfer, which is what the ledger has an index of.
    db().ledgerTransaction.findMany({
      where: { transferId: objectId },
      orderBy: { id: 'asc' },
      include: ENTRIES,
    }),
    db().inboxEvent.findMany({
      where: { objectId, id: { not: id } },
      orderBy: [{ occurredAt: 'asc' }, { id: 'asc' }],
      take: 50,
      omit: UNTOLD,
    }),
    db().transfer.findUnique({ where: { id: objectId }, select: OF_TRANSFER }),
    db().onboarding.findUnique({ where: { id: objectId }, select: OF_ONBOARDING }),
  ]);
  const transactions = posted.filter(({ eventId }) => eventId === id);
  const standing = posted.filter(({ eventId }) => eventId !== id);
  const person = personIn({ transfer, onboarding });
  return {
    ...shown(reader, 'event', person, event),
    body: shownBody(reader, person, event.body),
    contents: event.contents.map((content) => ({
      ...shown(reader, 'event', person, content),
      body: shownBody(reader, person, content.body),
      isCut: Buffer.byteLength(content.body) < content.bodyBytes,
    })),
    transactions: shownAll(reader, 'posting', transactions),
    standing: shownAll(reader, 'posting', standing),
    others: event.objectId ? shownAll(reader, 'event', others) : [],
    transfer: transfer && shown(reader, 'transfer', person, transfer),
    onboarding,
    sight: sightOf(reader, person),
    history: await historyOf(reader, { person, told: null }, 'inbox_event', id),
  };
}

/** Whose data an event carries; null where what it is about is unknown here. */
function personIn({ transfer, onboarding }: Pick<EventRecord, 'transfer' | 'onboarding'>): Person | null {
  if (transfer) return counterpartyOf(transfer);
  return onboarding ? holderOf(onboarding.entity) : null;
}

export async function countDeadEvents(): Promise<number> {
  return db().inboxEvent.count({ where: { state: 'dead' } });
}
