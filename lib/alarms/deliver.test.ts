import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { deliverAlarms } from '~/lib/alarms/deliver';
import { sendTestAlarm } from '~/lib/alarms/messages';
import { postWebhook, runCommand } from '~/lib/alarms/send';
import { setAlarmWebhook } from '~/lib/alarms/settings';
import { db } from '~/lib/db';
import { env } from '~/lib/env';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { type Receiver, startReceiver } from '~/lib/testing/receiver';
import { eventually } from '~/lib/testing/sandbox';

withTestDatabase();

let receiver: Receiver;
let admin: OperatorActor;
let folder: string;

beforeAll(async () => {
  receiver = await startReceiver();
  admin = await someOperator('admin');
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'alarms-'));
});
afterAll(async () => {
  await receiver.close();
  await fs.rm(folder, { recursive: true });
});

beforeEach(async () => {
  await db().alarmMessage.deleteMany();
  await setAlarmWebhook(admin, { url: receiver.url });
  receiver.received.length = 0;
  receiver.answers(204);
});
afterEach(() => {
  Object.assign(env(), { ALARM_COMMAND: undefined });
});

const onlyMessage = () => db().alarmMessage.findFirstOrThrow();
const leaseEnds = () => db().$executeRaw`UPDATE alarm_messages SET lease_until = now() - interval '1 second'`;
const isRunning = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** A worker of its own, which takes one message in hand. */
function startWorker() {
  const script = `import { deliverAlarms } from '~/lib/alarms/deliver'; await deliverAlarms();`;
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    env: process.env,
    stdio: 'ignore',
  });
}

describe('a worker that is killed with a message in its hands', () => {
  it('holds it until its lease ends; then it is told again under the same id, by one', async () => {
    receiver.answers('hang');
    await sendTestAlarm(admin);
    const worker = startWorker();
    await eventually(async () => receiver.received.length === 1);
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    receiver.answers(204);
    expect(await deliverAlarms(), 'it may still be told by who took it').toBe(0);
    expect(await onlyMessage()).toMatchObject({ deliveredAt: null, leaseUntil: expect.any(Date) });
    await leaseEnds();
    expect(await Promise.all([deliverAlarms(), deliverAlarms(), deliverAlarms()])).toContain(1);
    expect(receiver.received).toHaveLength(2);
    const [first, second] = receiver.received;
    expect(second?.json.id).toBe(first?.json.id);
    expect(await onlyMessage()).toMatchObject({ attempts: 2, deliveredAt: expect.any(Date) });
  });
});

describe('a worker that comes back after its lease', () => {
  it('says nothing of a message that somebody else told meanwhile', async () => {
    receiver.answers(500);
    await sendTestAlarm(admin);
    receiver.answers('hang');
    const slow = deliverAlarms();
    await eventually(async () => receiver.received.length === 1);
    await leaseEnds();
    receiver.answers(204);
    expect(await deliverAlarms()).toBe(1);
    const delivered = await onlyMessage();
    await receiver.close();
    await slow;
    expect(await onlyMessage()).toEqual(delivered);
    receiver = await startReceiver();
  });
});

describe('the webhook', () => {
  it('is not waited for without end', async () => {
    receiver.answers('hang');
    await expect(postWebhook({ url: receiver.url, secret: 's', body: '{}' }, 100)).rejects.toMatchObject({
      message: 'timeout',
    });
  });

  it.each(['https://10.0.0.1/in', 'https://169.254.169.254/', 'http://192.0.2.1:1/', 'https://[fd00::1]/'])(
    'goes into no network of ours that nobody named: %s',
    async (url) => {
      await expect(postWebhook({ url, secret: 's', body: '{}' }, 2_000)).rejects.toMatchObject({
        message: 'unreachable address_refused',
      });
    },
  );

  it('that is down is told as such, and tried again', async () => {
    const gone = await startReceiver();
    await gone.close();
    await setAlarmWebhook(admin, { url: gone.url });
    await sendTestAlarm(admin);
    await deliverAlarms();
    expect(await onlyMessage()).toMatchObject({ error: 'unreachable ECONNREFUSED', givenUpAt: null });
  });
});

describe('the command', () => {
  it('gets the message on its standard input, none of our secrets, and is told apart from the webhook', async () => {
    const file = path.join(folder, 'told');
    Object.assign(env(), { ALARM_COMMAND: `cat > ${file}; env > ${file}.env; exit 0` });
    receiver.answers(500);
    await sendTestAlarm(admin);
    while ((await deliverAlarms()) > 0);
    expect(JSON.parse(await fs.readFile(file, 'utf8'))).toMatchObject({ event: 'test' });
    const environment = await fs.readFile(`${file}.env`, 'utf8');
    for (const name of ['SECRETS_KEY', 'VAULT_KEYS', 'DATABASE_URL', 'FINTOC_SECRET_KEY', 'NEXTAUTH_SECRET'])
      expect(environment).not.toContain(name);
    const rows = await db().alarmMessage.findMany({ orderBy: { channel: 'asc' } });
    expect(rows).toMatchObject([
      { channel: 'command', deliveredAt: expect.any(Date) },
      { channel: 'webhook', deliveredAt: null, error: 'answered 500' },
    ]);
  });

  it('that fails is tried again; one that ends without reading doesn’t hurt', async () => {
    await setAlarmWebhook(admin, { url: '' });
    Object.assign(env(), { ALARM_COMMAND: 'exit 3' });
    await sendTestAlarm(admin);
    await deliverAlarms();
    expect(await onlyMessage()).toMatchObject({ error: 'exited 3', deliveredAt: null, givenUpAt: null });
    await runCommand({ command: 'exec <&-; true', body: 'x'.repeat(1_000_000) });
  });

  it('that doesn’t end is ended, with all that it started', async () => {
    const file = path.join(folder, 'pid');
    const command = `sleep 300 & echo $! > ${file}; wait`;
    await expect(runCommand({ command, body: '{}' }, 1_500)).rejects.toMatchObject({ message: 'timeout' });
    const pid = Number(await fs.readFile(file, 'utf8'));
    await eventually(async () => !isRunning(pid));
  });

  it('is left to the workers that have it', async () => {
    await setAlarmWebhook(admin, { url: '' });
    Object.assign(env(), { ALARM_COMMAND: 'true' });
    await sendTestAlarm(admin);
    Object.assign(env(), { ALARM_COMMAND: undefined });
    expect(await deliverAlarms()).toBe(0);
    Object.assign(env(), { ALARM_COMMAND: 'true' });
    expect(await deliverAlarms()).toBe(1);
    expect(await onlyMessage()).toMatchObject({ deliveredAt: expect.any(Date) });
  });
});
