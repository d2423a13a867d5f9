import { AddressReader } from '~/components/list/read-address';
import { type SearchParams, textParam } from '~/components/list/search-params';
import { EVENT_MARKS, EVENT_ORIGINS, EVENT_STATES } from '~/lib/inbox/matching';
import { REFUSALS } from '~/lib/inbox/refused';

const EVENT_PARAMS = ['q', 'type', 'state', 'origin', 'mark', 'from', 'to'] as const;

/** Reads the address of the inbox. Of the dead letters, which have one state, `dead` is said. */
export function readEvents(params: SearchParams, timeZone: string, types: readonly string[], dead = false) {
  const read = new AddressReader(params).besides('health', 'all', ...(dead ? ['state'] : []));
  return read.done({
    types: read.choices('type', types),
    states: dead ? (['dead'] as const).slice() : read.choices('state', EVENT_STATES),
    origins: read.choices('origin', EVENT_ORIGINS),
    marks: read.choices('mark', EVENT_MARKS),
    text: read.text('q'),
    ...read.days(timeZone),
  });
}

/** Reads the address of the list of refused deliveries. */
export function readRefused(params: SearchParams, timeZone: string) {
  const read = new AddressReader(params);
  return read.done({ reasons: read.choices('reason', REFUSALS), ...read.days(timeZone) });
}

/** The filters of the inbox as a query, for a page that is about what they show. */
export function eventQuery(params: SearchParams, changes: Record<string, string> = {}): string {
  const query = new URLSearchParams();
  for (const name of EVENT_PARAMS) {
    const value = textParam(params, name);
    if (value) query.set(name, value);
  }
  for (const [name, value] of Object.entries(changes)) query.set(name, value);
  return query.toString();
}
