import type { Tx } from '~/lib/db';
import { saveOnboarding } from '~/lib/entities';
import { toEvent, toOnboarding, toTransfer } from '~/lib/fintoc/translate';
import { type Applied, applySightings } from '~/lib/transfers/apply';
import type { Sighting } from '~/lib/transfers/records';
import type { EventState, WebhookEvent } from '~/prisma/generated/client';

export type EventOutcome = { state: EventState; reason: string | null };

const DONE: EventOutcome = { state: 'processed', reason: null };
const UNHANDLED: EventOutcome = { state: 'unhandled', reason: null };

/** Takes a batch of events into the books, in the caller's transaction; one outcome per event. */
export async function handleEvents(tx: Tx, events: WebhookEvent[]): Promise<EventOutcome[]> {
  const sightings: { index: number; sighting: Sighting }[] = [];
  const outcomes: EventOutcome[] = [];
  for (const [index, event] of events.entries()) {
    const type = modernType(event.type);
    outcomes[index] = DONE;
    if (type.startsWith('transfer.')) sightings.push({ index, sighting: sightingOf(event, type) });
    else if (type.startsWith('entity.onboarding.')) await saveOnboarding(tx, toOnboarding(dataOf(event)));
    // A verification's centavo arrives as a transfer of its own; the event itself moves nothing.
    else if (!type.startsWith('account_verification.')) outcomes[index] = UNHANDLED;
  }
  const applied = await applySightings(
    tx,
    sightings.map(({ sighting }) => sighting),
  );
  for (const [nth, { index }] of sightings.entries()) outcomes[index] = outcomeOf(applied[nth]);
  return outcomes;
}

function sightingOf(event: WebhookEvent, eventType: string): Sighting {
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

function dataOf(event: WebhookEvent): unknown {
  return toEvent(JSON.parse(event.body)).data;
}

/** Older pages of Fintoc's documentation swap the first two words: inbound.transfer.returned. */
function modernType(type: string): string {
  return type.replace(/^(inbound|outbound)\.transfer\./, 'transfer.$1.');
}
