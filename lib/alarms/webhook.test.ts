import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { deliverAlarms } from '~/lib/alarms/deliver';
import { sendTestAlarm } from '~/lib/alarms/messages';
import { alarmSettings, rotateAlarmSecret, setAlarmWebhook } from '~/lib/alarms/settings';
import { db } from '~/lib/db';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { expectSigned, type Receiver, startReceiver } from '~/lib/testing/receiver';

withTestDatabase();

let receiver: Receiver;
let admin: OperatorActor;
let secret = '';

beforeAll(async () => {
  receiver = await startReceiver();
  admin = await someOperator('admin');
});
afterAll(() => receiver.close());

beforeEach(async () => {
  await db().alarmMessage.deleteMany();
  await setAlarmWebhook(admin, { url: '' });
  secret = (await setAlarmWebhook(admin, { url: receiver.url })).secret ?? '';
  receiver.received.length = 0;
  receiver.answers(204);
});

const deliverAll = async () => {
  while ((await deliverAlarms()) > 0);
};
const messages = () => db().alarmMessage.findMany({ orderBy: { id: 'asc' } });
const due = () => db().alarmMessage.updateMany({ data: { nextAttemptAt: new Date(Date.now() - 1_000) } });

describe('the webhook', () => {
  it.each([
    ['no address', 'alarms', 'url_format'],
    ['another scheme', 'ftp://a.test', 'url_format'],
    ['http beyond this machine', 'http://alarms.test/in', 'url_needs_https'],
    ['http to an address of a network', 'http://10.0.0.1/in', 'url_needs_https'],
    ['http to a name that only begins like ours', 'http://localhost.a.test/', 'url_needs_https'],
    ['a password', 'https://me:secret@a.test/', 'url_with_password'],
  ])('refuses %s', async (_what, url, why) => {
    await expect(setAlarmWebhook(admin, { url })).rejects.toMatchObject({ fields: { url: why } });
    expect((await alarmSettings()).webhookUrl).toBe(receiver.url);
  });

  it('is set by admins alone; its secret is answered once, sealed, and in no log', async () => {
    await expect(setAlarmWebhook(await someOperator('auditor'), { url: '' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await setAlarmWebhook(admin, { url: receiver.url }), 'the same address keeps its secret').toEqual(
      {},
    );
    const { secret: replaced } = await rotateAlarmSecret(admin);
    expect(replaced).not.toBe(secret);
    const setting = JSON.stringify(await db().setting.findMany());
    const audit = JSON.stringify(await db().auditEntry.findMany({ select: { before: true, after: true } }));
    for (const each of [secret, replaced]) expect(setting + audit).not.toContain(each);
    expect(audit, 'a path may be a secret too').not.toContain('/alarms"');
    await sendTestAlarm(admin);
    await deliverAll();
    expectSigned(receiver.received[0], replaced);
  });

  it('gets a test that says it is one, if there is a way for it', async () => {
    await sendTestAlarm(admin);
    await deliverAll();
    expect(receiver.received).toMatchObject([{ json: { event: 'test', alarm: null } }]);
    await setAlarmWebhook(admin, { url: '' });
    await expect(sendTestAlarm(admin)).rejects.toMatchObject({ code: 'no_alarm_channel' });
    await expect(sendTestAlarm(await someOperator('operator'))).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('that is taken away lets what waits for it go', async () => {
    receiver.answers(500);
    await sendTestAlarm(admin);
    await deliverAll();
    await setAlarmWebhook(admin, { url: '' });
    await due();
    await deliverAll();
    expect(await messages()).toMatchObject([{ error: 'no_channel', givenUpAt: expect.any(Date) }]);
  });
});
