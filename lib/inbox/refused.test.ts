import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { db } from '~/lib/db';
import { receiveDelivery } from '~/lib/inbox/receive';
import { KEPT_PER_REASON, keepRefusal } from '~/lib/inbox/refused';
import { createWebhookSignature } from '~/lib/rails/fintoc/signature';
import { mainRail } from '~/lib/rails/registry';
import { seal } from '~/lib/secrets';
import { withTestDatabase } from '~/lib/testing/database';
import { deliver, fintocEvent, fintocTransfer, WEBHOOK_SECRET } from '~/lib/testing/deliveries';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();

let round = 0;

beforeEach(() => {
  // The bound is on time, so each test starts with as much as it may keep.
  round += 1;
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 * round });
});

afterEach(async () => {
  vi.useRealTimers();
  await db().refusedDelivery.deleteMany();
});

const someEvent = () => fintocEvent(fintocTransfer({ accountId: 'acc_1' }));
const kept = () => db().refusedDelivery.findMany({ orderBy: { id: 'asc' } });
const passSeconds = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1_000);

function send(body: string, signature: string | null): Promise<{ status: number }> {
  const headers = { 'user-agent': 'Fintoc/1', 'x-forwarded-for': '203.0.113.9', cookie: 'private' };
  return receiveDelivery(
    new Headers(signature === null ? headers : { ...headers, 'fintoc-signature': signature }),
    body,
  );
}

describe('a refused delivery', () => {
  const stale = (body: string) => createWebhookSignature(body, WEBHOOK_SECRET, Date.now() / 1_000 - 360);
  it.each([
    ['no_signature', () => null],
    ['malformed_signature', () => 'v1=00'],
    ['stale_signature', (body: string) => stale(body).replace(/t=(\d+)\.\d+/, 't=$1')],
    ['wrong_secret', (body: string) => createWebhookSignature(body, 'whsec_wrong')],
  ])('is kept apart from events with the reason %s, its headers and its body', async (reason, sign) => {
    const body = JSON.stringify(someEvent());
    expect(await send(body, sign(body))).toEqual({ status: 401 });
    const [row, ...more] = await kept();
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      reason,
      body,
      bodyBytes: body.length,
      secrets: ['environment'],
      unkept: 0,
      headers: { 'user-agent': 'Fintoc/1', 'x-forwarded-for': '203.0.113.9' },
    });
    expect(JSON.stringify(row?.headers)).not.toContain('private');
    expect(await db().inboxEvent.count()).toBe(0);
  });

  it('that is signed by Fintoc and yet is no event is kept with whose secret fits', async () => {
    expect(await deliver('{"hello": "world"}')).toBe(400);
    expect(await kept()).toMatchObject([{ reason: 'not_an_event', secrets: ['environment'] }]);
  });

  it('that fits a secret which is not good any more says which', async () => {
    const endpoint = (id: string, retiredAt: Date | null) =>
      db().inboxEndpoint.create({
        data: { id, url: 'https://a.test', encryptedSecret: seal(`whsec_${id}`), retiredAt },
      });
    await endpoint('we_old', new Date());
    await endpoint('we_new', null);
    passSeconds(10);
    const body = JSON.stringify(someEvent());
    expect(await send(body, createWebhookSignature(body, 'whsec_we_old'))).toEqual({ status: 401 });
    expect(await kept()).toMatchObject([{ reason: 'retired_secret', secrets: ['we_old'] }]);
    expect(await send(body, createWebhookSignature(body, 'whsec_we_new'))).toEqual({ status: 200 });
    await db().inboxEndpoint.deleteMany();
  });

  it('is taken all the same when its secret was registered a moment ago', async () => {
    await deliver(someEvent());
    await db().inboxEndpoint.create({
      data: { id: 'we_just', url: 'https://a.test', encryptedSecret: seal('whsec_just') },
    });
    passSeconds(2);
    const event = someEvent();
    expect(await deliver(event, 'whsec_just')).toBe(200);
    expect(await db().inboxEvent.findUnique({ where: { id: event.id } })).toMatchObject({
      verifiedBy: 'we_just',
    });
    await db().inboxEndpoint.deleteMany();
  });

  it('is kept short, and without what Postgres can’t hold', async () => {
    await send(`\0${'x'.repeat(900_000)}`, `t=1,v1=${'f'.repeat(50_000)}`);
    const [row] = await kept();
    expect(row?.body).toHaveLength(3_999);
    expect(row?.bodyBytes).toBe(900_001);
    expect(JSON.stringify(row?.headers).length).toBeLessThan(1_000);
  });
});

describe('a flood of them', () => {
  it('leaves ten rows and one more per second, and says how many it left out', async () => {
    for (let nth = 0; nth < 100; nth += 1) expect(await send('{}', null)).toEqual({ status: 401 });
    expect(await kept()).toHaveLength(10);
    passSeconds(1);
    await send('{}', null);
    const rows = await kept();
    expect(rows).toHaveLength(11);
    expect(rows.at(-1)).toMatchObject({ unkept: 90 });
  });

  it('of one reason washes out none of another, and never leaves more than a set number', async () => {
    const body = JSON.stringify(someEvent());
    await send(body, createWebhookSignature(body, 'whsec_wrong'));
    await db().refusedDelivery.createMany({
      data: Array.from({ length: KEPT_PER_REASON + 50 }, (_, nth) => ({
        reason: 'no_signature',
        secrets: [],
        headers: {},
        body: String(nth),
        bodyBytes: 1,
      })),
    });
    const reason = 'no_signature';
    await keepRefusal({ rail: mainRail(), reason, secrets: [], headers: new Headers(), body: 'newest' });
    const rows = await kept();
    expect(rows.filter(({ reason }) => reason === 'no_signature')).toHaveLength(KEPT_PER_REASON);
    expect(rows.at(-1)?.body).toBe('newest');
    expect(rows.filter(({ reason }) => reason === 'wrong_secret')).toHaveLength(1);
  });
});
