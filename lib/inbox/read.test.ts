import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { failureOf } from '~/lib/inbox/failure';
import { getEvent, listEvents } from '~/lib/inbox/read';
import { eventTypes } from '~/lib/inbox/searched';
import { Unreadable } from '~/lib/rails/failures';
import { toTransfer } from '~/lib/rails/fintoc/translate';
import { readOne } from '~/lib/rails/fintoc/unreadable';
import { withTestDatabase } from '~/lib/testing/database';
import { fintocTransfer } from '~/lib/testing/deliveries';
import { ANYBODY } from '~/lib/testing/reader';

withTestDatabase();

const NOON = new Date('2026-11-20T12:00:00Z');

beforeAll(async () => {
  await db().inboxEvent.createMany({
    data: Array.from({ length: 60 }, (_, nth) => ({
      id: `evt_${String(nth).padStart(2, '0')}`,
      type: nth % 2 === 0 ? 'transfer.inbound.succeeded' : 'transfer.outbound.failed',
      objectId: `tr_${nth}`,
      mode: 'test',
      state: nth < 3 ? ('dead' as const) : ('processed' as const),
      headers: {},
      body: '{}',
      occurredAt: NOON,
      // Pairs arrive in the same millisecond, as they do in a burst.
      receivedAt: new Date(NOON.getTime() + Math.floor(nth / 2) * 1_000),
    })),
  });
});

describe('the inbox', () => {
  it('is read newest first, page by page, each event once', async () => {
    const first = await listEvents(ANYBODY, {});
    const second = await listEvents(ANYBODY, { cursor: first.nextCursor ?? '' });
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect(ids).toEqual([...ids].sort().reverse());
    expect(ids).toHaveLength(60);
  });

  it('filters by type, state, time and by the id of the event or of its object', async () => {
    expect((await listEvents(ANYBODY, { states: ['dead'] })).items).toHaveLength(3);
    expect(
      (await listEvents(ANYBODY, { states: ['dead'], types: ['transfer.outbound.failed'] })).items.map(
        ({ id }) => id,
      ),
    ).toEqual(['evt_01']);
    expect((await listEvents(ANYBODY, { text: ' tr_7 ' })).items.map(({ id }) => id)).toEqual(['evt_07']);
    expect((await listEvents(ANYBODY, { text: 'evt_07' })).items).toHaveLength(1);
    const second = new Date(NOON.getTime() + 1_000);
    expect((await listEvents(ANYBODY, { before: second })).items).toHaveLength(2);
    expect(
      (await listEvents(ANYBODY, { since: second, before: new Date(NOON.getTime() + 2_000) })).items,
    ).toHaveLength(2);
  });

  it('knows every type that ever came', async () => {
    expect(await eventTypes()).toEqual(['transfer.inbound.succeeded', 'transfer.outbound.failed']);
  });

  it('shows an event about something that we do not know', async () => {
    expect(await getEvent(ANYBODY, 'evt_01')).toMatchObject({
      transfer: null,
      onboarding: null,
      transactions: [],
    });
    await expect(getEvent(ANYBODY, 'evt_none')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('why an event failed', () => {
  it('is told for every refusal that the books know', () => {
    expect(failureOf('The transfer is of live mode, our key of test.')).toEqual({
      key: 'other_mode',
      values: { theirs: 'live', ours: 'test' },
    });
    expect(failureOf('The rail says succeeded, but it ended as failed.')).toEqual({
      key: 'contradiction',
      values: { said: 'succeeded', ended: 'failed' },
    });
    expect(failureOf('The amount differs from what the rail said before.')?.key).toBe('amount_differs');
    expect(failureOf('Paid in part: compare with the movements and settle by hand.')?.key).toBe(
      'paid_in_part',
    );
    expect(failureOf('The rail speaks of an unknown currency EUR.')).toMatchObject({
      values: { currency: 'EUR' },
    });
    expect(failureOf('Its worker died 8 times.')).toEqual({ key: 'worker_died', values: { times: '8' } });
    for (const change of [{ amount: 'a lot' }, { transaction_date: 'soon' }, { direction: 'sideways' }]) {
      const unread = readOne({ ...fintocTransfer({ accountId: 'acc_1' }), ...change }, toTransfer);
      expect(failureOf(unread instanceof Unreadable ? unread.message : null)?.key).toBe('unreadable');
    }
  });

  it('is admitted to be unknown where it is, and absent where nothing failed', () => {
    expect(failureOf('connect ECONNREFUSED')?.key).toBe('unknown');
    expect(failureOf(null)).toBeNull();
  });
});
