import { type HistoryOf, historyFor } from '~/lib/people/reveals';
import type { Reader } from '~/lib/people/sight';
import { timelineOf } from '~/lib/transfers/timeline';

/** What happened to a thing, as its reader may see it. */
export async function historyOf(reader: Reader, of: HistoryOf, ...about: Parameters<typeof timelineOf>) {
  return historyFor(reader, of, await timelineOf(...about));
}
