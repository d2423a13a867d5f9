import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import type { Condition, Wrong } from '~/lib/alarms/conditions';
import { deliverAlarms } from '~/lib/alarms/deliver';
import { evaluateAlarms } from '~/lib/alarms/evaluate';
import { acknowledgeAlarm, listAlarms } from '~/lib/alarms/read';
import { setAlarmWebhook } from '~/lib/alarms/settings';
import { db } from '~/lib/db';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { expectSigned, type Receiver, startReceiver } from '~/lib/testing/receiver';

withTestDatabase();

let receiver: Receiver;
let admin: OperatorActor;
let secret = '';
/** What is wrong, as the one condition of these tests finds it. */
let wrong: Wrong[] = [];
const condition: Condition = { kind: 'dead_letters', find: async () => wrong };

beforeAll(async () => {
  receiver = await startReceiver();
  admin = await someOperator('admin');
});
afterAll(() => receiver.close());

beforeEach(async () => {
  wrong = [];
  await db().alarmMessage.deleteMany();
  await db().alarm.deleteMany();
  await setAlarmWebhook(admin, { url: '' });
  secret = (await setAlarmWebhook(admin, { url: receiver.url })).secret ?? '';
  receiver.received.length = 0;
  receiver.answers(204);
});

const evaluate = (conditions: Condition[] = [condition]) => evaluateAlarms({ everyMs: 0, conditions });
const deliverAll = async () => {
  while ((await deliverAlarms()) > 0);
};
const told = () => receiver.received.map(({ json }) => json.event);
const inbox = (count: number): Wrong => ({ subject: 'inbox', count, path: '/inbox/dead' });
const messages = () => db().alarmMessage.findMany({ orderBy: { id: 'asc' } });
const due = () => db().alarmMessage.updateMany({ data: { nextAttemptAt: new Date(Date.now() - 1_000) } });
const hourPasses = () => db().$executeRaw`UPDATE alarms SET queued_at = queued_at - interval '61 minutes'`;

describe('an alarm', () => {
  it('is told once, signed, with ids and counts and the page; nothing more while nothing changes', async () => {
    wrong = [inbox(2)];
    for (let nth = 0; nth < 3; nth += 1) {
      await evaluate();
      await deliverAll();
    }
    const [first, ...more] = receiver.received;
    expect(more).toEqual([]);
    expect(first?.json).toMatchObject({
      event: 'raised',
      mode: 'test',
      alarm: { kind: 'dead_letters', subject: 'inbox', count: 2, cleared_at: null },
      url: 'http://127.0.0.1:3000/inbox/dead',
    });
    expectSigned(first, secret);
    expect(first?.headers).toMatchObject({ 'content-type': 'application/json' });
  });

  it('is told again every hour while it lasts, at once when it is worse, and when it is gone', async () => {
    wrong = [inbox(1)];
    const step = async () => {
      await evaluate();
      await deliverAll();
    };
    await step();
    await hourPasses();
    await step();
    wrong = [inbox(3)];
    await step();
    wrong = [inbox(1)];
    await step();
    wrong = [inbox(2)];
    await step();
    wrong = [];
    await step();
    await step();
    expect(told()).toEqual(['raised', 'repeated', 'worse', 'worse', 'cleared']);
    expect(new Set(receiver.received.map(({ json }) => json.id)).size).toBe(5);
    wrong = [inbox(1)];
    await step();
    expect(told().at(-1)).toBe('raised');
    expect(await db().alarm.count()).toBe(2);
    const actions = await db().auditEntry.findMany({
      where: { subjectType: 'alarm' },
      orderBy: { id: 'asc' },
    });
    expect(actions.slice(-3).map(({ action }) => action)).toEqual([
      'alarm.raised',
      'alarm.cleared',
      'alarm.raised',
    ]);
  });

  it('that somebody takes care of isn’t repeated, unless it gets worse', async () => {
    wrong = [inbox(1)];
    await evaluate();
    await deliverAll();
    const [alarm] = await listAlarms();
    const input = { alarmId: alarm?.id ?? 0n, reason: 'On it' };
    await expect(acknowledgeAlarm(await someOperator('auditor'), input)).rejects.toMatchObject({
      code: 'forbidden',
    });
    for (const _again of [1, 2]) await acknowledgeAlarm(admin, input);
    const late = { code: 'already_decided', details: { act: 'alarm.acknowledged', by: admin.name } };
    await expect(acknowledgeAlarm(await someOperator('admin'), input)).rejects.toMatchObject(late);
    await hourPasses();
    await evaluate();
    wrong = [inbox(2)];
    await evaluate();
    await deliverAll();
    await hourPasses();
    await evaluate();
    await deliverAll();
    expect(told()).toEqual(['raised', 'worse', 'repeated']);
  });

  it('is raised once and told once, however many workers look and tell at the same moment', async () => {
    wrong = Array.from({ length: 5 }, (_, nth) => ({ subject: `w_${nth}`, path: '/' }));
    await Promise.all(Array.from({ length: 8 }, () => evaluate()));
    await Promise.all(Array.from({ length: 8 }, () => deliverAll()));
    expect(receiver.received.map(({ json }) => json.alarm.subject).sort()).toEqual(
      wrong.map(({ subject }) => subject),
    );
  });

  it('is looked for by the workers in turns', async () => {
    let looks = 0;
    const counted: Condition = {
      kind: 'dead_letters',
      find: async () => {
        looks += 1;
        return [];
      },
    };
    await evaluate([counted]);
    await Promise.all(
      Array.from({ length: 8 }, () => evaluateAlarms({ everyMs: 60_000, conditions: [counted] })),
    );
    expect(looks).toBe(1);
  });

  it('of a kind that can’t be asked stands, that it can’t be asked is one too, and the others go on', async () => {
    wrong = [inbox(1)];
    await evaluate();
    const failing = {
      kind: 'dead_letters',
      find: () => Promise.reject(new Error('The table is gone.')),
    };
    const other = { kind: 'break_open', find: async () => [{ subject: 'brk_1', path: '/proof' }] };
    await evaluate([failing, other]);
    expect(
      (await listAlarms()).map(({ kind, subject, state }) => `${kind} ${subject} ${state}`).sort(),
    ).toEqual([
      'break_open brk_1 raised',
      'condition_failed dead_letters raised',
      'dead_letters inbox raised',
    ]);
    wrong = [];
    await evaluate();
    expect((await listAlarms()).every(({ state }) => state === 'cleared')).toBe(true);
  });

  it('that nobody could be told of is raised all the same, and told once there is a way', async () => {
    await setAlarmWebhook(admin, { url: '' });
    wrong = [inbox(1)];
    await evaluate();
    expect(await listAlarms()).toMatchObject([{ state: 'raised', queuedAt: null }]);
    expect(await messages()).toEqual([]);
    await setAlarmWebhook(admin, { url: receiver.url });
    await evaluate();
    await deliverAll();
    expect(told()).toEqual(['raised']);
  });
});

