/**
 * npm run chaos:events -- [--events n] [--seed n]
 *
 * Shows that no event that was committed is lost on its way out: the two webs that write by the API, the three workers that
 * deliver, whoever receives, and PostgreSQL are killed (kill -9) again and again while events happen. In the end each that
 * was committed has been received, of each subject in its order, and nothing else was: some writes are refused, and what is
 * refused is told to nobody. The exit code is 0 or 1.
 */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type OperatorActor, system } from '~/lib/actor';
import { publicId, publicNumber } from '~/lib/api/ids';
import { makeKey } from '~/lib/api/keys';
import { db, disconnect } from '~/lib/db';
import { log } from '~/lib/log';
import { createOperator } from '~/lib/people/access';
import { createCustomer } from '~/lib/people/customers';
import { createEndpoint } from '~/lib/webhooks/endpoints';
import { countWaiting } from '~/lib/webhooks/fan-out';
import { atExit, endAll, endOnSignals } from '../lib/lifecycle.mjs';
import { freePort } from '../lib/ports.mjs';
import { step } from '../lib/progress.mjs';
import { root } from '../lib/settings.mjs';
import { spawnLogged } from '../lib/supervisor.mjs';
import { builtConsole } from './console.ts';
import { Dice } from './dice.ts';
import { logs, Member, startWorld } from './world.ts';

const CUSTOMERS = 200;
/** So many write at once, each to customers of their own. */
const WRITERS = 8;
const DEATHS_OF_EACH = 3;
const SETTLED_MS = 900_000;
/** So long the storm waits for work to go on, then somebody dies in their sleep. */
const CALM_MOST_MS = 30_000;
/** Of what the receiver writes down of a message. */
const LINE_BYTES = 70;

const { values } = parseArgs({
  options: { events: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const wanted = Number(values.events);

/** Whoever receives: writes down what it took, and can be killed like all others. */
async function startReceiver(file: string): Promise<{ url: string; member: Member }> {
  const port = await freePort();
  const program = path.join(root, 'lib/testing/webhook-receiver.mjs');
  const member = new Member('sandbox', 'receiver', async () =>
    spawnLogged(
      [process.execPath, program, String(port), file],
      process.env,
      path.join(logs, 'receiver.log'),
      null,
    ),
  );
  atExit(() => member.stop());
  await member.start();
  return { url: `http://127.0.0.1:${port}/`, member };
}

/** Asked again while the database is down. */
async function surely<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await ask();
    } catch {
      await sleep(300);
    }
  }
}

const count = (subjects: string[]) =>
  surely(() => db().outboxEvent.count({ where: { subjectKind: 'customer', subjectId: { in: subjects } } }));

