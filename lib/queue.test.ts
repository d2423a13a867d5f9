import { beforeEach, describe, expect, it } from 'vitest';
import { backoffMs } from '~/lib/backoff';
import { db, transaction } from '~/lib/db';
import {
  claim,
  finish,
  type Held,
  LeaseLost,
  nextTry,
  renew,
  runOnce,
  stillHeld,
  workOff,
} from '~/lib/queue';
import { withTestDatabase } from '~/lib/testing/database';
import { Prisma } from '~/prisma/generated/client';

withTestDatabase();

const QUEUE = {
  name: 'tests',
  leaseSeconds: 60,
  backoff: { firstMs: 1_000, mostMs: 60_000 },
  mostAttempts: 3,
};
const items = (most: number) => Prisma.sql`
  SELECT 'item ' || lpad(n::text, 3, '0') AS item FROM generate_series(1, ${most}::int) n ORDER BY n`;
const row = (item: string) => db().queueItem.findUnique({ where: { queue_item: { queue: 'tests', item } } });
const leasesEnd = () => db().queueItem.updateMany({ data: { leaseUntil: new Date(Date.now() - 1) } });
const pausesEnd = () => db().queueItem.updateMany({ data: { nextAttemptAt: new Date(0) } });
const onlyOne = async (): Promise<Held> => {
  const [held] = await claim(QUEUE, items(1), 1);
  if (!held) throw new Error('Nobody could claim it.');
  return held;
};

beforeEach(() => db().queueItem.deleteMany());

describe('the wait between two tries', () => {
  const rules = [
    { firstMs: 1_000, mostMs: 60_000 },
    { firstMs: 40, mostMs: 1_000, spread: 1 },
    { firstMs: 5_000, mostMs: 5_000, spread: 0 },
  ];
  const failures = Array.from({ length: 2_000 }, (_, nth) => nth + 1);

  it.each(rules)('doubles up to the longest, whatever chance does: %o', (rule) => {
    const { firstMs, mostMs, spread = 0.25 } = rule;
    for (const n of failures) {
      const [longest, shortest] = [backoffMs(rule, n, () => 0), backoffMs(rule, n, () => 1)];
      expect(longest).toBe(Math.min(firstMs * 2 ** (n - 1), mostMs));
      expect(shortest).toBeCloseTo(longest * (1 - spread), 6);
      const some = backoffMs(rule, n);
      expect(some).toBeGreaterThanOrEqual(shortest);
      expect(some).toBeLessThanOrEqual(longest);
    }
  });

  it('has an end where a person is to look', () => {
    const { mostAttempts: _, ...endless } = QUEUE;
    expect([1, 2, 3].map((attempts) => nextTry(QUEUE, attempts).isLast)).toEqual([false, false, true]);
    expect(nextTry(endless, 1_000_000).isLast).toBe(false);
  });
});

describe('a queue', () => {
  it('of a hundred things gives each to one of eight workers, in its order', async () => {
    const workers = Array.from({ length: 8 }, async () => {
      const mine: string[] = [];
      for (;;) {
        const held = await claim(QUEUE, items(100), 7);
        if (held.length === 0) return mine;
        mine.push(...held.map(({ item }) => item));
      }
    });
    const all = (await Promise.all(workers)).flat();
    expect(all).toHaveLength(100);
    expect(new Set(all).size).toBe(100);
    await db().queueItem.deleteMany();
    expect((await claim(QUEUE, items(100), 2)).map(({ item }) => item)).toEqual(['item 001', 'item 002']);
    expect((await claim(QUEUE, items(100), 1)).map(({ item }) => item)).toEqual(['item 003']);
  });

  it('gives what a dead worker held to the next, under a higher number', async () => {
    const dead = await onlyOne();
    expect(await claim(QUEUE, items(1), 1)).toEqual([]);
    await leasesEnd();
    const next = await onlyOne();
    expect(next.token).toBeGreaterThan(dead.token);
    expect(next.attempts).toBe(2);
  });

  it('takes no answer of a worker whose lease ran out, even after the next one is done', async () => {
    const slow = await onlyOne();
    const answer = () => transaction((tx) => stillHeld(tx, slow));
    await answer();
    await leasesEnd();
    await answer();
    const next = await onlyOne();
    await expect(answer()).rejects.toThrow(LeaseLost);
    expect(await renew(slow)).toBe(false);
    await finish(db(), slow);
    expect(await row('item 001')).toMatchObject({ token: next.token });
    await finish(db(), next);
    const again = await onlyOne();
    await expect(answer()).rejects.toThrow(LeaseLost);
    expect(again.token).toBeGreaterThan(next.token);
  });

  it('gives nothing away while its holder writes an answer', async () => {
    const held = await onlyOne();
    await leasesEnd();
    let next: Promise<Held[]> | undefined;
    await transaction(async (tx) => {
      await stillHeld(tx, held);
      next = claim(QUEUE, items(1), 1);
      // It waits for this transaction, and finds the thing given back.
      const blocked = Prisma.sql`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
      while ((await tx.$queryRaw<unknown[]>(blocked)).length === 0);
      await finish(tx, held);
    });
    expect((await next)?.map(({ attempts }) => attempts)).toEqual([1]);
  });

  it('lets what fails wait, ever longer, and works off the others', async () => {
    const worked: string[] = [];
    const work = () =>
      workOff(QUEUE, items(3), 3, async ({ item }) => {
        if (item === 'item 002') throw new Error('not now');
        worked.push(item);
      });
    expect(await work()).toBe(3);
    expect(worked).toEqual(['item 001', 'item 003']);
    const waits = await row('item 002');
    expect(waits).toMatchObject({ attempts: 1, leaseUntil: null });
    expect(waits?.nextAttemptAt.getTime()).toBeGreaterThan(Date.now());
    expect((await claim(QUEUE, items(2), 3)).map(({ item }) => item)).toEqual(['item 001']);
    await pausesEnd();
    const began = Date.now();
    await work();
    const later = await row('item 002');
    expect(later).toMatchObject({ attempts: 2 });
    expect((later?.nextAttemptAt.getTime() ?? 0) - began).toBeGreaterThanOrEqual(1_500);
  });

  it('passes over what somebody else took up before its turn came', async () => {
    const worked: string[] = [];
    await workOff(QUEUE, items(2), 2, async ({ item }) => {
      worked.push(item);
      await db().queueItem.updateMany({
        where: { item: 'item 002' },
        data: { leaseUntil: new Date(0) },
      });
      await claim(QUEUE, items(2), 2);
    });
    expect(worked).toEqual(['item 001']);
  });

  it('runs a job once at a time over all workers, and again afterwards', async () => {
    const others: (string | undefined)[] = [];
    const job = () => runOnce(QUEUE, async () => 'done');
    const first = await runOnce(QUEUE, async () => {
      others.push(...(await Promise.all([job(), job()])));
      return 'done';
    });
    expect([first, ...others]).toEqual(['done', undefined, undefined]);
    expect(await job()).toBe('done');
    await expect(runOnce(QUEUE, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await job(), 'a failed run holds nobody up').toBe('done');
  });

  it('runs a job no sooner than it is due again, whoever asks', async () => {
    const job = (everyMs: number) => runOnce(QUEUE, async () => 'done', { everyMs });
    expect(await job(60_000)).toBe('done');
    expect(await Promise.all([job(60_000), job(60_000)])).toEqual([undefined, undefined]);
    expect(await job(0)).toBe('done');
  });
});
