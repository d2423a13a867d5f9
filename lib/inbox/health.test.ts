import { beforeEach, describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { countDeliveries, readHealth } from '~/lib/inbox/health';
import { withTestDatabase } from '~/lib/testing/database';
import { tamper } from '~/lib/testing/tampering';
import type { Prisma } from '~/prisma/generated/client';

withTestDatabase();

const HOUR_MS = 3_600_000;
let serial = 0;

beforeEach(async () => {
  await tamper('DELETE FROM inbox_events');
  await db().inboxHour.deleteMany();
});

function received(hoursAgo: number, facts: Partial<Prisma.InboxEventCreateManyInput> = {}) {
  serial += 1;
  const at = new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS - hoursAgo * HOUR_MS);
  const event = {
    id: `evt_${serial}`,
    type: 'a',
    mode: 'test',
    headers: {},
    body: '{}',
    state: 'processed' as const,
  };
  return { ...event, occurredAt: at, receivedAt: at, ...facts };
}

async function countAll(): Promise<void> {
  while ((await countDeliveries()) > 0);
}

const sums = async (view: 'hours' | 'days') =>
  (await readHealth(view, 'America/Mexico_City')).reduce(
    (sum, { received, duplicates, late, recovered, dead }) => ({
      received: sum.received + received,
      duplicates: sum.duplicates + duplicates,
      late: sum.late + late,
      recovered: sum.recovered + recovered,
      dead: sum.dead + dead,
    }),
    { received: 0, duplicates: 0, late: 0, recovered: 0, dead: 0 },
  );

describe('the health of deliveries', () => {
  it('tells per hour and per day what came, twice, late, by poll and to a stop', async () => {
    await db().inboxEvent.createMany({
      data: [
        received(0),
        received(1, { duplicates: 3 }),
        received(1, { late: true }),
        received(2, { origin: 'poll' }),
        received(60, { state: 'dead', late: true }),
        received(24 * 40),
      ],
    });
    await countAll();
    expect(await sums('hours')).toEqual({ received: 3, duplicates: 3, late: 1, recovered: 1, dead: 0 });
    expect(await sums('days')).toEqual({ received: 4, duplicates: 3, late: 2, recovered: 1, dead: 1 });
    expect(await readHealth('hours', 'America/Mexico_City')).toHaveLength(48);
    const days = await readHealth('days', 'America/Mexico_City');
    expect(days).toHaveLength(30);
    expect(new Set(days.map(({ day }) => day)).size).toBe(30);
  });

  it('catches up with a history that has gaps of days, and goes on from where it is', async () => {
    await db().inboxEvent.createMany({
      data: [received(24 * 29), received(24 * 20), received(24 * 3), received(5)],
    });
    await countAll();
    expect(await db().inboxHour.count()).toBe(4);
    await db().inboxEvent.createMany({ data: [received(0), received(0)] });
    await countAll();
    expect(await sums('days')).toMatchObject({ received: 6 });
  });

  it('counts a dead letter as dead no longer once a replay brought it in', async () => {
    const event = received(48, { state: 'dead' });
    await db().inboxEvent.create({ data: event });
    await countAll();
    expect(await sums('days')).toMatchObject({ dead: 1 });
    await db().inboxEvent.update({ where: { id: event.id }, data: { state: 'processed' } });
    expect(await sums('days')).toMatchObject({ dead: 0 });
  });

  it('is read off the counted hours, not off the events', async () => {
    await db().inboxEvent.create({ data: received(0) });
    expect(await sums('days')).toMatchObject({ received: 0 });
    await countAll();
    expect(await sums('days')).toMatchObject({ received: 1 });
  });
});
