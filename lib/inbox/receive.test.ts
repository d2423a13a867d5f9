import { describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { receiveDelivery } from '~/lib/inbox/receive';
import { createWebhookSignature } from '~/lib/rails/fintoc/signature';
import { withTestDatabase } from '~/lib/testing/database';
import { deliver, fintocEvent, fintocTransfer, WEBHOOK_SECRET } from '~/lib/testing/deliveries';

process.env.FINTOC_WEBHOOK_SECRET = `${WEBHOOK_SECRET}, whsec_before`;
withTestDatabase();

const someEvent = () => fintocEvent(fintocTransfer({ accountId: 'acc_1' }));
const stored = (id: string) => db().inboxEvent.findUnique({ where: { id } });

function send(body: string, signature: string | null): Promise<number> {
  const headers = new Headers(signature === null ? {} : { 'fintoc-signature': signature });
  return receiveDelivery(headers, body).then(({ status }) => status);
}

describe('a delivery', () => {
  it('is stored word for word before it is answered with 200', async () => {
    const event = someEvent();
    // Spaces, an escaped letter and a name that JSON.stringify would write otherwise.
    const body = `  ${JSON.stringify(event, null, 3).replace('Factura', '\\u0046actura')}\n`;
    expect(await deliver(body)).toBe(200);
    expect(await stored(event.id)).toMatchObject({
      body,
      type: 'transfer.inbound.succeeded',
      objectId: event.data.id,
      state: 'received',
      duplicates: 0,
    });
  });

  it('is due the moment it is stored: a worker that looks right then takes it', async () => {
    for (let round = 0; round < 400; round += 1) {
      const event = someEvent();
      await deliver(event);
      const [row] = await db().$queryRaw<{ due: boolean }[]>`
        SELECT next_attempt_at <= received_at AND next_attempt_at <= now() AS due FROM inbox_events WHERE id = ${event.id}`;
      expect(row).toEqual({ due: true });
    }
  });

  it('is stored with whose secret its signature fits', async () => {
    const event = someEvent();
    await deliver(event);
    expect(await stored(event.id)).toMatchObject({
      verifiedBy: 'environment',
      late: false,
      outOfOrder: false,
    });
  });

  it('is stored with the headers that it came with, but for those that let somebody in', async () => {
    const event = someEvent();
    const body = JSON.stringify(event);
    const signature = createWebhookSignature(body, WEBHOOK_SECRET);
    const headers = new Headers({
      'Fintoc-Signature': signature,
      'User-Agent': 'Fintoc/1',
      'CF-Ray': '8f1',
      traceparent: '00-4bf92f',
      Authorization: 'Bearer private',
      'Proxy-Authorization': 'Basic private',
      Cookie: 'session=private',
      'X-Api-Key': 'private',
      'X-Amz-Security-Token': 'private',
    });
    await receiveDelivery(headers, body);
    expect((await stored(event.id))?.headers).toEqual({
      'fintoc-signature': signature,
      'user-agent': 'Fintoc/1',
      'cf-ray': '8f1',
      traceparent: '00-4bf92f',
    });
  });

  it('is stored with no more of its headers than there is room for', async () => {
    const event = someEvent();
    const body = JSON.stringify(event);
    const headers = new Headers({
      'fintoc-signature': createWebhookSignature(body, WEBHOOK_SECRET),
      ...Object.fromEntries(Array.from({ length: 200 }, (_, nth) => [`x-pad-${nth}`, 'p'.repeat(5_000)])),
    });
    await receiveDelivery(headers, body);
    const kept = (await stored(event.id))?.headers as Record<string, string>;
    expect(kept['fintoc-signature']).toBe(headers.get('fintoc-signature'));
    expect(kept['x-pad-0']).toBe('p'.repeat(1_000));
    expect(JSON.stringify(kept).length).toBeLessThan(13_000);
  });

  it('that comes more than a minute after what it tells of is marked late', async () => {
    const data = fintocTransfer({ accountId: 'acc_1' });
    const [late, onTime] = [61, 58].map((seconds) =>
      fintocEvent(data, { at: new Date(Date.now() - seconds * 1_000) }),
    );
    for (const event of [late, onTime]) await deliver(event ?? '');
    expect(await stored(late?.id ?? '')).toMatchObject({ late: true });
    expect(await stored(onTime?.id ?? '')).toMatchObject({ late: false });
  });

  it('that comes after a later one of its object was processed is marked out of order', async () => {
    const data = fintocTransfer({ accountId: 'acc_1' });
    const earlier = new Date(Date.now() - 5_000);
    const later = fintocEvent({ ...data, status: 'returned' });
    await deliver(later);
    const waiting = fintocEvent(data, { at: earlier });
    await deliver(waiting);
    expect(await stored(waiting.id), 'both are taken in together, in order').toMatchObject({
      outOfOrder: false,
    });
    await db().inboxEvent.update({ where: { id: later.id }, data: { processedAt: new Date() } });
    const overtaken = fintocEvent(data, { at: earlier });
    await deliver(overtaken);
    expect(await stored(overtaken.id)).toMatchObject({ outOfOrder: true });
    const newest = fintocEvent(data, { at: new Date(Date.now() + 1_000) });
    await deliver(newest);
    expect(await stored(newest.id)).toMatchObject({ outOfOrder: false });
  });

  it('of an event that stands already counts as a duplicate, and changes nothing else', async () => {
    const event = someEvent();
    await Promise.all(Array.from({ length: 50 }, () => deliver(event)));
    expect(await db().inboxEvent.count({ where: { id: event.id } })).toBe(1);
    expect(await stored(event.id)).toMatchObject({ duplicates: 49, state: 'received', attempts: 0 });
  });

  it.each([
    ['no signature', () => null],
    ['an empty signature', () => ''],
    ['another secret', (body: string) => createWebhookSignature(body, 'whsec_wrong')],
    ['a signature over another body', () => createWebhookSignature('{}', WEBHOOK_SECRET)],
    [
      'a signature of six minutes ago',
      (body: string) => createWebhookSignature(body, WEBHOOK_SECRET, now() - 360),
    ],
    [
      'a signature of six minutes ahead',
      (body: string) => createWebhookSignature(body, WEBHOOK_SECRET, now() + 360),
    ],
    ['half a signature', (body: string) => createWebhookSignature(body, WEBHOOK_SECRET).slice(0, -2)],
  ])('with %s is answered with 401 and leaves nothing behind', async (_what, sign) => {
    const event = someEvent();
    const body = JSON.stringify(event);
    expect(await send(body, sign(body))).toBe(401);
    expect(await stored(event.id)).toBeNull();
  });

  it('is refused when one letter of it was changed on the way', async () => {
    const event = someEvent();
    const body = JSON.stringify(event);
    const signature = createWebhookSignature(body, WEBHOOK_SECRET);
    expect(await send(body.replace('10000', '90000'), signature)).toBe(401);
    expect(await stored(event.id)).toBeNull();
  });

  it('may be signed with either of two secrets, so that one is rotated without loss', async () => {
    expect(await deliver(someEvent(), WEBHOOK_SECRET)).toBe(200);
    expect(await deliver(someEvent(), 'whsec_before')).toBe(200);
    expect(await deliver(someEvent(), 'whsec_long_ago')).toBe(401);
  });

  it.each([
    ['not JSON', 'nonsense'],
    ['no object', '"text"'],
    ['an event without an id', JSON.stringify({ ...someEvent(), id: undefined })],
    ['an event without data', JSON.stringify({ ...someEvent(), data: undefined })],
    ['an event of no time', JSON.stringify({ ...someEvent(), created_at: 'soon' })],
  ])('that is signed and yet %s is answered with 400', async (_what, body) => {
    const before = await db().inboxEvent.count();
    expect(await deliver(body)).toBe(400);
    expect(await db().inboxEvent.count()).toBe(before);
  });

  it('of a type nobody knows is kept too', async () => {
    const event = { ...someEvent(), type: 'spaceship.landed', data: { id: 'ship_1' } };
    expect(await deliver(event)).toBe(200);
    expect(await stored(event.id)).toMatchObject({ type: 'spaceship.landed', objectId: 'ship_1' });
  });
});

function now(): number {
  return Math.floor(Date.now() / 1_000);
}
