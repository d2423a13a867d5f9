import { WebhookSignature } from 'fintoc';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventually, type Json, startTestSandbox, type TestSandbox } from '~/sandbox/testing/harness';
import { type Receiver, startReceiver } from '~/sandbox/testing/receiver';

/** Long enough for a busy machine to answer: what is not is delivered again, and counted twice. */
const DELIVERY_TIMEOUT_MS = 1_000;

let sandbox: TestSandbox;
let receiver: Receiver;
let root: Json;
let secret: string;

beforeAll(async () => {
  sandbox = await startTestSandbox({ deliveryTimeoutMs: DELIVERY_TIMEOUT_MS });
});
afterAll(() => sandbox.stop());

beforeEach(async () => {
  await sandbox.control('POST', '/reset', {});
  root = await sandbox.rootAccount();
  receiver = await startReceiver();
  secret = (await addEndpoint({ url: receiver.url })).secret;
});
afterEach(() => receiver.stop());

async function addEndpoint(body: Json): Promise<Json> {
  return (await sandbox.api('POST', '/v1/webhook_endpoints', { body })).body;
}

const deposit = (count = 1, amount = 100) =>
  sandbox.control('POST', '/inbound-transfers', {
    account_number_id: root.root_account_number_id,
    amount,
    count,
  });
const arrived = (count: number) => eventually(() => receiver.received.length >= count);
/** Until nothing more is to come by itself. */
const quiet = () =>
  eventually(async () => {
    const { body } = await sandbox.control('GET', '/waiting');
    return body.transfers + body.deliveries === 0;
  });
const deliveries = async (query = '') => (await sandbox.control('GET', `/deliveries?${query}`)).body;

test('an event is delivered once, signed, and with the object as the API gives it', async () => {
  await deposit();
  await arrived(1);
  await quiet();
  expect(receiver.received).toHaveLength(1);
  const [{ body, signature, event }] = receiver.received as [(typeof receiver.received)[number]];
  expect(() => WebhookSignature.verifyHeader(body, signature, secret)).not.toThrow();
  expect(event).toMatchObject({ object: 'event', type: 'transfer.inbound.succeeded', mode: 'test' });
  expect(event.id).toMatch(/^evt_/);
  expect(event.data).toEqual((await sandbox.api('GET', `/v2/transfers/${event.data.id}`)).body);
});

test('events that were accepted are listed once each, those that were not are not', async () => {
  receiver.answers.push(...Array(30).fill(500));
  await deposit(2);
  await arrived(2);
  expect((await sandbox.control('GET', '/events/accepted')).body).toEqual({
    accepted: [],
    next: null,
  });
  expect((await sandbox.control('GET', '/waiting')).body).toEqual({ transfers: 0, deliveries: 2 });
  receiver.answers.length = 0;
  const accepted = await eventually(async () => {
    const { body } = await sandbox.control('GET', '/events/accepted');
    return body.accepted.length === 2 && body.accepted;
  });
  expect(accepted[0].at).toHaveLength(1);
  await sandbox.control('POST', `/events/${accepted[0].id}/redeliver`, { times: 3 });
  await quiet();
  const { body } = await sandbox.control('GET', '/events/accepted');
  expect(body.accepted).toMatchObject([{ id: accepted[0].id, at: { length: 4 } }, accepted[1]]);
  expect((await sandbox.control('GET', '/state')).body.events_accepted).toBe(2);
});

test('what is refused, or not answered in time, is sent again later and later, with the same body', async () => {
  receiver.answers.push(500, 'hang', 302);
  await deposit();
  await arrived(4);
  await quiet();
  const bodies = new Set(receiver.received.map(({ body }) => body));
  expect(receiver.received).toHaveLength(4);
  expect(bodies.size).toBe(1);
  const [first, second, third, fourth] = receiver.received.map(({ at }) => at) as [
    number,
    number,
    number,
    number,
  ];
  expect(second - first).toBeGreaterThanOrEqual(19);
  expect(third - second).toBeGreaterThanOrEqual(DELIVERY_TIMEOUT_MS + 39);
  expect(fourth - third).toBeGreaterThanOrEqual(79);
  expect(await deliveries()).toMatchObject([{ status: 'succeeded', attempts: 4, response_status: 200 }]);
});

