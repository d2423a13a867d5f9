import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { db, retried } from '~/lib/db';
import { handleEvents } from '~/lib/inbox/handlers';
import { MOST_POSTING, processEvents } from '~/lib/inbox/process';
import { replayEvent } from '~/lib/inbox/replay';
import { LeaseLost } from '~/lib/queue';
import { balanceOf, expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { deliver, drain, fintocEvent, fintocTransfer, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import { type OpenWallet, someOperator, someWallet } from '~/lib/testing/factories';
import { tamper } from '~/lib/testing/tampering';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();

let wallet: OpenWallet;

beforeAll(async () => {
  wallet = await someWallet();
});

afterEach(expectSoundBooks);

const depositTo = (
  { accountId, numberId, number }: OpenWallet,
  facts: { amount?: number; status?: string } = {},
) => fintocEvent(fintocTransfer({ accountId, numberId, number, ...facts }));
const eventRow = (id: string) => db().inboxEvent.findUniqueOrThrow({ where: { id } });
const available = async (of = wallet) => (await moneyOf(of)).available;
const LATER = new Date(Date.now() + 600_000);
const dueNow = (id: string) =>
  db().inboxEvent.update({ where: { id }, data: { nextAttemptAt: new Date(Date.now() - 1_000) } });

describe('of all workers together', () => {
  it('no more than so many batches are posted at once, and a dead one’s place is another’s in a while', async () => {
    const before = await available();
    const places = Array.from({ length: MOST_POSTING }, () => ({
      ...{ eventIds: [], objectIds: [], leaseUntil: new Date(Date.now() + 60_000) },
    }));
    await db().inboxClaim.createMany({ data: places });
    await deliver(depositTo(wallet));
    await deliver(depositTo(wallet));
    expect(await processEvents()).toBe(0);
    const [first, second] = await db().inboxClaim.findMany();
    await db().inboxClaim.delete({ where: { id: first?.id ?? 0n } });
    expect(await processEvents(1)).toBe(1);
    await db().inboxClaim.createMany({ data: places.slice(0, 1) });
    expect(await processEvents(1)).toBe(0);
    // It began eleven seconds ago.
    await db().inboxClaim.update({
      where: { id: second?.id ?? 0n },
      data: { leaseUntil: new Date(Date.now() + 49_000) },
    });
    expect(await processEvents(1)).toBe(1);
    expect(await available()).toBe(before + 20_000n);
    await db().inboxClaim.deleteMany();
  });
});

describe('a worker that is killed', () => {
  const dieHolding = (limit: number) =>
    db().$queryRaw`SELECT id FROM claim_inbox_events(${limit}::int, 60, 'epoch', 8, ${MOST_POSTING}::int)`;
  const leaseRunsOut = () => db().inboxClaim.updateMany({ data: { leaseUntil: new Date(Date.now() - 1) } });

  it('holds its events no longer than its lease', async () => {
    const before = await available();
    const event = depositTo(wallet);
    await deliver(event);
    await dieHolding(10);
    expect(await processEvents()).toBe(0);
    expect(await available()).toBe(before);
    await leaseRunsOut();
    await drain();
    expect(await available()).toBe(before + 10_000n);
    expect(await eventRow(event.id)).toMatchObject({ state: 'processed', attempts: 2 });
    expect(await db().inboxClaim.count()).toBe(0);
  });

  it('keeps other workers off the other events of the same transfer while it lives', async () => {
    const { data, ...event } = depositTo(wallet);
    await deliver({ ...event, data });
    await dieHolding(1);
    await deliver(fintocEvent({ ...data, status: 'returned' }));
    expect(await processEvents()).toBe(0);
    await leaseRunsOut();
    await drain();
    expect(await balanceOf('suspense/unmatched')).toBe(0n);
  });

  it('leaves its events to be claimed one by one, and whoever comes fresh in batches again', async () => {
    const held = [depositTo(wallet), depositTo(wallet), depositTo(wallet)];
    for (const event of held) await deliver(event);
    await dieHolding(10);
    await leaseRunsOut();
    const fresh = [depositTo(wallet), depositTo(wallet)];
    for (const event of fresh) await deliver(event);
    const claimed: number[] = [];
    for (;;) {
      const count = await processEvents();
      if (count === 0) break;
      claimed.push(count);
    }
    expect(claimed).toEqual([1, 1, 1, 2]);
    for (const event of held)
      expect(await eventRow(event.id)).toMatchObject({ state: 'processed', attempts: 2, workerDeaths: 1 });
  });

  it('does so no more than eight times: the event is dead then, with the reason, and its neighbour is not', async () => {
    const [poison, neighbour] = [depositTo(wallet), depositTo(wallet)];
    await deliver(poison);
    await deliver(neighbour);
    const before = await available();
    for (let death = 1; death <= 8; death += 1) {
      expect(await eventRow(poison.id)).toMatchObject({ attempts: death - 1 });
      await dueNow(poison.id);
      // The first time both, from then on the poison alone.
      const held = await db().$queryRaw<{ id: string }[]>`
        SELECT id FROM claim_inbox_events(10, 60, 'epoch', 8, ${MOST_POSTING}::int)`;
      expect(held.map(({ id }) => id)).toEqual(death === 1 ? [poison.id, neighbour.id] : [poison.id]);
      await leaseRunsOut();
      if (death === 1) {
        // Whoever comes next gives back what was held.
        await db().inboxEvent.update({ where: { id: neighbour.id }, data: { nextAttemptAt: new Date() } });
        await dueNow(poison.id);
        await db().$queryRaw`SELECT id FROM claim_inbox_events(0, 60, 'epoch', 8, ${MOST_POSTING}::int)`;
        await db().inboxEvent.update({ where: { id: poison.id }, data: { nextAttemptAt: LATER } });
        await drain();
        expect(await available()).toBe(before + 10_000n);
      } else await db().$queryRaw`SELECT id FROM claim_inbox_events(0, 60, 'epoch', 8, ${MOST_POSTING}::int)`;
    }
    expect(await eventRow(poison.id)).toMatchObject({
      state: 'dead',
      attempts: 8,
      lastError: 'Its worker died 8 times.',
    });
    await dueNow(poison.id);
    expect(await processEvents()).toBe(0);
    expect(await available()).toBe(before + 10_000n);
    await replayEvent(await someOperator(), { eventId: poison.id });
    await deliver(depositTo(wallet));
    expect(await processEvents(), 'still suspect after a replay').toBe(1);
    await drain();
    expect(await available()).toBe(before + 30_000n);
  });

  it('and only seemed dead can’t write its answer: not to the books, not of the event', async () => {
    const before = await available();
    const event = depositTo(wallet);
    await deliver(event);
    const held = [await eventRow(event.id)];
    const [claimed] = await db().$queryRaw<
      { claim: bigint }[]
    >`SELECT claim FROM claim_inbox_events(10, 60, 'epoch', 8, ${MOST_POSTING}::int)`;
    const id = claimed?.claim ?? 0n;
    await leaseRunsOut();
    await db().$queryRaw`SELECT id FROM claim_inbox_events(10, 60, 'epoch', 8, ${MOST_POSTING}::int)`;
    for (const ends of [true, false])
      await expect(handleEvents(db(), held, { id, ends })).rejects.toThrow(LeaseLost);
    expect(await available()).toBe(before);
    expect(await eventRow(event.id)).toMatchObject({ state: 'retrying', attempts: 1 });
    await leaseRunsOut();
    await db().$queryRaw`SELECT id FROM claim_inbox_events(0, 60, 'epoch', 8, ${MOST_POSTING}::int)`;
    await dueNow(event.id);
    await drain();
    expect(await available()).toBe(before + 10_000n);
  });

  it('and only seemed dead posts nothing more when it goes on', async () => {
    const before = await available();
    const event = depositTo(wallet);
    await deliver(event);
    const held = [await eventRow(event.id)];
    await dieHolding(10);
    await leaseRunsOut();
    await drain();
    await Promise.all([0, 1].map(() => retried(() => handleEvents(db(), held))));
    expect(await available()).toBe(before + 10_000n);
    expect(await db().ledgerTransaction.count({ where: { transferId: event.data.id } })).toBe(1);
    expect(await eventRow(event.id)).toMatchObject({ state: 'processed', lastError: null });
  });
});

describe('events of one transfer', () => {
  const told = (status: string, secondsAgo: number, of = depositTo(wallet).data) =>
    fintocEvent({ ...of, status }, { at: new Date(Date.now() - secondsAgo * 1_000) });
  const spoil = (event: ReturnType<typeof told>) => ({ ...event, data: { ...event.data, amount: 'a lot' } });
  const mend = (event: ReturnType<typeof told>) =>
    tamper('UPDATE inbox_events SET body = $2 WHERE id = $1', [event.id, JSON.stringify(event)]);

  it('wait while an earlier one is to be tried again, and others don’t', async () => {
    const first = told('succeeded', 20);
    const second = told('returned', 10, first.data);
    const other = depositTo(wallet);
    await deliver(spoil(first));
    await drain();
    await deliver(second);
    await deliver(other);
    await drain();
    expect(await eventRow(first.id)).toMatchObject({ state: 'retrying' });
    expect(await eventRow(second.id)).toMatchObject({ state: 'received', attempts: 0 });
    expect(await eventRow(other.id)).toMatchObject({ state: 'processed' });
    await mend(first);
    await dueNow(first.id);
    expect(await processEvents()).toBe(1);
    expect(await processEvents()).toBe(1);
    const posted = await db().ledgerTransaction.findMany({
      where: { transferId: first.data.id },
      orderBy: { id: 'asc' },
    });
    expect(posted.map(({ eventId }) => eventId)).toEqual([first.id, second.id]);
  });

  it('wait also when they came in the same batch as the one that failed', async () => {
    const first = told('succeeded', 20);
    const second = told('returned', 10, first.data);
    await deliver(spoil(first));
    await deliver(second);
    await drain();
    expect(await eventRow(first.id)).toMatchObject({ state: 'retrying' });
    expect(await eventRow(second.id)).toMatchObject({ state: 'received', attempts: 0 });
    await mend(first);
    await dueNow(first.id);
    await drain();
    expect(await eventRow(second.id)).toMatchObject({ state: 'processed' });
  });

  it('go on once the earlier one is dead', async () => {
    const first = told('succeeded', 20);
    const second = told('returned', 10, first.data);
    await deliver(spoil(first));
    await drain();
    await deliver(second);
    await db().inboxEvent.update({ where: { id: first.id }, data: { attempts: 7 } });
    await dueNow(first.id);
    await drain();
    expect(await eventRow(first.id)).toMatchObject({ state: 'dead' });
    expect(await eventRow(second.id)).toMatchObject({ state: 'processed' });
  });

  it('don’t wait for a later one that is to be tried again', async () => {
    const first = told('succeeded', 20);
    const second = told('returned', 10, first.data);
    await deliver(spoil(second));
    await drain();
    await deliver(first);
    await drain();
    expect(await eventRow(first.id)).toMatchObject({ state: 'processed' });
    await mend(second);
    await dueNow(second.id);
    await drain();
  });
});
