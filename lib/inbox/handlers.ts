import type { Queryable } from '~/lib/db';
import { saveOnboarding } from '~/lib/entities/entities';
import { toOnboarding, toTransfer } from '~/lib/rails/fintoc/translate';
import { type Applied, applySightings } from '~/lib/transfers/apply';
import type { Sighting } from '~/lib/transfers/records';
import type { EventState, WebhookEvent } from '~/prisma/generated/client';

/** A stored event, as far as the books need it. */
export type ClaimedEvent = Pick<WebhookEvent, 'id' | 'type' | 'origin' | 'body' | 'occurredAt' | 'attempts'>;

export type EventOutcome = { state: EventState; reason: string | null };

const DONE: EventOutcome = { state: 'processed', reason: null };
const UNHANDLED: EventOutcome = { state: 'unhandled', reason: null };

/** Whether the events change more than transfers do, which one statement writes. */
export function needsTransaction(events: ClaimedEvent[]): boolean {
  return events.some(({ type }) => isOnboarding(type));
}

/** The entities that events speak of by id alone, and that have to be known before they are handled. */
export function entitiesOf(events: ClaimedEvent[]): string[] {
  const ids = events
    .filter(({ type }) => isOnboarding(type))
    .map((event) => (dataOf(event) as { entity_id?: unknown } | null)?.entity_id);
  return [...new Set(ids.filter((id) => typeof id === 'string'))];
}

/**
 * Takes a batch of events into the books and settles them, with one outcome per event: in the caller's transaction,
 * or by one statement of its own.
 */
export async function handleEvents(
  client: Queryable,
  events: ClaimedEvent[],
  claim: bigint | null = null,
): Promise<EventOutcome[]> {
  const sightings: { index: number; sighting: Sighting }[] = [];
  const outcomes: EventOutcome[] = [];
  for (const [index, event] of events.entries()) {
    const type = modernType(event.type);
    outcomes[index] = DONE;
    if (type.startsWith('transfer.')) sightings.push({ index, sighting: sightingOf(event, type) });
    else if (isOnboarding(type)) await saveOnboarding(client, toOnboarding(dataOf(event)));
    // A verification's centavo arrives as a transfer of its own; the event itself moves nothing.
    else if (!type.startsWith('account_verification.')) outcomes[index] = UNHANDLED;
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

function isOnboarding(type: string): boolean {
  return type.startsWith('entity.onboarding.');
}

function sightingOf(event: ClaimedEvent, eventType: string): Sighting {
  return {
    transfer: toTransfer(dataOf(event)),
    origin: event.origin === 'poll' ? 'poll' : 'webhook',
    eventType,
    eventId: event.id,
    saidAt: event.occurredAt,
  };
}

function outcomeOf(applied: Applied | undefined): EventOutcome {
  if (applied?.outcome !== 'refused') return DONE;
  return { state: 'dead', reason: applied.reason ?? null };
}

/** Its envelope was read when it was stored. */
function dataOf(event: ClaimedEvent): unknown {
  return (JSON.parse(event.body) as { data: unknown }).data;
}

/** Older pages of Fintoc's documentation swap the first two words: inbound.transfer.returned. */
function modernType(type: string): string {
  return type.replace(/^(inbound|outbound)\.transfer\./, 'transfer.$1.');
}
