import { z } from 'zod';
import { note } from '~/lib/typed-text';

/** The screen sends a long selection in batches, so that it can show how far it is. */
const MOST_AT_ONCE = 50;

/** What the screen never sends decides nothing. */
export const batch = z.array(z.uuid()).max(MOST_AT_ONCE).catch([]);

/** One reason for all of them; null where what was typed is none. */
export const batchReason = note(500, 3).nullable().catch(null);
