import { choicesParam, daysParam, type SearchParams, textParam } from '~/components/search-params';
import { EVENT_MARKS, EVENT_ORIGINS, EVENT_STATES, type EventFilter } from '~/lib/webhooks/matching';

export const EVENT_PARAMS = ['q', 'type', 'state', 'origin', 'mark', 'from', 'to'] as const;

/** The filters of the inbox, as they stand in the address. */
export function eventFilter(params: SearchParams, timeZone: string, types: readonly string[]): EventFilter {
  return {
    types: choicesParam(params, 'type', types),
    states: choicesParam(params, 'state', EVENT_STATES),
    origins: choicesParam(params, 'origin', EVENT_ORIGINS),
    marks: choicesParam(params, 'mark', EVENT_MARKS),
    text: textParam(params, 'q'),
    ...daysParam(params, timeZone),
  };
}

/** The same filters as a query, for a page that is about what they show. */
export function eventQuery(params: SearchParams, changes: Record<string, string> = {}): string {
  const query = new URLSearchParams();
  for (const name of EVENT_PARAMS) {
    const value = textParam(params, name);
    if (value) query.set(name, value);
  }
  for (const [name, value] of Object.entries(changes)) query.set(name, value);
  return query.toString();
}
