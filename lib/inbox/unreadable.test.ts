import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { replayEvent } from '~/lib/inbox/replay';
import { pollTransfers, takeInNews } from '~/lib/inbox/sync';
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

/** What Fintoc says of it is of no shape that we know. */
const spoil = (id: string) =>
  fintoc.sql(`UPDATE sandbox.transfers SET counterparty = '{"holder_name": 5}' WHERE id = $1`, [id]);
const mend = (id: string) =>
  fintoc.sql(`UPDATE sandbox.transfers SET counterparty = '{"holder_name": "Ana"}' WHERE id = $1`, [id]);

describe('a transfer that can’t be read', () => {
  it('is one dead letter, word for word, keeps nothing else from being read, and is taken in once it can be', async () => {
    const before = await available();
    await dropAll();
    const [bad, good] = [await receive(7_100), await receive(7_200)];
    for (const id of [bad, good]) await happenedAt(id, 5);
    await spoil(bad);
    for (let run = 0; run < 3; run += 1) await pollTransfers();
    expect(await available()).toBe(before + 7_200n);
    const runs = await db().pollRun.findMany({ orderBy: { startedAt: 'asc' } });
    expect(runs.map(({ recovered, error }) => [recovered, error])).toEqual([
      [1, null],
      [0, null],
      [0, null],
    ]);
    const [letter, ...more] = await eventsOf(bad);
    expect(more).toEqual([]);
    expect(letter).toMatchObject({
      id: `poll:${bad}:unreadable`,
      type: 'transfer.inbound.succeeded',
      origin: 'poll',
      state: 'dead',
      lastError: expect.stringContaining('holder_name'),
    });
    expect(JSON.parse(letter?.body ?? '').data).toEqual(await fintoc.api('GET', `/v2/transfers/${bad}`));

    await replayEvent(operator, { eventId: letter?.id ?? '' });
    await drain();
    expect((await eventsOf(bad))[0], 'and a replay too early changes nothing').toMatchObject({
      state: 'retrying',
    });
    await db().inboxEvent.update({ where: { id: letter?.id ?? '' }, data: { state: 'dead' } });
    await mend(bad);
    await pollTransfers();
    await drain();
    expect(await available()).toBe(before + 7_100n + 7_200n);
    expect((await eventsOf(bad)).map(({ state }) => state)).toEqual(['processed', 'processed']);
    expect(await db().ledgerTransaction.count({ where: { transferId: bad } })).toBe(1);
  });

  it('tells in the same letter what Fintoc says of it later', async () => {
    await dropAll();
    const id = await receive(7_300);
    await happenedAt(id, 5);
    await spoil(id);
    await pollTransfers();
    await fintoc.sql(`UPDATE sandbox.transfers SET comment = 'Otra cosa' WHERE id = $1`, [id]);
    await pollTransfers();
    const [letter, ...more] = await eventsOf(id);
    expect(more).toEqual([]);
    expect(JSON.parse(letter?.body ?? '').data).toMatchObject({ comment: 'Otra cosa' });
    await mend(id);
    await pollTransfers();
    await drain();
  });

  it('is left to its webhook as long as others are, and while one of it waits', async () => {
    await dropAll();
    const fresh = await receive(7_400);
    await spoil(fresh);
    await fintoc.calm();
    const told = await receive(7_500);
    await fintoc.deliveriesDone();
    await happenedAt(told, 5);
    await spoil(told);
    await pollTransfers();
    expect(await eventsOf(fresh)).toEqual([]);
    expect(await eventsOf(told)).toMatchObject([{ origin: 'webhook', state: 'received' }]);
    for (const id of [fresh, told]) await mend(id);
    await happenedAt(fresh, 5);
    await drain();
    await pollTransfers();
  });
});

describe('a payout that takes too long', () => {
  it('and can’t be read is a dead letter, and keeps no other from its turn', async () => {
    await receive(50_000);
    await fintoc.deliveriesDone();
    await drain();
    await fintoc.control('POST', '/settlement-mode', { mode: 'manual' });
    const asked = [await withdraw(operator, wallet()), await withdraw(operator, wallet())];
    await settleAll(fintoc);
    const ids: string[] = [];
    for (const { id } of asked) ids.push((await withdrawalRow(id)).transferId ?? '');
    for (const id of ids) {
      await happenedAt(id, 50);
      await fintoc.sql(`UPDATE transfers SET transacted_at = now() - interval '50 minutes' WHERE id = $1`, [
        id,
      ]);
      await spoil(id);
    }
    await pollTransfers();
    expect(await lastRun()).toMatchObject({ asked: 2, recovered: 0, error: null });
    for (const id of ids) {
      const letters = (await eventsOf(id)).filter(({ state }) => state === 'dead');
      expect(letters).toMatchObject([{ id: `poll:${id}:unreadable`, type: 'transfer.outbound.pending' }]);
      await mend(id);
    }
    await fintoc.control('POST', '/settlement-mode', { mode: 'auto' });
    for (const id of ids) {
      await takeInNews([await getTransfer(id)]);
    }
    await fintoc.deliveriesDone();
    await drain();
  });
});