describe('a message that isn’t taken', () => {
  it.each([
    ['500', () => receiver.answers(500), 'answered 500'],
    [
      'a redirect, which isn’t followed',
      () => receiver.answers(302, { location: '/elsewhere' }),
      'answered 302',
    ],
  ])('because of %s is tried again later, word for word, under the same id', async (_what, break_, error) => {
    break_();
    wrong = [inbox(1)];
    await evaluate();
    await deliverAll();
    expect(await messages()).toMatchObject([{ attempts: 1, error, deliveredAt: null, leaseUntil: null }]);
    expect(await deliverAlarms(), 'not before its pause is over').toBe(0);
    receiver.answers(200);
    await due();
    await deliverAll();
    const [first, second, ...more] = receiver.received;
    expect(more).toEqual([]);
    expect(second?.text).toBe(first?.text);
    expect(await messages()).toMatchObject([{ attempts: 2, error: null, deliveredAt: expect.any(Date) }]);
  });

  it('by anybody is told who was first: what is gone is not told before what was there', async () => {
    receiver.answers(500);
    wrong = [inbox(1)];
    await evaluate();
    await deliverAll();
    wrong = [];
    await evaluate();
    expect(await deliverAlarms(), 'cleared waits for raised').toBe(0);
    receiver.answers(200);
    await due();
    await deliverAll();
    expect(told()).toEqual(['raised', 'raised', 'cleared']);
  });

  it('is given up after ten tries, which the log of acts says; reminders don’t pile up meanwhile', async () => {
    receiver.answers(500);
    wrong = [inbox(1)];
    await evaluate();
    for (let nth = 0; nth < 12; nth += 1) {
      await due();
      await deliverAll();
      wrong = [inbox(nth + 2)];
      await hourPasses();
      if (nth < 9) await evaluate();
    }
    expect(await messages()).toMatchObject([{ attempts: 10, givenUpAt: expect.any(Date) }]);
    expect(await db().auditEntry.count({ where: { action: 'alarm.not_delivered' } })).toBe(1);
    receiver.answers(200);
    await evaluate();
    await deliverAll();
    expect(told().at(-1)).toBe('worse');
  });
});
