import { fintocMode } from '~/lib/env';
import { Unreadable } from '~/lib/rails/failures';
import { toEvent, toTransfer, toVerification } from '~/lib/rails/fintoc/translate';
import { type FintocOnboarding, toOnboarding } from '~/lib/rails/fintoc/translate-entities';
import { fieldsOf, readOne } from '~/lib/rails/fintoc/unreadable';
import { modernType, noteOf } from '~/lib/rails/fintoc/words';
import type { Delivered, RailEvent } from '~/lib/rails/rail';

/** A stored event, as it came. */
type Stored = { type: string; body: string };

/** The envelope of a delivery; null where it is no event. */
export function delivered(body: string): Delivered | null {
  try {
    return toEvent(JSON.parse(body));
  } catch {
    return null;
  }
}

/** What a stored event says. Throws Unreadable. */
export function read(event: Stored): RailEvent {
  const type = modernType(event.type);
  if (type.startsWith('transfer.'))
    return { about: 'transfer', transfer: toTransfer(dataOf(event)), note: noteOf(type) };
  if (isOfOnboarding(type)) return { about: 'holder' };
  if (!type.startsWith('account_verification.')) return { about: 'unknown' };
  // Its centavo arrives as a transfer of its own: what can't be read here moves nothing, and is asked for once more.
  const verification = readOne(dataOf(event), toVerification);
  return verification instanceof Unreadable ? { about: 'nothing' } : { about: 'verification', verification };
}

/** Whether an event is of the KYB of an entity. */
export function isOfOnboarding(type: string): boolean {
  return type.startsWith('entity.onboarding.');
}

/** Throws Unreadable. */
export function onboardingIn(event: Stored): FintocOnboarding {
  return toOnboarding(dataOf(event));
}

/** The entity whose KYB an event is of, by id alone; null where it names none. */
export function entityIn(event: Stored): string | null {
  const { entity_id: id } = fieldsOf(dataOf(event));
  return typeof id === 'string' ? id : null;
}

/** Its envelope was read when it was stored. */
function dataOf({ body }: Stored): unknown {
  return (JSON.parse(body) as { data: unknown }).data;
}

/** What a webhook of a transfer would have said, also of one that can't be read. */
export function eventOf({ id, raw, at, word }: { id: string; raw: unknown; at: Date; word?: string }) {
  const fields = fieldsOf(raw);
  const plain = (name: string, otherwise: string) => {
    const value = fields[name];
    return typeof value === 'string' && /^\w{1,40}$/.test(value) ? value : otherwise;
  };
  const direction = plain('direction', '');
  const type = direction
    ? `transfer.${direction}.${word ?? plain('status', 'unreadable')}`
    : 'transfer.unreadable';
  const mode = plain('mode', fintocMode());
  const body = JSON.stringify({
    id,
    object: 'event',
    type,
    mode,
    created_at: at.toISOString(),
    data: raw ?? null,
  });
  return { type, mode, body };
}

/** What moves the books or the KYB. Fintoc's lists of names differ, so both spellings of a refusal are asked for. */
export const EVENT_TYPES = [
  'transfer.inbound.succeeded',
  'transfer.inbound.rejected',
  'transfer.inbound.returned',
  'transfer.inbound.return_failed',
  'transfer.inbound.reversed',
  'transfer.outbound.succeeded',
  'transfer.outbound.failed',
  'transfer.outbound.rejected',
  'transfer.outbound.returned',
  'transfer.outbound.reversed',
  'transfer.outbound.partially_succeeded',
  'entity.onboarding.approved',
  'entity.onboarding.rejected',
  'account_verification.succeeded',
  'account_verification.failed',
];
