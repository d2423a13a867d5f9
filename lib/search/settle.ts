import { db } from '~/lib/db';
import { type Queue, runOnce } from '~/lib/queue';

const SETTLING: Queue = {
  name: 'search_words',
  leaseSeconds: 60,
  backoff: { firstMs: 2_000, mostMs: 30_000 },
};

/** So often at most, over all workers. */
const EVERY_MS = 2_000;

/**
 * Brings the word indexes up to what was written: posting only lays its words down beside them (GIN's pending list), which
 * every search reads too, and no posting waits for it to be sorted in. What a worker that dies leaves undone the next one
 * does. Returns how many pages were moved; 0 where somebody else just did.
 */
export async function settleSearch(everyMs = EVERY_MS): Promise<number> {
  const pages = await runOnce(
    SETTLING,
    async () => {
      const [row] = await db().$queryRaw<{ pages: number }[]>`SELECT search_settle() AS pages`;
      return row?.pages ?? 0;
    },
    { everyMs },
  );
  return pages ?? 0;
}
