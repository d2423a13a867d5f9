import pg from 'pg';
import { expect, it } from 'vitest';
import { db, disconnect } from '~/lib/db';
import { runOnce } from '~/lib/queue';
import { reserveSlot } from '~/lib/rate-limit';
import { withTestDatabase } from '~/lib/testing/database';
import { moveClock, movedAddress } from '~/prisma/company/clock';

withTestDatabase();

const SHAPE = `
  SELECT (SELECT string_agg(pg_get_functiondef(p.oid), ' ' ORDER BY p.oid) FROM pg_proc p
          WHERE p.pronamespace = 'public'::regnamespace AND p.prokind = 'f') AS functions,
         (SELECT string_agg(concat_ws(' ', d.adrelid::regclass, d.adnum, pg_get_expr(d.adbin, d.adrelid)), ' ' ORDER BY d.adrelid, d.adnum)
          FROM pg_attrdef d) AS defaults,
         (SELECT count(*)::int FROM pg_namespace WHERE nspname = 'demo_clock') AS schemas`;

async function ask(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows[0];
  } finally {
    await client.end();
  }
}

it('moves the process and the database alike, and leaves both as they were', async () => {
  const { TEST_DATABASE_OWNER_URL: owner = '', DATABASE_URL: app = '' } = process.env;
  const before = await ask(owner, SHAPE);
  const then = new Date('2026-01-15T18:00:00Z');
  const clock = await moveClock(owner, new URL(app).username, then);
  try {
    await clock.goTo(then);
    expect(Math.abs(Date.now() - then.getTime())).toBeLessThan(10_000);
    expect(new Date(5).getTime(), 'what is said is what it was').toBe(5);
    const moved = await ask(movedAddress(app), 'SELECT now() AS a, clock_timestamp() AS b');
    for (const at of [moved.a, moved.b]) expect(Math.abs(at - then.getTime())).toBeLessThan(10_000);
    expect((await ask(app, 'SELECT now() AS at')).at, 'and nobody else sees it').not.toEqual(moved.a);
    const [posting] = Object.values(await ask(owner, `SELECT pg_get_functiondef('ledger_post'::regproc)`));
    expect(posting).toContain('demo_clock');
  } finally {
    await clock.end();
  }
  expect(await ask(owner, SHAPE)).toEqual(before);
  expect(Math.abs(Date.now() - performance.timeOrigin - performance.now())).toBeLessThan(60_000);
});

it('is what the app’s own connections see by the moved address', async () => {
  const { TEST_DATABASE_OWNER_URL: owner = '', DATABASE_URL: app = '' } = process.env;
  process.env.DATABASE_URL = movedAddress(app);
  const then = new Date('2026-01-15T18:00:00Z');
  const clock = await moveClock(owner, new URL(app).username, then);
  try {
    await clock.goTo(then);
    const [row] = await db().$queryRaw<{ at: Date }[]>`SELECT now() AS at`;
    expect(Math.abs((row?.at.getTime() ?? 0) - then.getTime())).toBeLessThan(10_000);
  } finally {
    await clock.end();
    process.env.DATABASE_URL = app;
  }
});

it('is put right by the next run where one was killed', async () => {
  const { TEST_DATABASE_OWNER_URL: owner = '', DATABASE_URL: app = '' } = process.env;
  const before = await ask(owner, SHAPE);
  const killed = await moveClock(owner, new URL(app).username, new Date('2026-01-15T18:00:00Z'));
  const next = await moveClock(owner, new URL(app).username, new Date('2026-02-15T18:00:00Z'));
  await next.end();
  await killed.end();
  expect(await ask(owner, SHAPE)).toEqual(before);
});

it('gives jobs their turns, whose last ones were in what is the future now', async () => {
  const { TEST_DATABASE_OWNER_URL: owner = '', DATABASE_URL: app = '' } = process.env;
  const job = { name: 'hourly', leaseSeconds: 60, backoff: { firstMs: 1_000, mostMs: 1_000 } };
  const turn = () => runOnce(job, async () => 'done', { everyMs: 3_600_000 });
  expect(await turn()).toBe('done');
  await reserveSlot('calls', 1);
  expect(await turn()).toBe(undefined);
  process.env.DATABASE_URL = movedAddress(app);
  await disconnect();
  const clock = await moveClock(owner, new URL(app).username, new Date('2026-01-15T18:00:00Z'));
  try {
    expect(await turn()).toBe('done');
    await reserveSlot('calls', 1);
  } finally {
    await disconnect();
    await clock.end();
    process.env.DATABASE_URL = app;
  }
});
