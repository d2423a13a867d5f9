import { db, disconnect } from '~/lib/db';
import { moveClock } from '~/prisma/company/clock';
import { daysUntil, momentOf } from '~/prisma/company/rhythm';

export type Size = { customers: number; days: number; seed: number };
type Wanted = Size & { isDemo: boolean; password: string };

const OPENS_AT = 8 * 60;
const MADE = 'demoCompany';

/**
 * Makes the demo company on a database of a local Fintoc on which nothing moved yet, by the product's own verbs, and
 * answers what became of it. It is there already: nothing happens. Refuses everywhere else. Connects by `movedAddress`.
 */
export async function makeCompany({ isDemo, password, ...size }: Wanted): Promise<string> {
  if (!isDemo) throw new Error('The demo company is made with a local Fintoc and its demo password alone.');
  if ((await db().setting.count({ where: { key: MADE } })) > 0) return 'The demo company is there already.';
  if ((await db().ledgerTransaction.count()) > 0)
    throw new Error(
      'Money has moved on this database: the demo company is made where none has. Choose another DATA_DIR.',
    );
  const { DATABASE_URL = '', DATABASE_OWNER_URL = DATABASE_URL } = process.env;
  const days = daysUntil(new Date(), size.days);
  const [first] = days;
  if (!first) throw new Error('A company has at least one day.');
  const began = performance.now();
  const now = new Date();
  await disconnect();
  const clock = await moveClock(
    DATABASE_OWNER_URL,
    decodeURIComponent(new URL(DATABASE_URL).username),
    momentOf(first, OPENS_AT),
  );
  try {
    await requireMoved();
    // Only now: what this loads looks at the clock as it is loaded.
    const { openWorld } = await import('~/prisma/company/world');
    const { tellStory } = await import('~/prisma/company/story');
    const world = await openWorld(clock);
    try {
      await tellStory(world, { ...size, days, now, password });
    } finally {
      await world.close();
    }
  } finally {
    await disconnect();
    await clock.end();
  }
  const { conclude } = await import('~/prisma/company/conclude');
  const counts = await conclude(MADE, size);
  return `${counts} in ${Math.round((performance.now() - began) / 1_000)} s.`;
}

/** Half in the past, the app would post and send nothing: whatever it compares with the present of the database is too old. */
async function requireMoved(): Promise<void> {
  const [row] = await db().$queryRaw<{ at: Date }[]>`SELECT now() AS at`;
  if (!row || Math.abs(row.at.getTime() - Date.now()) > 60_000)
    throw new Error('The app is not connected by the address of the moved clock (movedAddress).');
}
