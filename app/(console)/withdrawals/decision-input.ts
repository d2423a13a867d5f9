import { z } from 'zod';
import { note } from '~/lib/text';

/** On one withdrawal, with the reason that it needs. */
export const decision = z.object({ withdrawalId: z.uuid(), reason: note(500, 3) });

/** More than the screen ever sends at once. */
export const MOST_AT_ONCE = 50;
const batch = z.array(z.uuid()).max(MOST_AT_ONCE).catch([]);

/** On several: what this screen never sends decides nothing. */
export function batchOf(withdrawalIds: unknown): string[] {
  return batch.parse(withdrawalIds);
}

/** The one reason for several, as one has to be: null where it says nothing. */
export function reasonOf(typed: unknown): string | null {
  return decision.shape.reason.safeParse(typed).data ?? null;
}
