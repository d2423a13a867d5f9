import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { processEvents } from '~/lib/inbox/process';
import { replayEvent } from '~/lib/inbox/replay';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
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
const dueNow = (id: string) =>
  db().inboxEvent.update({ where: { id }, data: { nextAttemptAt: new Date(Date.now() - 1_000) } });

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
      ...{ causeKind: 'transfer', causeId: event.data.id, step: 'credit', round: 0 },
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
      'nul half \ufffd end',
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
    await db().inboxEvent.update({ where: { id: event.id }, data: { state: 'dead', attempts: 8 } });
    const body = JSON.stringify({ ...event, data: { ...event.data, amount: 55 } });
    await tamper('UPDATE inbox_events SET body = $2 WHERE id = $1', [event.id, body]);
    await replayEvent(operator, { eventId: event.id });
    await drain();
    expect(await eventRow(event.id)).toMatchObject({ state: 'processed', lastError: null });
    expect(await available()).toBe(before + 55n);
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
    expect(
      await db().auditEntry.count({ where: { action: 'inbox_event.replayed', subjectId: event.id } }),
    ).toBe(3);
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
