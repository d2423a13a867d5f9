import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { pollIfDue, pollTransfers, takeInNews } from '~/lib/inbox/sync';
import { getTransfer } from '~/lib/rails/fintoc/gateway';
import { expectSoundBooks } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someOperator } from '~/lib/testing/factories';
import { settleAll, withdraw, withdrawalRow } from '~/lib/testing/journeys';
import { withLostWebhooks } from '~/lib/testing/lost-webhooks';

withTestDatabase();
const { fintoc, wallet, available, dropAll, receive, happenedAt, eventsOf, lastRun } = withLostWebhooks();

let operator: OperatorActor;

beforeAll(async () => {
  operator = await someOperator();
});

afterEach(expectSoundBooks);

const polledUntil = (minutesAgo: number) =>
  db().setting.update({
    where: { key: 'transfersPolledUntil:fintoc' },
    data: { value: new Date(Date.now() - minutesAgo * 60_000).toISOString() },
  });

describe('a transfer whose webhook was lost', () => {
  it('comes through the inbox, as an event that says it was recovered, and its posting names that event', async () => {
    const before = await available();
    await dropAll();
    const id = await receive(8_100);
    await happenedAt(id, 5);
    expect(await pollTransfers()).toBe(1);
    expect(await available()).toBe(before + 8_100n);
    const [event, ...more] = await eventsOf(id);
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      id: `poll:${id}:succeeded`,
      type: 'transfer.inbound.succeeded',
      origin: 'poll',
      state: 'processed',
      verifiedBy: null,
    });
    expect(JSON.parse(event?.body ?? '').data).toMatchObject({ id, amount: 8_100 });
    expect(await db().ledgerTransaction.findMany({ where: { transferId: id } })).toMatchObject([
      { eventId: event?.id },
    ]);
    expect(await lastRun()).toMatchObject({ recovered: 1, error: null, finishedAt: expect.any(Date) });
  });

  it('makes one event and one posting, however many workers look, and however often', async () => {
    const before = await available();
    await dropAll();
    const id = await receive(8_200);
    await happenedAt(id, 5);
    const seen = await getTransfer(id);
    await Promise.all(Array.from({ length: 4 }, () => takeInNews([seen])));
    await pollTransfers();
    expect(await eventsOf(id)).toHaveLength(1);
    expect(await available()).toBe(before + 8_200n);
  });

  it('posts nothing twice when the webhook comes after all, which is kept beside it', async () => {
    const before = await available();
    await dropAll();
    const id = await receive(8_300);
    await happenedAt(id, 5);
    await pollTransfers();
    await fintoc.calm();
    const [told] = await fintoc.control('GET', `/events?resource_id=${id}`);
    await fintoc.control('POST', `/events/${told.id}/redeliver`, {});
    await fintoc.deliveriesDone();
    await drain();
    expect(await available()).toBe(before + 8_300n);
    const events = await eventsOf(id);
    expect(events.map(({ origin, state }) => `${origin} ${state}`).sort()).toEqual([
      'poll processed',
      'webhook processed',
    ]);
    expect(await db().ledgerTransaction.count({ where: { transferId: id } })).toBe(1);
  });

  it('is not taken for lost while its webhook waits for a worker', async () => {
    const id = await receive(8_400);
    await fintoc.deliveriesDone();
    await happenedAt(id, 5);
    await pollTransfers();
    expect(await eventsOf(id)).toMatchObject([{ origin: 'webhook', state: 'received' }]);
    await drain();
  });
});