test('after seventeen retries it is given up', async () => {
  await receiver.stop();
  await deposit();
  await eventually(async () => {
    await sandbox.control('POST', '/time/advance', { seconds: 86_400 });
    return (await deliveries('status=failed')).length === 1;
  });
  expect((await deliveries())[0]).toMatchObject({
    attempts: 18,
    error: expect.stringContaining('ECONNREFUSED'),
  });
  receiver = await startReceiver();
});

test('each endpoint gets the types that it subscribed to, and nothing while disabled', async () => {
  const others = await Promise.all([startReceiver(), startReceiver(), startReceiver()]);
  const [outbound, everything, disabled] = others as [Receiver, Receiver, Receiver];
  await addEndpoint({ url: outbound.url, enabled_events: ['transfer.outbound.succeeded'] });
  await addEndpoint({ url: everything.url, enabled_events: ['*'] });
  const { id } = await addEndpoint({ url: disabled.url });
  await sandbox.api('PATCH', `/v1/webhook_endpoints/${id}`, { body: { disabled: true } });
  await deposit();
  await arrived(1);
  await eventually(() => everything.received.length === 1);
  await quiet();
  expect([outbound.received.length, disabled.received.length]).toEqual([0, 0]);
  await Promise.all(others.map((other) => other.stop()));
});

test('a test event goes to one endpoint alone', async () => {
  const other = await startReceiver();
  const { id } = await addEndpoint({ url: other.url });
  await sandbox.api('POST', `/v1/webhook_endpoints/${id}/test`, {
    body: { type: 'transfer.outbound.failed' },
  });
  await eventually(() => other.received.length === 1);
  await quiet();
  expect(other.received[0]?.event.type).toBe('transfer.outbound.failed');
  expect(receiver.received).toHaveLength(0);
  await other.stop();
});

test('a restart loses none, in flight or waiting', async () => {
  receiver.answers.push(...Array(20).fill('hang'), ...Array(20).fill(503));
  await deposit(30);
  await arrived(5);
  await sandbox.restart();
  await eventually(async () => (await deliveries('status=succeeded')).length === 30);
  expect(new Set(receiver.received.map(({ event }) => event.id)).size).toBe(30);
});

describe('rules for the next deliveries', () => {
  const rule = (body: Json) => sandbox.control('POST', '/delivery-rules', body);

  test('copies deliver one event several times', async () => {
    await rule({ copies: 5 });
    await deposit(2);
    await arrived(6);
    await quiet();
    expect(receiver.received).toHaveLength(6);
    expect(new Set(receiver.received.map(({ event }) => event.id)).size).toBe(2);
  });

  test('drop delivers none, and it is known that none was', async () => {
    await rule({ drop: true, type: 'transfer.inbound.succeeded' });
    await deposit(2);
    await arrived(1);
    await quiet();
    expect(receiver.received).toHaveLength(1);
    expect(await deliveries('status=dropped')).toHaveLength(1);
  });

  test('delay delivers later', async () => {
    await rule({ delay_ms: 250 });
    const asked = performance.now();
    await deposit();
    await arrived(1);
    expect((receiver.received[0]?.at ?? 0) - asked).toBeGreaterThanOrEqual(240);
  });

  test('reorder delivers last first, and what it holds goes out when the rule is cleared', async () => {
    await rule({ reorder: true, count: 3 });
    for (const amount of [1, 2, 3]) await deposit(1, amount);
    await arrived(3);
    expect(receiver.received.map(({ event }) => event.data.amount)).toEqual([3, 2, 1]);

    await rule({ reorder: true, count: 2 });
    await deposit(1, 4);
    await quiet();
    expect(receiver.received).toHaveLength(3);
    await sandbox.control('DELETE', '/delivery-rules');
    await arrived(4);
  });

  test('an event is delivered again as often as asked, at once', async () => {
    await deposit();
    await arrived(1);
    const id = receiver.received[0]?.event.id;
    expect((await sandbox.control('POST', `/events/${id}/redeliver`, { times: 10 })).status).toBe(202);
    await arrived(11);
    expect(new Set(receiver.received.map(({ event }) => event.id)).size).toBe(1);
    expect((await sandbox.control('POST', '/events/evt_none/redeliver', {})).status).toBe(404);
  });
});

test('several hundred events are settled and delivered in about a second', async () => {
  const started = performance.now();
  await deposit(600);
  // On a busy machine some answers take longer than this test's deadline, and those events come twice.
  await eventually(() => new Set(receiver.received.map(({ event }) => event.id)).size === 600);
  expect(performance.now() - started).toBeLessThan(6_000);
});
