import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { publicId, publicNumber } from '~/lib/api/ids';
import { db } from '~/lib/db';
import { asSuperuser, withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { createEndpoint } from '~/lib/webhooks/endpoints';
import { countWaiting, fanOut } from '~/lib/webhooks/fan-out';
import { freePort } from '~/scripts/lib/ports.mjs';

process.env.WEBHOOK_ALLOWED_NETWORKS = '127.0.0.0/8';
withTestDatabase();

const EVENTS = 300;
/** Half a dozen processes start one after the other, beside all other tests. */
const PATIENCE_MS = 500_000;
const SUBJECTS = Array.from({ length: 12 }, () => randomUUID());
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'webhooks-'));
const file = path.join(folder, 'received.jsonl');
const running = new Set<ChildProcess>();

let port: number;
beforeAll(async () => {
  port = await freePort();
  fs.writeFileSync(file, '');
});
afterAll(async () => {
  for (const each of running) await kill(each);
  fs.rmSync(folder, { recursive: true });
  delete process.env.WEBHOOK_ALLOWED_NETWORKS;
});

function start(program: string, ...args: string[]): ChildProcess {
  const loader = program.endsWith('.ts') ? ['--import', 'tsx'] : [];
  const command = [...loader, path.join(import.meta.dirname, '../testing', program), ...args];
  const child = spawn(process.execPath, command, { env: process.env, stdio: ['ignore', 'pipe', 'ignore'] });
  running.add(child);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  running.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

const receive = () => start('webhook-receiver.mjs', String(port), file);
const deliver = () => start('webhook-program.ts', 'deliver');
const write = (count: number) => start('webhook-program.ts', 'write', String(count), ...SUBJECTS);

type Line = { id: string; subject: string };
/** A line that a kill cut off was never answered. */
const received = () =>
  fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line): Line[] => (line.endsWith('}') ? [JSON.parse(line)] : []));
const happened = () =>
  db().outboxEvent.findMany({
    where: { subjectKind: 'customer', subjectId: { in: SUBJECTS } },
    orderBy: { id: 'asc' },
  });

async function until(enough: () => boolean | Promise<boolean>): Promise<void> {
  await expect.poll(enough, { timeout: PATIENCE_MS, interval: 50 }).toBe(true);
}

/** As a server that crashes leaves them: every connection of this database is cut. */
async function cutConnections(): Promise<void> {
  const name = new URL(process.env.DATABASE_URL ?? '').pathname.slice(1);
  await asSuperuser(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}' AND pid <> pg_backend_pid()`,
  );
}

it(
  'whoever is killed in the middle: all that was committed arrives, in order, and nothing else',
  async () => {
    const admin = await someOperator('admin');
    await fanOut();
    const { id } = await createEndpoint(admin, {
      ...{ name: 'Backend', url: `http://127.0.0.1:${port}/`, patterns: ['customer.*'] },
    });
    let receiver = receive();
    let worker = deliver();
    const first = write(EVENTS);
    await until(() => received().length > 20);
    await kill(worker);
    worker = deliver();
    await kill(first);
    const second = write(EVENTS);
    const seen = received().length;
    await until(() => received().length > seen + 20);
    await kill(receiver);
    await cutConnections();
    receiver = receive();
    await kill(worker);
    worker = deliver();
    await until(() => second.exitCode !== null);
    // Not before all that was written is queued.
    await until(async () => {
      const [last] = (await happened()).slice(-1);
      const queued = await db().webhookDelivery.count({ where: { endpointId: id, eventId: last?.id ?? 0n } });
      return queued === 1 && (await countWaiting(id)) === 0;
    });
    const lines = received();
    const expected = await happened();
    expect(expected.length).toBeGreaterThan(EVENTS / 2);
    for (const subject of SUBJECTS) {
      const arrived = lines
        .filter((line) => line.subject === publicId('customer', subject))
        .map((line) => line.id);
      expect([...new Set(arrived)]).toEqual(
        expected
          .filter(({ subjectId }) => subjectId === subject)
          .map((event) => publicNumber('event', event.id)),
      );
    }
    expect(new Set(lines.map((line) => line.id)).size).toBe(expected.length);
  },
  PATIENCE_MS,
);