describe('a payout that takes too long', () => {
  it('is asked for by itself, and more rarely the longer it takes', async () => {
    await receive(50_000);
    await fintoc.deliveriesDone();
    await drain();
    await fintoc.control('POST', '/settlement-mode', { mode: 'manual' });
    const { id } = await withdraw(operator, wallet(), { amount: 1_500n });
    await settleAll(fintoc);
    const { transferId } = await withdrawalRow(id);
    expect(await withdrawalRow(id)).toMatchObject({ status: 'pending' });
    // Older than the list that a poll reads.
    await happenedAt(transferId ?? '', 50);
    await fintoc.sql(`UPDATE transfers SET transacted_at = now() - interval '50 minutes' WHERE id = $1`, [
      transferId,
    ]);
    await pollTransfers();
    expect(await lastRun()).toMatchObject({ asked: 1, recovered: 0 });
    await dropAll();
    await fintoc.control('POST', `/transfers/${transferId}/settle`);
    await pollTransfers();
    expect(await lastRun(), 'not again at once').toMatchObject({ asked: 0 });
    await fintoc.sql(`UPDATE transfers SET asked_at = now() - interval '11 minutes' WHERE id = $1`, [
      transferId,
    ]);
    await pollTransfers();
    expect(await lastRun()).toMatchObject({ asked: 1, recovered: 1 });
    expect(await withdrawalRow(id)).toMatchObject({ status: 'succeeded' });
    expect((await eventsOf(transferId ?? '')).map((event) => event.id)).toContain(
      `poll:${transferId}:succeeded`,
    );
  });
});

describe('after an outage of hours', () => {
  it('all of it is caught up with by one run, which tells from where to where and how much', async () => {
    const before = await available();
    await dropAll();
    for (const minutes of [350, 290, 170, 61, 5]) await happenedAt(await receive(1_000 + minutes), minutes);
    await polledUntil(360);
    expect(await pollTransfers()).toBe(5);
    expect(await available()).toBe(before + 5_000n + 350n + 290n + 170n + 61n + 5n);
    const run = await lastRun();
    expect(run).toMatchObject({ recovered: 5, error: null });
    expect(run.found).toBeGreaterThanOrEqual(5);
    expect(Date.now() - (run.since?.getTime() ?? 0)).toBeGreaterThan(360 * 60_000);
    expect(run.readUntil).toEqual(run.until);
  });

  it('what was read stays read when Fintoc breaks off, and the next run goes on from there', async () => {
    const before = await available();
    await dropAll();
    for (const minutes of [200, 20]) await happenedAt(await receive(1_000), minutes);
    await polledUntil(210);
    await fintoc.control('POST', '/faults', { kind: 'slow', method: 'GET', path: '/v2/transfers', count: 2 });
    await fintoc.control('POST', '/faults', {
      kind: 'html_500',
      method: 'GET',
      path: '/v2/transfers',
      count: 1,
    });
    await expect(pollTransfers()).rejects.toMatchObject({ status: 500 });
    const broken = await lastRun();
    expect(broken).toMatchObject({ recovered: 1, error: expect.stringContaining('500') });
    expect(broken.readUntil?.getTime()).toBeLessThan(broken.until.getTime());
    expect(await available()).toBe(before + 1_000n);
    await fintoc.calm();
    await pollTransfers();
    const next = await lastRun();
    expect(next.since?.getTime()).toBe((broken.readUntil?.getTime() ?? 0) - 15 * 60_000);
    expect(next).toMatchObject({ recovered: 1, error: null });
    expect(await available()).toBe(before + 2_000n);
  });

  it('one worker polls at a time, in turns of the set pause, and one that died holds nobody up', async () => {
    await db().pollRun.create({ data: { until: new Date() } });
    const [queue, item] = ['poll.fintoc', 'poll.fintoc'];
    await db().queueItem.create({ data: { queue, item, leaseUntil: new Date(Date.now() + 120_000) } });
    expect(await pollTransfers()).toBe(0);
    expect(await db().pollRun.count()).toBe(1);
    await db().queueItem.updateMany({ data: { leaseUntil: new Date(Date.now() - 1) } });
    await pollTransfers();
    expect(await db().pollRun.count({ where: { error: null, finishedAt: { not: null } } })).toBe(1);
    await pollIfDue();
    expect(await db().pollRun.count()).toBe(2);
  });
});
