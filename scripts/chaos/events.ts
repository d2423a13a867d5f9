/**
 * npm run chaos:events -- [--events n] [--seed n]
 *
 * Shows that no event that was committed is lost on its way out: who writes, who delivers, who receives and PostgreSQL
 * are killed (kill -9) again and again while events happen, some of which are undone. In the end each that was committed
 * has been received, of each subject in its order, and nothing else was. The exit code is 0 or 1.
 */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { system } from '~/lib/actor';
import { publicId, publicNumber } from '~/lib/api/ids';
import { db, disconnect } from '~/lib/db';
import { log } from '~/lib/log';
import { createOperator } from '~/lib/people/access';
import { createEndpoint } from '~/lib/webhooks/endpoints';
import { countWaiting } from '~/lib/webhooks/fan-out';
import { applyMigrations, ensureDatabase } from '../lib/database.mjs';
import { atExit, endAll, endOnSignals } from '../lib/lifecycle.mjs';
import { freePort } from '../lib/ports.mjs';
import { startPostgres } from '../lib/postgres.mjs';
import { root } from '../lib/settings.mjs';
import { spawnLogged } from '../lib/supervisor.mjs';
import { testSettings } from '../lib/test-app.mjs';
import { Dice } from './dice.ts';
import { logs, Member } from './world.ts';

const SUBJECTS = Array.from({ length: 200 }, () => randomUUID());
const DEATHS_OF_EACH = 3;
const SETTLED_MS = 600_000;

const { values } = parseArgs({
  options: { events: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const wanted = Number(values.events);

type Settings = Awaited<ReturnType<typeof testSettings>>;

async function startWorld(settings: Settings, received: string) {
  const { dataDir, ports, env } = settings;
  const programs = path.join(root, 'lib/testing');
  const launch = (name: string, command: string[]) =>
    spawnLogged([process.execPath, ...command], env, path.join(logs, `${name}.log`), null);
  const ours = (name: string, ...args: string[]) =>
    launch(name, ['--import', 'tsx', path.join(programs, 'webhook-program.ts'), ...args]);
  let superuser = '';
  const postgres = new Member('postgres', 'postgres', async () => {
    const server = await startPostgres({
      ...{
        dataDir: path.join(dataDir, 'postgres'),
        port: ports.postgres,
        password: env.POSTGRES_PASSWORD ?? '',
      },
      logFile: path.join(logs, 'postgres.log'),
    });
    superuser = server.url;
    return server.child;
  });
  await postgres.start();
  atExit(() => postgres.stop());
  await ensureDatabase(superuser, env);
  await applyMigrations(env);
  const port = await freePort();
  const receive = [path.join(programs, 'webhook-receiver.mjs'), String(port), received];
  const members = [
    new Member('sandbox', 'receiver', async () => launch('receiver', receive)),
    ...['worker-1', 'worker-2'].map((name) => new Member('worker', name, async () => ours(name, 'deliver'))),
    ...['web-1', 'web-2'].map(
      (name) => new Member('web', name, async () => ours(name, 'write', '1000000', ...SUBJECTS)),
    ),
  ];
  atExit(() => Promise.all(members.map((member) => member.stop())));
  return { url: `http://127.0.0.1:${port}/`, members, postgres };
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

const ours = { subjectKind: 'customer', subjectId: { in: SUBJECTS } };

async function storm(members: readonly Member[], dice: Dice): Promise<void> {
  const isOver = async () =>
    members.every(({ kills }) => kills >= DEATHS_OF_EACH) &&
    (await surely(() => db().outboxEvent.count({ where: ours }))) >= wanted;
  while (!(await isOver())) {
    await sleep(dice.int(300, 2_000));
    const victim = dice.pick(members.filter(({ isUp }) => isUp));
    await victim.kill();
    await sleep(dice.int(100, 1_500));
    await victim.start();
  }
}

type Line = { id: string; subject: string };

/** What is wrong with what was received. */
async function faults(lines: readonly Line[]): Promise<string[]> {
  const happened = await db().outboxEvent.findMany({ where: ours, orderBy: { id: 'asc' } });
  const wrong = SUBJECTS.flatMap((subject) => {
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

async function run(): Promise<string[]> {
  fs.mkdirSync(logs, { recursive: true, mode: 0o700 });
  const settings = await testSettings();
  Object.assign(process.env, settings.env);
  const received = path.join(settings.dataDir, 'received.jsonl');
  fs.writeFileSync(received, '');
  const { url, members, postgres } = await startWorld(settings, received);
  const admin = await createOperator(system('setup'), {
    ...{ email: 'admin@example.com', name: 'Admin', role: 'admin', locale: 'en' },
    password: randomUUID(),
  });
  const { id } = await createEndpoint(
    { kind: 'operator', id: admin.id, name: 'Admin', role: 'admin' },
    { name: 'Backend', url, patterns: ['customer.*'] },
  );
  await Promise.all(members.map((member) => member.start()));
  await storm([postgres, ...members], new Dice(Number(values.seed)));
  const kills = [postgres, ...members].map((member) => `${member.name} ${member.kills}`);
  console.log(`Killed: ${kills.join(', ')}.`);
  await Promise.all(members.filter(({ kind }) => kind === 'web').map((member) => member.stop()));
  const last = await db().outboxEvent.findFirstOrThrow({ where: ours, orderBy: { id: 'desc' } });
  const isQueued = () => db().webhookDelivery.count({ where: { endpointId: id, eventId: last.id } });
  for (const since = Date.now(); (await isQueued()) === 0 || (await countWaiting(id)) > 0; await sleep(500))
    if (Date.now() - since > SETTLED_MS) return [`${await countWaiting(id)} still wait after ten minutes`];
  const lines = fs.readFileSync(received, 'utf8').split('\n');
  // A line that a kill cut off was never answered.
  return faults(lines.flatMap((line): Line[] => (line.endsWith('}') ? [JSON.parse(line)] : [])));
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
