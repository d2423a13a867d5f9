import { takeTold } from '~/lib/beneficiaries/send';
import type { Queryable } from '~/lib/db';
import { holdersOf, saveTold, tellsOfHolder } from '~/lib/entities/told';
import type { RailEvent } from '~/lib/rails/rail';
import { railNamed } from '~/lib/rails/registry';
import { type Applied, applySightings } from '~/lib/transfers/apply';
import type { EventClaim, Sighting } from '~/lib/transfers/records';
import type { InboxEvent, InboxEventState } from '~/prisma/generated/client';

/** A stored event, as far as the books need it. */
export type ClaimedEvent = Pick<
  InboxEvent,
  'id' | 'rail' | 'type' | 'origin' | 'body' | 'occurredAt' | 'attempts'
>;

export type EventOutcome = { state: InboxEventState; reason: string | null };

const DONE: EventOutcome = { state: 'processed', reason: null };
const UNHANDLED: EventOutcome = { state: 'unhandled', reason: null };

/** Whether the events change more than transfers do, which one statement writes. */
export function needsTransaction(events: ClaimedEvent[]): boolean {
  return events.some((event) => tellsOfHolder(event) || event.type.startsWith('account_verification.'));
}

/** Entities that events name only by id; they must be known before the events are handled. */
export function entitiesOf(events: ClaimedEvent[]): string[] {
  return holdersOf(events);
}

/**
 * Takes a batch of events into the books and settles them, with one outcome per event: in the caller's transaction,
 * or by one statement of its own.
 */
export async function handleEvents(
  client: Queryable,
  events: ClaimedEvent[],
  claim: EventClaim | null = null,
): Promise<EventOutcome[]> {
  const sightings: { index: number; sighting: Sighting }[] = [];
  const outcomes: EventOutcome[] = [];
  for (const [index, event] of events.entries()) {
    const said = railNamed(event.rail).read(event);
    outcomes[index] = said.about === 'unknown' ? UNHANDLED : DONE;
    if (said.about === 'transfer') sightings.push({ index, sighting: sightingOf(event, said) });
    else if (said.about === 'holder') await saveTold(client, event);
    else if (said.about === 'verification') await takeTold(client, said.verification);
  }
  await applySightings(
    client,
    sightings.map(({ sighting }) => sighting),
    (applied) => {
      for (const [nth, { index }] of sightings.entries()) outcomes[index] = outcomeOf(applied[nth]);
      return { events: events.map(({ id }, index) => ({ id, ...(outcomes[index] ?? DONE) })), claim };
    },
  );
  return outcomes;
}

function sightingOf(
  event: ClaimedEvent,
  { transfer, note }: Extract<RailEvent, { about: 'transfer' }>,
): Sighting {
  return {
    transfer,
    origin: event.origin === 'poll' ? 'poll' : 'webhook',
    note,
    eventId: event.id,
    saidAt: event.occurredAt,
  };
}

function outcomeOf(applied: Applied | undefined): EventOutcome {
  if (applied?.outcome !== 'refused') return DONE;
  return { state: 'dead', reason: applied.reason ?? null };
}
