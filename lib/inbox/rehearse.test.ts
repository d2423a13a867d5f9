import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { rehearseReplay } from '~/lib/inbox/rehearse';
import { getReplay, listReplayed, replayableIds, replayEvents } from '~/lib/inbox/replay';
import { balanceOf, expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { deliver, drain, fintocEvent, fintocTransfer, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import { type OpenWallet, someOperator, someWallet } from '~/lib/testing/factories';
import { ANYBODY } from '~/lib/testing/reader';
import { tamper } from '~/lib/testing/tampering';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();

let operator: OperatorActor;
let wallet: OpenWallet;

beforeAll(async () => {
  operator = await someOperator();
  wallet = await someWallet();
});

afterEach(expectSoundBooks);

const deposit = (facts: { amount?: number; status?: string } = {}) =>
  fintocEvent(
    fintocTransfer({
      accountId: wallet.accountId,
      numberId: wallet.numberId,
      number: wallet.number,
      ...facts,
    }),
  );

/** An event that stopped for a reason that is gone by now. */
async function deadLetter<Event extends { id: string }>(event: Event): Promise<Event> {
  await deliver(event);
  await db().inboxEvent.update({ where: { id: event.id }, data: { state: 'dead', lastError: 'was down' } });
  return event;
}

const rehearse = (...events: { id: string }[]) =>
  rehearseReplay(operator, { eventIds: events.map(({ id }) => id) });
const everything = async () => ({
  transactions: await db().ledgerTransaction.count(),
  entries: await db().ledgerEntry.count(),
  accounts: await db().ledgerAccount.findMany({ orderBy: { id: 'asc' } }),
  transfers: await db().transfer.findMany({ orderBy: { id: 'asc' } }),
  events: await db().inboxEvent.findMany({ orderBy: { id: 'asc' } }),
  audit: await db().auditEntry.count(),
});

describe('the dry run of a replay', () => {
  it('shows the very entries that the replay then posts, and leaves nothing behind', async () => {
    await deliver(deposit({ amount: 100 }));
    await drain();
    const event = await deadLetter(deposit({ amount: 4_500 }));
    const { available } = await moneyOf(wallet);
    const before = await everything();
    const [rehearsal] = await rehearse(event);
    expect(await everything()).toEqual(before);
    expect(rehearsal).toMatchObject({ outcome: 'posts', reason: null, standing: [] });
    const shown = rehearsal?.transactions.map(({ kind, entries }) => ({
      kind,
      entries: entries.map(({ account, amount, balanceAfter }) => [account.code, amount, balanceAfter]),
    }));
    expect(shown).toEqual([
      {
        kind: 'deposit',
        entries: [
          [
            `fintoc/${wallet.accountId}/cash`,
            4_500n,
            (await balanceOf(`fintoc/${wallet.accountId}/cash`)) + 4_500n,
          ],
          [`wallet/${wallet.id}/available`, -4_500n, available + 4_500n],
        ],
      },
    ]);

    const form = { eventIds: [event.id], requestId: crypto.randomUUID() };
    const replay = await replayEvents(operator, form);
    expect(await replayEvents(operator, form), 'sent again').toEqual(replay);
    await drain();
    const posted = await db().ledgerTransaction.findMany({
      where: { eventId: event.id },
      include: { entries: { include: { account: true }, orderBy: { line: 'asc' } } },
    });
    expect(
      posted.map(({ kind, entries }) => ({
        kind,
        entries: entries.map(({ account, amount, balanceAfter }) => [account.code, amount, balanceAfter]),
      })),
    ).toEqual(shown);
  });

  it('says nothing where it stands already, and as what', async () => {
    const event = deposit();
    await deliver(event);
    await drain();
    const [rehearsal] = await rehearse(event);
    expect(rehearsal).toMatchObject({
      outcome: 'nothing',
      transactions: [],
      standing: [{ kind: 'deposit', eventId: event.id }],
    });
  });

  it('lets a later event build on what an earlier one of its transfer would post', async () => {
    const credited = deposit({ amount: 700 });
    await deadLetter(credited);
    const returned = await deadLetter(fintocEvent({ ...credited.data, status: 'returned' }));
    const [first, second] = await rehearse(credited, returned);
    expect(first?.transactions.map(({ kind }) => kind)).toEqual(['deposit']);
    expect(second?.transactions.map(({ kind }) => kind)).toEqual(['deposit_return']);
  });

  it('tells a contradiction, a body that can’t be read, a type nobody knows and what is under way apart', async () => {
    const told = deposit();
    await deliver(told);
    await drain();
    const contradiction = await deadLetter(fintocEvent({ ...told.data, status: 'rejected' }));
    const unreadable = await deadLetter({ ...deposit(), data: { ...deposit().data, amount: 'a lot' } });
    const unknown = await deadLetter({ ...deposit(), type: 'spaceship.landed' });
    const underWay = deposit();
    await deliver(underWay);
    const found = await rehearse(contradiction, unreadable, unknown, underWay);
    expect(found.map(({ outcome }) => outcome)).toEqual(['refused', 'fails', 'unhandled', 'busy']);
    expect(found[0]?.reason).toBe('The rail says rejected, but it ended as succeeded.');
    expect(found[1]?.reason).toContain('amount');
    await drain();
  });

  it('is not for an auditor', async () => {
    const auditor = await someOperator('auditor');
    await expect(rehearseReplay(auditor, { eventIds: ['evt'] })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a replay of many', () => {
  it('posts each once, leaves alone what is under way, and tells how far it is', async () => {
    const { available } = await moneyOf(wallet);
    const dead = [await deadLetter(deposit({ amount: 11 })), await deadLetter(deposit({ amount: 22 }))];
    const stillBad = await deadLetter(fintocEvent({ ...dead[0]?.data, status: 'succeeded', amount: 12 }));
    const underWay = deposit({ amount: 44 });
    await deliver(underWay);
    await db().inboxEvent.update({
      where: { id: underWay.id },
      data: { nextAttemptAt: new Date(Date.now() + 60_000) },
    });
    const eventIds = [...dead, stillBad, underWay].map(({ id }) => id);
    const [first] = await Promise.allSettled([
      replayEvents(operator, { eventIds }),
      replayEvents(operator, { eventIds }),
    ]);
    const runs = await db().replay.findMany();
    const run = runs.find(({ count }) => count === 3);
    expect(first.status).toBe('fulfilled');
    expect(runs.filter(({ id }) => id === run?.id)).toHaveLength(1);
    expect(await getReplay(run?.id ?? '')).toMatchObject({ count: 3, waiting: 3, processed: 0 });
    await drain();
    expect(await getReplay(run?.id ?? '')).toMatchObject({ count: 3, waiting: 0, processed: 2, dead: 1 });
    expect((await listReplayed(ANYBODY, run?.id ?? '')).map(({ state }) => state)).toEqual([
      'dead',
      'processed',
      'processed',
    ]);
    expect((await moneyOf(wallet)).available).toBe(available + 33n);
    expect(
      await db().auditEntry.count({ where: { action: 'inbox_event.replayed', subjectId: { in: eventIds } } }),
    ).toBe(3);
    await db().inboxEvent.update({ where: { id: underWay.id }, data: { nextAttemptAt: new Date(0) } });
    await drain();
  });

  it('of a filter takes what the filter shows and can be replayed, no more than its limit', async () => {
    await tamper('DELETE FROM inbox_events');
    await db().inboxEvent.createMany({
      data: Array.from({ length: 510 }, (_, nth) => ({
        id: `evt_many_${String(nth).padStart(3, '0')}`,
        type: nth === 0 ? 'other' : 'many',
        mode: 'test',
        state: nth === 1 ? ('received' as const) : ('dead' as const),
        headers: {},
        body: '{}',
        occurredAt: new Date(),
      })),
    });
    const { ids, more } = await replayableIds({ types: ['many'] });
    expect({ count: ids.length, more }).toEqual({ count: 500, more: true });
    expect(ids).not.toContain('evt_many_000');
    expect(ids).not.toContain('evt_many_001');
    expect(await replayableIds({ types: ['other'] })).toEqual({ ids: ['evt_many_000'], more: false });
    expect(await replayableIds({ states: ['received'] })).toEqual({ ids: [], more: false });
    await tamper('DELETE FROM inbox_events');
  });
});
