import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { READ_BY } from '~/lib/api/event-payload';
import { EventMessage } from '~/lib/api/events';
import { publicId } from '~/lib/api/ids';
import { OPERATIONS } from '~/lib/api/operations';
import { db, transaction } from '~/lib/db';
import { emit } from '~/lib/outbox/emit';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, someCustomer, someOperator, someWallet } from '~/lib/testing/factories';
import { queued, type Received, type Receiver, startReceiver } from '~/lib/testing/receiver';
import { tamper } from '~/lib/testing/tampering';
import { freezeWallet, unfreezeWallet } from '~/lib/wallets/status';
import { deliverWebhooks, RULE } from '~/lib/webhooks/deliver';
import { createEndpoint, removeEndpoint, rotateSecret, switchEndpoint } from '~/lib/webhooks/endpoints';
import { countWaiting } from '~/lib/webhooks/fan-out';
import { getDelivery, getEndpoint, listDeliveries } from '~/lib/webhooks/read';
import { resendDelivery, resendSince, sendTest } from '~/lib/webhooks/resend';
import { type ENDPOINT_SCOPES, scopeOf } from '~/lib/webhooks/told';

process.env.WEBHOOK_ALLOWED_NETWORKS = '127.0.0.0/8';
withTestDatabase();

let admin: OperatorActor;
let receiver: Receiver;

beforeAll(async () => {
  admin = await someOperator('admin');
});
beforeEach(async () => {
  receiver = await startReceiver();
  return () => receiver.close();
});
afterAll(() => {
  delete process.env.WEBHOOK_ALLOWED_NETWORKS;
});

/** At once again, so that a test sees the next try. */
const AT_ONCE = { ...RULE, backoff: { firstMs: 0, mostMs: 0 } };

async function told(rule = AT_ONCE): Promise<void> {
  await queued();
  while ((await deliverWebhooks(rule)) > 0);
}

/** An endpoint that nothing from before is queued for. */
async function endpoint(patterns: string[], facts: { scopes?: typeof ENDPOINT_SCOPES } = {}) {
  await queued();
  const made = await createEndpoint(admin, { name: 'Backend', url: receiver.url, patterns, ...facts });
  return { id: made.id, secret: made.secret ?? '' };
}

const off = ({ id }: { id: string }) => switchEndpoint(admin, { endpointId: id, to: 'off' });
const verified = ({ text, headers }: Received, secret: string) =>
  new Webhook(secret).verify(text, headers as Record<string, string>);
const typesSent = () => receiver.received.map(({ json }) => json.type);

