import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { answer, monedero } from '~/clients/typescript/client';
import { someKey, type TestKey } from '~/lib/testing/api';
import { withApiServer } from '~/lib/testing/api-server';
import { expectSoundBooks } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someOperator } from '~/lib/testing/factories';
import { proveAll, settleAll } from '~/lib/testing/journeys';
import { eventually, withLocalFintoc } from '~/lib/testing/sandbox';
import { advanceOpenings } from '~/lib/wallets/provisioning';
import { deliverWebhooks } from '~/lib/webhooks/deliver';
import { fanOut } from '~/lib/webhooks/fan-out';

process.env.WEBHOOK_ALLOWED_NETWORKS = '127.0.0.0/8';
withTestDatabase();
const fintoc = withLocalFintoc();
const server = withApiServer();

let key: TestKey;

beforeAll(async () => {
  key = await someKey();
});

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const run = promisify(execFile);

/** README's section on the API: what `ask` is there, and the requests in their order. */
const [, script = ''] = /^## The API$[\s\S]*?^```sh$([\s\S]*?)^```$/m.exec(read('README.md')) ?? [];
const definition = /^ask\(\) .*$/m.exec(script)?.[0] ?? '';
const commands = [...script.matchAll(/^ask "\$API[\s\S]*?(?=\s+#)/gm)].map(([command]) => command);

/** What JSON.parse gives: a test asserts it instead of typing it. */
type Json = ReturnType<typeof JSON.parse>;

/** Runs a request as somebody who copies it would. */
async function byCurl(command: string, known: Record<string, string>): Promise<Json> {
  const told = `curl() { command curl -w '\\n%{http_code}' "$@"; }`;
  const env = { ...process.env, KEY: key.secret, API: `${server.url}/api/v1`, ...known };
  const { stdout } = await run('bash', ['-c', [told, definition, command].join('\n')], { env });
  const [, body = '', status = ''] = /^([\s\S]*)\n(\d{3})$/.exec(stdout) ?? [];
  expect(status, body).toMatch(/^20[01]$/);
  return JSON.parse(body);
}

it('what README says, by curl, leads from nothing to a paid withdrawal', async () => {
  expect(commands).toHaveLength(8);
  const said: Record<string, Json> = {};
  const known: Record<string, string> = {};
  for (const command of commands) {
    const answered = await byCurl(command, known);
    said[answered.object === 'list' ? command : answered.object] = answered;
    if (answered.object === 'customer') known.WALLET = answered.wallet.id;
    if (answered.object === 'wallet') known.NUMBER = answered.assets[0].account_number.id;
    if (answered.object === 'withdrawal') known.WITHDRAWAL = answered.id;
    await workersTurn();
  }
  expect(said.wallet).toMatchObject({ status: 'open', assets: [{ asset: 'MXN', pattern: 'A' }] });
  expect(said.balance.balances).toEqual([{ asset: 'MXN', available: '250000', pending: '0', reserved: '0' }]);
  expect(said.withdrawal).toMatchObject({ status: 'succeeded', tracking_key: expect.any(String) });
  const history = said[commands.find((command) => command.includes('/transactions')) ?? ''];
  expect(history.data.map(({ amount }: { amount: string }) => amount)).toEqual(['-59013', '250000']);
  const all = await allTold();
  // Before that the house's own wallets were opened.
  const told = all.slice(all.indexOf('customer.created'));
  const steps = [
    'customer.created',
    'wallet.requested',
    'wallet.opened',
    'deposit.credited',
    'withdrawal.requested',
  ];
  expect(told.filter((type) => steps.includes(type))).toEqual(steps);
  await expectSoundBooks();
});

it('so does what the client’s README says, which is a program that runs', async () => {
  const example = 'clients/typescript/example.ts';
  expect(read('clients/typescript/README.md')).toContain(`\`\`\`ts\n${read(example)}\`\`\``);
  const env = { ...process.env, MONEDERO_URL: server.url, MONEDERO_KEY: key.secret };
  let isOver = false;
  const program = run(process.execPath, ['--import', 'tsx', example], { cwd: root, env }).finally(() => {
    isOver = true;
  });
  while (!isOver) await workersTurn();
  expect((await program).stdout).toMatch(/takes deposits at \d{18}\nPaid: \S+\n$/);
  await expectSoundBooks();
});

it('and so does npm run quickstart, each message that it is sent verified by it', async () => {
  await Promise.all([someOperator('admin'), someOperator('approver')]);
  const env = { ...process.env, PORT: new URL(server.url).port };
  let isOver = false;
  const program = run(process.execPath, ['--import', 'tsx', 'scripts/quickstart.ts'], {
    ...{ cwd: root, env, timeout: 100_000 },
  });
  program.child.on('exit', () => {
    isOver = true;
  });
  program.catch(() => undefined);
  while (!isOver) {
    await workersTurn();
    await fanOut();
    while ((await deliverWebhooks()) > 0);
  }
  const { stdout } = await program;
  expect(stdout).toMatch(/^10 {2}GET {2}\/webhook-endpoints\/\{id\} .* last took one at /m);
  expect(stdout).toMatch(/^ {4}withdrawal\.succeeded +wd_\w{26}$/m);
  await expectSoundBooks();
});

/** What others still write may come before what is there: whoever reads asks again, from where they were. */
async function allTold(): Promise<string[]> {
  const api = monedero({ url: server.url, key: key.secret });
  const told: string[] = [];
  let query: { cursor?: string } = {};
  await eventually(async () => {
    const { data, next_cursor: cursor } = await answer(api.GET('/events', { params: { query } }));
    told.push(...data.map(({ type }) => type));
    query = { cursor };
    return told.includes('withdrawal.succeeded');
  });
  return told;
}

/** What workers beside the API do meanwhile. */
async function workersTurn(): Promise<void> {
  await advanceOpenings();
  await fintoc.deliveriesDone();
  await drain();
  await proveAll();
  await settleAll(fintoc);
}