/** Writes by the API, one customer after the other, until enough happened. Every seventh is no change that fits. */
async function write(customers: string[], secret: string, isOver: () => boolean): Promise<void> {
  for (let nth = 0; !isOver(); nth += 1) {
    const id = publicId('customer', customers[nth % customers.length] ?? '');
    const body = nth % 7 === 0 ? { name: 'Refused', tax_id: 'no tax id' } : { name: `Ana ${nth}` };
    const answer = await fetch(`${process.env.NEXTAUTH_URL}/api/v1/customers/${id}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    }).catch(() => null);
    await answer?.arrayBuffer().catch(() => null);
    if (!answer || answer.status >= 500) await sleep(100);
  }
}

/**
 * Deaths are counted in what was received and not in seconds: each meets work, and on a slow machine, where a web takes
 * longer to come up than to be killed, there is some all the same.
 */
async function storm(
  members: readonly Member[],
  { dice, received, isOver }: { dice: Dice; received: () => number; isOver: () => boolean },
): Promise<void> {
  while (!isOver()) {
    const [enough, until] = [received() + dice.int(20, 250), Date.now() + CALM_MOST_MS];
    while (received() < enough && Date.now() < until && !isOver()) await sleep(100);
    const victim = dice.pick(members.filter(({ isUp }) => isUp));
    await victim.kill();
    await sleep(dice.int(100, 1_500));
    await victim.start();
  }
}

type Line = { id: string; subject: string };

/** What is wrong with what was received. */
async function faults(subjects: string[], from: bigint, lines: readonly Line[]): Promise<string[]> {
  const happened = await db().outboxEvent.findMany({
    where: { subjectKind: 'customer', subjectId: { in: subjects }, id: { gt: from } },
    orderBy: { id: 'asc' },
  });
  const wrong = subjects.flatMap((subject) => {
    const expected = happened.filter(({ subjectId }) => subjectId === subject);
    const name = publicId('customer', subject);
    const ids = lines.filter((line) => line.subject === name).map(({ id }) => id);
    const [first, right] = [[...new Set(ids)], expected.map(({ id }) => publicNumber('event', id))];
    if (first.join() === right.join()) return [];
    const lost = right.filter((id) => !first.includes(id));
    const strange = first.filter((id) => !right.includes(id));
    return [`${subject}: ${lost.length} lost, ${strange.length} that did not happen, else out of order`];
  });
  console.log(`${happened.length} events, ${lines.length} messages received.`);
  return wrong;
}

/** An admin, a key that writes, an endpoint that hears of customers, and the customers. */
async function arrange(url: string) {
  const { id } = await createOperator(system('setup'), {
    ...{ email: 'admin@example.com', name: 'Admin', role: 'admin', locale: 'en' },
    password: randomUUID(),
  });
  const admin: OperatorActor = { kind: 'operator', id, name: 'Admin', role: 'admin' };
  const { secret = '' } = await makeKey(admin, { name: 'Writer', scopes: ['customers:write'] });
  const subjects: string[] = [];
  for (let nth = 0; nth < CUSTOMERS; nth += 1) {
    const facts = { kind: 'individual', name: 'Ana', country: 'mx', taxId: 'MUAD800101AB1' } as const;
    subjects.push((await createCustomer(system('setup'), { ...facts, requestId: randomUUID() })).id);
  }
  const { _max } = await db().outboxEvent.aggregate({ _max: { id: true } });
  const endpoint = await createEndpoint(admin, { name: 'Backend', url, patterns: ['customer.changed'] });
  return { secret, subjects, endpointId: endpoint.id, from: _max.id ?? 0n };
}

async function run(): Promise<string[]> {
  const distDir = await builtConsole();
  const world = await step('Start PostgreSQL, Fintoc, 2 webs, 3 workers', () =>
    startWorld(
      distDir,
      { WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8', API_REQUESTS_PER_SECOND: '100000' },
      { withRestores: false },
    ),
  );
  const received = path.join(logs, 'received.jsonl');
  fs.writeFileSync(received, '');
  const { url, member: receiver } = await startReceiver(received);
  const { secret, subjects, endpointId, from } = await arrange(url);
  const mortal = [...world.members.filter(({ kind }) => kind !== 'sandbox'), receiver];

  let isOver = false;
  const share = Math.ceil(subjects.length / WRITERS);
  const writing = Array.from({ length: WRITERS }, (_, nth) =>
    write(subjects.slice(nth * share, (nth + 1) * share), secret, () => isOver),
  );
  const storming = storm(mortal, {
    dice: new Dice(Number(values.seed)),
    received: () => fs.statSync(received).size / LINE_BYTES,
    isOver: () => isOver,
  });
  while (!isOver) {
    await sleep(1_000);
    const isEnough = (await count(subjects)) - subjects.length >= wanted;
    isOver = isEnough && mortal.every(({ kills }) => kills >= DEATHS_OF_EACH);
  }
  await Promise.all([...writing, storming]);
  console.log(`Killed: ${mortal.map((member) => `${member.name} ${member.kills}`).join(', ')}.`);
  const last = await db().outboxEvent.findFirstOrThrow({
    where: { subjectKind: 'customer', subjectId: { in: subjects } },
    orderBy: { id: 'desc' },
  });
  const isQueued = () => db().webhookDelivery.count({ where: { endpointId, eventId: last.id } });
  for (
    const since = Date.now();
    (await isQueued()) === 0 || (await countWaiting(endpointId)) > 0;
    await sleep(500)
  )
    if (Date.now() - since > SETTLED_MS)
      return [`${await countWaiting(endpointId)} still wait after a quarter of an hour`];
  const lines = fs.readFileSync(received, 'utf8').split('\n');
  // A line that a kill cut off was never answered.
  return faults(
    subjects,
    from,
    lines.flatMap((line): Line[] => (line.endsWith('}') ? [JSON.parse(line)] : [])),
  );
}

log.level = 'silent';
endOnSignals({ message: 'Stopping …', exitCode: 130 });
let wrong: string[] = ['it ended before it was over'];
try {
  wrong = await run();
} catch (error) {
  console.error(error);
}
for (const each of wrong.slice(0, 30)) console.log(`  ${each}`);
await disconnect();
await endAll();
console.log(wrong.length === 0 ? 'Nothing lost, in order, nothing made up.' : `${wrong.length} faults`);
process.exit(wrong.length === 0 ? 0 : 1);
