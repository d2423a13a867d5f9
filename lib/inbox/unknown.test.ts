import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { processEvents } from '~/lib/inbox/process';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { deliver, drain, fintocEvent, fintocTransfer, told, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import { type OpenWallet, someWallet } from '~/lib/testing/factories';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();

let wallet: OpenWallet;

beforeAll(async () => {
  wallet = await someWallet();
});

afterEach(expectSoundBooks);

const facts = () => ({ accountId: wallet.accountId, numberId: wallet.numberId, number: wallet.number });
const available = async () => (await moneyOf(wallet)).available;
const eventRow = (id: string) => db().inboxEvent.findUniqueOrThrow({ where: { id } });

const thing = (type: string): { status?: string } =>
  Object.assign({ id: `obj_${type}`, object: 'thing', nested: { odd: ['ñ', null] } });

describe('events that we have no use for', () => {
  it.each([
    'account.refresh_intent.succeeded',
    'link.credentials_changed',
    'charge.succeeded',
    'checkout_session.finished',
    'payment_intent.pending',
    'payout.created',
    'refund.in_progress',
    'subscription.activated',
    'invoice.voided',
    'transfer_batch.in_progress',
    'spaceship.landed',
  ])('%s is kept word for word, marked as without action, and never tried again', async (type) => {
    const event = {
      ...fintocEvent(thing(type)),
      type,
    };
    const body = JSON.stringify(event);
    expect(await deliver(body)).toBe(200);
    await drain();
    expect(await eventRow(event.id)).toMatchObject({
      state: 'unhandled',
      body,
      objectId: `obj_${type}`,
      lastError: null,
    });
    expect(await processEvents()).toBe(0);
  });
});

describe('fields and spellings that we don’t know', () => {
  it('stay in the event, and keep no money from being booked', async () => {
    const before = await available();
    const data = { ...fintocTransfer(facts()), settlement_rail: 'spei-2', counterparty_risk: { score: 7 } };
    const event = { ...fintocEvent(data), api_version: '2027-01-01', delivery_attempt: 3 };
    await deliver(event);
    await drain();
    expect(await available()).toBe(before + 10_000n);
    expect(JSON.parse((await eventRow(event.id)).body)).toEqual(event);
  });

  it('older names of events mean the same: inbound.transfer.return_failed gives the money back', async () => {
    const before = await available();
    const { id, data } = await told({ ...facts(), amount: 4_000 });
    await told(
      { ...facts(), id, amount: 4_000, status: 'return_pending' },
      { type: 'inbound.transfer.return_pending' },
    );
    expect(await available()).toBe(before);
    const failed = fintocEvent({ ...data, status: 'succeeded' }, { type: 'inbound.transfer.return_failed' });
    await deliver(failed);
    await drain();
    expect(await available()).toBe(before + 4_000n);
    expect(await eventRow(failed.id)).toMatchObject({
      type: 'inbound.transfer.return_failed',
      state: 'processed',
    });
  });

  it('a currency in small letters, and a type that contradicts the status: the status decides', async () => {
    const before = await available();
    const { id } = await told(
      { ...facts(), amount: 500, currency: 'mxn' },
      { type: 'transfer.inbound.returned' },
    );
    expect(await available()).toBe(before + 500n);
    expect(await db().transfer.findUnique({ where: { id } })).toMatchObject({
      asset: 'MXN',
      state: 'succeeded',
    });
  });

  it('a status that nobody has heard of moves nothing and is kept', async () => {
    const before = await available();
    const { event, id } = await told({ ...facts(), status: 'held_for_review' });
    expect(await available()).toBe(before);
    expect(event).toMatchObject({ state: 'processed' });
    expect(await db().transfer.findUnique({ where: { id } })).toMatchObject({
      status: 'held_for_review',
      state: 'seen',
    });
    await told({ ...facts(), id });
    expect(await available()).toBe(before + 10_000n);
  });
});

describe('a poison event', () => {
  it('keeps no other transfer waiting, and the later news of its own only until it is dead', async () => {
    const before = await available();
    const { id, ...rest } = fintocTransfer({ ...facts(), amount: 900 });
    const poison = fintocEvent({ ...rest, id, amount: 'a lot' });
    await deliver(poison);
    const others = Array.from({ length: 30 }, () => fintocEvent(fintocTransfer({ ...facts(), amount: 10 })));
    for (const event of others) await deliver(event);
    await drain();
    expect(await available()).toBe(before + 300n);
    const poisoned = await eventRow(poison.id);
    expect(poisoned).toMatchObject({ state: 'retrying', attempts: 1 });
    expect(poisoned.lastError).toContain('amount');
    expect(poisoned.nextAttemptAt.getTime()).toBeGreaterThan(Date.now());
    await deliver(fintocEvent({ ...rest, id }));
    await drain();
    expect(await available(), 'its own news wait while it may still go through').toBe(before + 300n);
    await db().inboxEvent.update({
      where: { id: poison.id },
      data: { attempts: 7, nextAttemptAt: new Date(Date.now() - 1_000) },
    });
    await drain();
    expect(await eventRow(poison.id)).toMatchObject({ state: 'dead' });
    expect(await available()).toBe(before + 1_200n);
    expect(await db().inboxEvent.count({ where: { state: 'received' } })).toBe(0);
  });
});
