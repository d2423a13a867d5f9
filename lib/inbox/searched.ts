import { db } from '~/lib/db';
import { type EventFilter, eventsMatching } from '~/lib/inbox/matching';
import { typedSearch } from '~/lib/search/typed';
import { transfersOfKey } from '~/lib/transfers/keys';
import type { Prisma } from '~/prisma/generated/client';

/**
 * The events of a filter. A text is an event's id, its object's, or the clave de rastreo of the transfer that it tells
 * of; or else a part of its type, such as `return`.
 */
export async function eventsSearched(filter: EventFilter): Promise<Prisma.InboxEventWhereInput> {
  const text = filter.text?.trim();
  return eventsMatching(filter, text ? await saidBy(text) : {});
}

async function saidBy(text: string): Promise<Prisma.InboxEventWhereInput> {
  const said = text.toLowerCase().replaceAll(/\s+/g, '_');
  const types = (await eventTypes()).filter((type) => type.includes(said));
  // By an index each: what is of a type is many, what is of an object few.
  if (types.length > 0) return { type: { in: types } };
  const typed = await typedSearch(text);
  const objects = typed ? await transfersOfKey(typed) : [];
  return { OR: [{ id: text }, { objectId: { in: [text, ...objects] } }] };
}

/** Every type that ever reached us. Hops along the index, so that it costs what there are types, not events. */
export async function eventTypes(): Promise<string[]> {
  const rows = await db().$queryRaw<{ type: string }[]>`
    WITH RECURSIVE hop AS (
      (SELECT type FROM inbox_events ORDER BY type LIMIT 1)
      UNION ALL
      SELECT (SELECT e.type FROM inbox_events e WHERE e.type > hop.type ORDER BY e.type LIMIT 1)
      FROM hop WHERE hop.type IS NOT NULL
    ) SELECT type FROM hop WHERE type IS NOT NULL`;
  return rows.map(({ type }) => type);
}
