import type { Scope } from '~/lib/api/scopes';
import { CATALOGUE, EVENT_TYPES, type EventType } from '~/lib/outbox/catalogue';
import { HOUSE_SUBJECTS, type Subject } from '~/lib/outbox/subjects';

/** What the platform is told of. */
export const TOLD: readonly EventType[] = EVENT_TYPES.filter((type) => CATALOGUE[type].told);

/** What a key needs to read each thing by the API: an endpoint without it isn't told of that thing either. */
const SCOPE_OF: Partial<Record<Subject, Scope>> = {
  customer: 'customers:read',
  wallet: 'wallets:read',
  balance: 'wallets:read',
  hold: 'wallets:read',
  account_number: 'account_numbers:read',
  entity: 'entities:read',
  transfer: 'deposits:read',
  withdrawal: 'withdrawals:read',
  withdrawal_batch: 'withdrawals:read',
  adjustment: 'balance_adjustments:read',
  statement: 'statements:read',
  money_approval: 'approvals:read',
};

/** Of what the platform may hear at all. */
export function isToldOf(subject: Subject): boolean {
  return !HOUSE_SUBJECTS.includes(subject);
}

/** What has no object of its own in the API takes the scope of the events alone. */
export function scopeOf(subject: string): Scope {
  return SCOPE_OF[subject as Subject] ?? 'events:read';
}

/** All that an endpoint can be given: scopes that read, of things that it is told of. */
export const ENDPOINT_SCOPES: readonly Scope[] = [
  ...new Set(TOLD.flatMap((type) => CATALOGUE[type].subjects.filter(isToldOf).map(scopeOf))),
].sort();

const NOUNS = new Set(TOLD.map((type) => type.split('.')[0]));

/** `*`, `wallet.*`, or a type that somebody is told of. */
export function isPattern(text: string): boolean {
  if (text === '*') return true;
  const [noun, act, ...rest] = text.split('.');
  if (rest.length > 0) return false;
  return act === '*' ? NOUNS.has(noun) : TOLD.some((type) => type === text);
}

/** Which types these patterns mean. */
export function typesOf(patterns: readonly string[]): EventType[] {
  const wanted = new Set(patterns);
  return TOLD.filter((type) => wanted.has('*') || wanted.has(type) || wanted.has(`${type.split('.')[0]}.*`));
}
