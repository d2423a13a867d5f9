import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { db, retried } from '~/lib/db';
import { balanceOf, expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { deliver, drain, fintocEvent, fintocTransfer, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import { type OpenWallet, someOperator, someWallet } from '~/lib/testing/factories';
import { handleEvents } from '~/lib/webhooks/handlers';
import { processEvents } from '~/lib/webhooks/process';
import { replayEvent } from '~/lib/webhooks/replay';

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
const eventRow = (id: string) => db().webhookEvent.findUniqueOrThrow({ where: { id } });
const available = async (of = wallet) => (await moneyOf(of)).available;
const LATER = new Date(Date.now() + 600_000);
const dueNow = (id: string) =>
  db().webhookEvent.update({ where: { id }, data: { nextAttemptAt: new Date(Date.now() - 1_000) } });

describe('the inbox', () => {
  it('credits a deposit to the wallet of its CLABE, once, with the event that told of it', async () => {
    const before = await available();
    const event = depositTo(wallet);
    await deliver(event);
    await drain();
    expect(await available()).toBe(before + 10_000n);
    expect(await eventRow(event.id)).toMatchObject({ state: 'processed', lastError: null });
    const [posted, ...more] = await db().ledgerTransaction.findMany({ where: { transferId: event.data.id } });
    expect(more).toEqual([]);
    expect(posted).toMatchObject({
      source: `fintoc:transfer:${event.data.id}:credit`,
      eventId: event.id,
      kind: 'deposit',
    });
    expect(posted?.effectiveAt.toISOString()).toBe(new Date(event.data.transaction_date).toISOString());
  });

  it('keeps the texts of a transfer as Fintoc wrote them', async () => {
    const event = depositTo(wallet);
    await deliver(event);
    await drain();
    expect(await db().transfer.findUnique({ where: { id: event.data.id } })).toMatchObject({
      comment: 'Factura 10451',
      referenceId: '150195',
      counterpartyName: 'Ana 2',
      trackingKey: event.data.tracking_key,
    });
  });

  it('posts 50 deliveries of one event once, with four workers at it', async () => {
    const before = await available();
    const event = depositTo(wallet, { amount: 777 });
    await Promise.all([
      ...Array.from({ length: 50 }, () => deliver(event)),
      drain(),
      drain(),
      drain(),
      drain(),
    ]);
    await drain();
    expect(await available()).toBe(before + 777n);
    expect((await eventRow(event.id)).duplicates).toBe(49);
  });

  it('posts one transfer told by 30 events of different ids once', async () => {
    const before = await available();
    const { data } = depositTo(wallet, { amount: 333 });
    await Promise.all(Array.from({ length: 30 }, () => deliver(fintocEvent(data))));
    await Promise.all([drain(), drain(), drain()]);
    expect(await available()).toBe(before + 333n);
  });

  it('comes out even when 20 deposits and their returns arrive last first, among their neighbours', async () => {
    const before = await available();
    const events = Array.from({ length: 20 }, (_, nth) => {
      const credited = depositTo(wallet, { amount: 100 + nth });
      return nth % 2 === 0 ? [credited] : [fintocEvent({ ...credited.data, status: 'returned' }), credited];
    });
    await Promise.all(
      events
        .reverse()
        .flat()
        .map((event) => deliver(event)),
    );
    await Promise.all([drain(), drain(), drain()]);
    const kept = [100, 102, 104, 106, 108, 110, 112, 114, 116, 118].reduce((sum, amount) => sum + amount);
    expect(await available()).toBe(before + BigInt(kept));
  });

  it('books a transfer whose text Postgres cannot hold', async () => {
    const before = await available();
    const event = depositTo(wallet);
    const hostile = {
      ...event,
      data: { ...event.data, comment: 'nul \u0000 half \ud83d end', counterparty: { holder_name: '\u0000' } },
    };
    await deliver(hostile);
    await drain();
    expect(await eventRow(event.id)).toMatchObject({ state: 'processed' });
    expect(await available()).toBe(before + 10_000n);
    expect((await db().transfer.findUnique({ where: { id: event.data.id } }))?.comment).toBe(
      'nul  half \ufffd end',
    );
  });
});

describe('an event that fails', () => {
  const broken = () => {
    const event = depositTo(wallet);
    return { ...event, data: { ...event.data, amount: 'a lot' } };
  };

  it('is set aside and does not keep the others of its batch waiting', async () => {
    const before = await available();
    const [good, bad, alsoGood] = [depositTo(wallet), broken(), depositTo(wallet)];
    for (const event of [good, bad, alsoGood]) await deliver(event);
    await processEvents();
    expect(await available()).toBe(before + 20_000n);
    expect(await eventRow(bad.id)).toMatchObject({ state: 'retrying', attempts: 1 });
  });

  it('is tried again later and later, then goes to the dead letters with its reason', async () => {
    const event = broken();
    await deliver(event);
    let delayMs = 0;
    for (let attempt = 1; attempt <= 7; attempt += 1) {
      const at = Date.now();
      await drain();
      const row = await eventRow(event.id);
      expect(row).toMatchObject({ state: 'retrying', attempts: attempt });
      expect(row.nextAttemptAt.getTime() - at).toBeGreaterThan(delayMs);
      delayMs = 1_000 * 2 ** attempt;
      await dueNow(event.id);
    }
    await drain();
    const dead = await eventRow(event.id);
    expect(dead).toMatchObject({ state: 'dead', attempts: 8 });
    expect(dead.lastError).toContain('amount');
    await dueNow(event.id);
    await drain();
    expect((await eventRow(event.id)).attempts).toBe(8);
  });

  it('is posted after a replay, once what was wrong is right', async () => {
    const before = await available();
    const operator = await someOperator();
    const event = broken();
    await deliver(event);
    await db().webhookEvent.update({ where: { id: event.id }, data: { state: 'dead', attempts: 8 } });
    const body = JSON.stringify({ ...event, data: { ...event.data, amount: 55 } });
    await db().webhookEvent.update({ where: { id: event.id }, data: { body } });
    await replayEvent(operator, { eventId: event.id });
    await drain();
    expect(await eventRow(event.id)).toMatchObject({ state: 'processed', lastError: null });
    expect(await available()).toBe(before + 55n);
  });
});

describe('events of one transfer', () => {
  const told = (status: string, secondsAgo: number, of = depositTo(wallet).data) =>
    fintocEvent({ ...of, status }, { at: new Date(Date.now() - secondsAgo * 1_000) });
  const spoil = (event: ReturnType<typeof told>) => ({ ...event, data: { ...event.data, amount: 'a lot' } });
  const mend = (event: ReturnType<typeof told>) =>
    db().webhookEvent.update({ where: { id: event.id }, data: { body: JSON.stringify(event) } });

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
    await db().webhookEvent.update({ where: { id: first.id }, data: { attempts: 7 } });
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

describe('a replay', () => {
  it('of an event that was posted posts nothing, however often', async () => {
    const operator = await someOperator();
    const event = depositTo(wallet);
    await deliver(event);
    await drain();
    const before = await available();
    const transactions = await db().ledgerTransaction.count();
    for (let time = 0; time < 3; time += 1) {
      await replayEvent(operator, { eventId: event.id });
      await drain();
    }
    expect(await available()).toBe(before);
    expect(await db().ledgerTransaction.count()).toBe(transactions);
    expect(await db().auditEntry.count({ where: { action: 'event.replayed', subjectId: event.id } })).toBe(3);
  });

  it('of an event that is under way is refused', async () => {
    const operator = await someOperator();
    const event = depositTo(wallet);
    await deliver(event);
    await expect(replayEvent(operator, { eventId: event.id })).rejects.toMatchObject({ code: 'conflict' });
    await drain();
  });

  it('is not for an auditor', async () => {
    const auditor = await someOperator('auditor');
    await expect(replayEvent(auditor, { eventId: 'evt' })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a worker that is killed', () => {
  const dieHolding = (limit: number) =>
    db().$queryRaw`SELECT id FROM claim_events(${limit}::int, 60, 'epoch', 8)`;
  const leaseRunsOut = () => db().eventClaim.updateMany({ data: { leaseUntil: new Date(Date.now() - 1) } });

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
    expect(await db().eventClaim.count()).toBe(0);
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
        SELECT id FROM claim_events(10, 60, 'epoch', 8)`;
      expect(held.map(({ id }) => id)).toEqual(death === 1 ? [poison.id, neighbour.id] : [poison.id]);
      await leaseRunsOut();
      if (death === 1) {
        // Whoever comes next gives back what was held.
        await db().webhookEvent.update({ where: { id: neighbour.id }, data: { nextAttemptAt: new Date() } });
        await dueNow(poison.id);
        await db().$queryRaw`SELECT id FROM claim_events(0, 60, 'epoch', 8)`;
        await db().webhookEvent.update({ where: { id: poison.id }, data: { nextAttemptAt: LATER } });
        await drain();
        expect(await available()).toBe(before + 10_000n);
      } else await db().$queryRaw`SELECT id FROM claim_events(0, 60, 'epoch', 8)`;
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
