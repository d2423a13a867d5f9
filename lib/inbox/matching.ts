import type { Prisma } from '~/prisma/generated/client';
import { InboxEventState } from '~/prisma/generated/enums';

export const EVENT_STATES = Object.values(InboxEventState);

/** What is not under way may be taken in again. */
export const REPLAYABLE: InboxEventState[] = ['dead', 'unhandled', 'processed'];

export const EVENT_ORIGINS = ['webhook', 'poll'] as const;

/** What may be odd about a delivery. */
export const EVENT_MARKS = ['duplicated', 'late', 'out_of_order', 'conflicting'] as const;
export type EventMark = (typeof EVENT_MARKS)[number];

export type EventFilter = {
  /** Any of these. */
  types?: string[] | undefined;
  states?: InboxEventState[] | undefined;
  origins?: string[] | undefined;
  /** Any of these. */
  marks?: EventMark[] | undefined;
  /** An event's id, its object's, a clave de rastreo, or a part of a type. */
  text?: string | undefined;
  /** When it reached us. */
  since?: Date | undefined;
  /** Exclusive. */
  before?: Date | undefined;
};

const MARKED: Record<EventMark, Prisma.InboxEventWhereInput> = {
  duplicated: { duplicates: { gt: 0 } },
  late: { late: true },
  out_of_order: { outOfOrder: true },
  conflicting: { conflicts: { gt: 0 } },
};

/** `said`: what its text means (`eventsSearched`). */
export function eventsMatching(
  filter: EventFilter,
  said: Prisma.InboxEventWhereInput,
): Prisma.InboxEventWhereInput {
  const { types, states, origins, marks, since, before } = filter;
  return {
    AND: [
      said,
      marks ? { OR: marks.map((mark) => MARKED[mark]) } : {},
      since ? { receivedAt: { gte: since } } : {},
      before ? { receivedAt: { lt: before } } : {},
    ],
    ...(types && { type: { in: types } }),
    ...(states && { state: { in: states } }),
    ...(origins && { origin: { in: origins } }),
  };
}