describe('what happens', () => {
  it('arrives signed, as the API shows it, and of one wallet in its order', async () => {
    const { id, secret } = await endpoint(['wallet.*', 'balance.changed']);
    const wallet = await someWallet();
    await freezeWallet(admin, { walletId: wallet.id, reason: 'Fraud' });
    await unfreezeWallet(admin, { walletId: wallet.id, reason: 'Cleared' });
    await fundWallet(wallet, 5_000n);
    await told();
    const ofIt = receiver.received.filter(({ json }) => json.wallet_id === publicId('wallet', wallet.id));
    for (const each of ofIt) {
      expect(verified(each, secret)).toEqual(each.json);
      expect(EventMessage.safeParse(each.json).error).toBeUndefined();
      expect(each.headers['webhook-id']).toBe(
        `${each.json.id}_${Date.parse(each.json.timestamp).toString(36)}`,
      );
    }
    const frozen = ofIt.filter(({ json }) => /frozen$/.test(json.type));
    expect(frozen.map(({ json }) => json.type)).toEqual(['wallet.frozen', 'wallet.unfrozen']);
    expect(frozen[1]?.json.resource).toMatchObject({ object: 'wallet', id: publicId('wallet', wallet.id) });
    const balance = ofIt.filter(({ json }) => json.type === 'balance.changed').at(-1);
    expect(balance?.json).toMatchObject({
      subject: { object: 'balance', id: publicId('wallet', wallet.id) },
      data: { asset: 'MXN', available: '5000' },
      resource: { object: 'balance', balances: [{ asset: 'MXN', available: '5000' }] },
    });
    await off({ id });
  });

  it('comes to an endpoint only of the types that it names and the things that it may read', async () => {
    const wide = await endpoint(['customer.created', 'wallet.*']);
    const narrow = await createEndpoint(admin, {
      ...{ name: 'Narrow', url: receiver.url, patterns: ['*'], scopes: ['customers:read'] },
    });
    const wallet = await someWallet();
    await freezeWallet(admin, { walletId: wallet.id, reason: 'Fraud' });
    await told();
    const typesOf = async (endpointId: string) =>
      (await listDeliveries(endpointId, {})).items.map(({ type }) => type.split('.')[0]);
    expect(new Set(await typesOf(wide.id))).toEqual(new Set(['customer', 'wallet']));
    expect(new Set(await typesOf(narrow.id))).toEqual(new Set(['customer']));
    await Promise.all([off(wide), off(narrow)]);
  });

  it('that did not commit is told to nobody', async () => {
    const made = await endpoint(['wallet.*']);
    const wallet = await someWallet();
    const undone = transaction(async (tx) => {
      await emit(tx, admin, [{ type: 'wallet.frozen', subject: 'wallet', id: wallet.id }]);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await told();
    expect(typesSent()).not.toContain('wallet.frozen');
    await off(made);
  });
});

describe('a message that is not taken', () => {
  it('is sent again the same, holds back its own subject alone, and arrives', async () => {
    const wallet = await someWallet();
    const made = await endpoint(['wallet.frozen', 'wallet.unfrozen', 'customer.created']);
    await freezeWallet(admin, { walletId: wallet.id, reason: 'Fraud' });
    await unfreezeWallet(admin, { walletId: wallet.id, reason: 'Cleared' });
    receiver.answers(500);
    await queued();
    await deliverWebhooks({ ...RULE, backoff: { firstMs: 3_600_000, mostMs: 3_600_000 } });
    expect(typesSent()).toEqual(['wallet.frozen']);
    receiver.answers(204);
    await someCustomer();
    await told();
    expect(typesSent().slice(1)).not.toContain('wallet.unfrozen');
    expect(typesSent()).toContain('customer.created');
    await db().webhookDelivery.updateMany({ data: { nextAttemptAt: new Date() } });
    await told();
    const ofWallet = receiver.received.filter(({ json }) => json.subject.object === 'wallet');
    expect(ofWallet.map(({ json }) => json.type)).toEqual([
      'wallet.frozen',
      'wallet.frozen',
      'wallet.unfrozen',
    ]);
    expect(ofWallet[1]?.text).toBe(ofWallet[0]?.text);
    expect(await getEndpoint(made.id)).toMatchObject({ failingSince: null });
    await off(made);
  });

  it('because it can’t be put together here is given up like any other, and its endpoint is none the worse', async () => {
    const made = await endpoint(['wallet.frozen', 'wallet.unfrozen']);
    const [broken, sound] = [await someWallet(), await someWallet()];
    await freezeWallet(admin, { walletId: broken.id, reason: 'Fraud' });
    await unfreezeWallet(admin, { walletId: broken.id, reason: 'Cleared' });
    await queued();
    // What no verb can read, as a row of another version would be.
    await tamper(`UPDATE outbox_events SET data = 'null' WHERE type = 'wallet.frozen' AND subject_id = $1`, [
      broken.id,
    ]);
    await told({ ...AT_ONCE, mostAttempts: 2 });
    await freezeWallet(admin, { walletId: sound.id, reason: 'Fraud' });
    await told();
    expect(typesSent()).toEqual(['wallet.unfrozen', 'wallet.frozen']);
    const { items } = await listDeliveries(made.id, {});
    expect(items.filter(({ state }) => state === 'given_up')).toHaveLength(1);
    expect(await getEndpoint(made.id)).toMatchObject({ state: 'on', failingSince: null });
    await off(made);
  });

  it('is given up after its last try, and an endpoint that takes nothing for long is switched off', async () => {
    const made = await endpoint(['customer.created']);
    await someCustomer();
    receiver.answers(500);
    await told({ ...AT_ONCE, mostAttempts: 3 });
    expect(receiver.received).toHaveLength(3);
    expect((await listDeliveries(made.id, {})).items).toMatchObject([
      { state: 'given_up', attempts: 3, lastTry: { status: 500 } },
    ]);
    await someCustomer();
    await told({ ...AT_ONCE, deadAfterMs: 0 });
    expect(await getEndpoint(made.id)).toMatchObject({ state: 'off', offReason: 'failing' });
    expect(await countWaiting(made.id)).toBe(1);
  });

  it('with 410 switches its endpoint off at once; a redirect is not followed; no answer is none', async () => {
    const made = await endpoint(['customer.created']);
    receiver.answers(302, { location: `${receiver.url}/elsewhere` });
    await someCustomer();
    await queued();
    await deliverWebhooks(AT_ONCE);
    receiver.answers('hang');
    await deliverWebhooks({ ...AT_ONCE, timeoutMs: 1_000 });
    receiver.answers(410);
    await told();
    expect(receiver.received.length).toBeLessThanOrEqual(3);
    const [delivery] = (await listDeliveries(made.id, {})).items;
    const { tries } = await getDelivery(admin, made.id, delivery?.id ?? 0n);
    expect(tries.map(({ status, error }) => status ?? error)).toEqual([410, 'timeout', 302]);
    expect(await getEndpoint(made.id)).toMatchObject({ state: 'off', offReason: 'gone' });
  });

  it('to an address of the house goes nowhere', async () => {
    const made = await endpoint(['customer.created']);
    await db().webhookEndpoint.update({
      where: { id: made.id },
      data: { url: receiver.url.replace('127.0.0.1', '[::1]') },
    });
    await someCustomer();
    await told({ ...AT_ONCE, mostAttempts: 1 });
    expect((await listDeliveries(made.id, {})).items[0]?.lastTry?.error).toBe('address_refused');
    await off(made);
  });
});

describe('who looks after an endpoint', () => {
  it('is told the same secret again where the answer was lost, and the one in use goes on', async () => {
    await queued();
    const facts = { name: 'Lost', url: receiver.url, patterns: ['customer.created'] };
    const made = await createEndpoint(admin, { ...facts, requestId: 'lost answer' });
    expect(await createEndpoint(admin, { ...facts, requestId: 'lost answer' })).toEqual(made);
    const rotation = { endpointId: made.id, overlapHours: 24, requestId: 'lost rotation' };
    const second = await rotateSecret(admin, rotation);
    expect(await rotateSecret(admin, rotation)).toEqual(second);
    await sendTest(admin, { endpointId: made.id });
    await told();
    const last = receiver.received.at(-1) as Received;
    expect(verified(last, made.secret ?? '')).toEqual(verified(last, second.secret ?? ''));
    // Once another has replaced it, the first is told to nobody.
    expect(await createEndpoint(admin, { ...facts, requestId: 'lost answer' })).toEqual({ id: made.id });
    await off(made);
  });

  it('rotates its secret: both sign while both are in force, and there are never three', async () => {
    const { id, secret } = await endpoint(['customer.created']);
    const second = (await rotateSecret(admin, { endpointId: id, overlapHours: 24 })).secret ?? '';
    await sendTest(admin, { endpointId: id });
    await told();
    const [message] = receiver.received;
    if (!message) throw new Error('Nothing arrived.');
    expect(message.json).toMatchObject({ type: 'webhook_endpoint.tested', resource: null });
    expect(verified(message, secret)).toEqual(verified(message, second));
    const third = (await rotateSecret(admin, { endpointId: id, overlapHours: 0 })).secret ?? '';
    await sendTest(admin, { endpointId: id });
    await told();
    const last = receiver.received.at(-1) as Received;
    expect(() => verified(last, secret)).toThrow();
    expect(() => verified(last, second)).toThrow();
    expect(verified(last, third)).toMatchObject({ type: 'webhook_endpoint.tested' });
    const kept = await db().webhookSecret.findMany({ where: { endpointId: id } });
    for (const each of [secret, second, third]) expect(JSON.stringify(kept)).not.toContain(each.slice(6, 20));
    await off({ id });
  });

  it('sends one again, or all since a moment, also what happened while it was off', async () => {
    const made = await endpoint(['customer.created']);
    const since = new Date();
    await someCustomer();
    await told();
    const [first] = (await listDeliveries(made.id, {})).items;
    await resendDelivery(admin, { endpointId: made.id, deliveryId: first?.id ?? 0n });
    await told();
    expect(receiver.received.map(({ text }) => text)).toEqual(Array(2).fill(receiver.received[0]?.text));
    await off(made);
    await someCustomer();
    await told();
    await switchEndpoint(admin, { endpointId: made.id, to: 'on' });
    await told();
    expect(receiver.received).toHaveLength(2);
    expect(await resendSince(admin, { endpointId: made.id, since })).toMatchObject({ count: 2 });
    await told();
    expect(receiver.received).toHaveLength(4);
    await removeEndpoint(admin, { endpointId: made.id });
    await someCustomer();
    await told();
    expect(receiver.received).toHaveLength(4);
  });

  it('is refused what leads into the house, says too much, or nobody is told of', async () => {
    const refused = (facts: object) =>
      createEndpoint(admin, { name: 'X', url: 'https://example.com/', patterns: ['*'], ...facts }).then(
        () => 'taken',
        ({ fields }: { fields?: object }) => fields,
      );
    for (const url of [
      'https://10.0.0.7/',
      'https://169.254.169.254/',
      'https://[fd00::1]/',
      'https://[::ffff:10.0.0.1]/',
    ])
      expect([url, await refused({ url })]).toEqual([url, { url: 'address_refused' }]);
    expect(await refused({ url: 'http://example.com/' })).toEqual({ url: 'url_needs_https' });
    expect(await refused({ url: 'https://me:secret@example.com/' })).toEqual({ url: 'url_with_password' });
    expect(await refused({ patterns: ['operator.created'] })).toEqual({ patterns: 'pattern_unknown' });
    expect(await refused({ scopes: ['withdrawals:write'] })).toEqual({ scopes: 'scope_beyond' });
  });
});

it('an endpoint needs the scope of the verb that reads what it is told of', () => {
  const needed = Object.entries(READ_BY).map(([subject, { id }]) => [
    subject,
    OPERATIONS.find((each) => each.id === id)?.scope,
  ]);
  expect(needed).toEqual(Object.keys(READ_BY).map((subject) => [subject, scopeOf(subject)]));
});
