import { createPublicKey } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { envSchema } from '~/lib/env';
import { assertPortsFree, freePort } from '~/scripts/lib/ports.mjs';
import { sandboxProgram, webProgram, workerProgram } from '~/scripts/lib/programs.mjs';
import { appEnvironment, keepGenerated, READ_BY, readSettings } from '~/scripts/lib/settings.mjs';

// What a developer may have set must not reach these tests.
const UNSET = Object.fromEntries(
  [...fs.readFileSync('.env.example', 'utf8').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => [name, '']),
);
let dataDir: string;

beforeEach(() => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'settings-'));
});

afterEach(() => fs.rmSync(dataDir, { recursive: true }));

it('what was generated is readable by its owner alone, and comes back the same at the next start', () => {
  const first = readSettings({ ...UNSET, DATA_DIR: dataDir });
  keepGenerated(first);
  expect(fs.statSync(path.join(dataDir, 'local.env')).mode & 0o777).toBe(0o600);
  expect(readSettings({ ...UNSET, DATA_DIR: dataDir }).generated).toEqual(first.generated);
});

it('the local Fintoc is given the public half of the key that signs', () => {
  const { env } = readSettings({ ...UNSET, DATA_DIR: dataDir });
  const derived = createPublicKey(env.FINTOC_JWS_PRIVATE_KEY ?? '').export({ type: 'spki', format: 'pem' });
  expect(env.SANDBOX_JWS_PUBLIC_KEY).toBe(derived);
  expect(env.SANDBOX_SECRET_KEY).toBe(env.FINTOC_SECRET_KEY);
});

it('a Fintoc key and a database of the environment win, and nothing local is made up beside them', () => {
  keepGenerated(readSettings({ ...UNSET, DATA_DIR: dataDir }));
  const given = { FINTOC_SECRET_KEY: 'sk_live_x', DATABASE_URL: 'postgresql://app@db/app' };
  const { env, localFintoc, localPostgres } = readSettings({ ...UNSET, DATA_DIR: dataDir, ...given });
  expect(env).toMatchObject(given);
  expect({ localFintoc, localPostgres }).toEqual({ localFintoc: false, localPostgres: false });
  expect(env.FINTOC_BASE_URL).not.toBe('http://127.0.0.1:3010');
  expect(env.DEMO_PASSWORD).toBeUndefined();
});

it('an address of the real Fintoc, left over in .env, never gets what is meant for the local one', () => {
  const { env } = readSettings({ ...UNSET, DATA_DIR: dataDir, FINTOC_BASE_URL: 'https://api.fintoc.com' });
  expect(env.FINTOC_BASE_URL).toBe('http://127.0.0.1:3010');
});

it('another port moves every address that names it', () => {
  keepGenerated(readSettings({ ...UNSET, DATA_DIR: dataDir }));
  const { env } = readSettings({ ...UNSET, DATA_DIR: dataDir, PORT: '4000', SANDBOX_PORT: '4010' });
  expect(env).toMatchObject({
    NEXTAUTH_URL: 'http://localhost:4000',
    PUBLIC_URL: 'http://127.0.0.1:4000',
    FINTOC_BASE_URL: 'http://127.0.0.1:4010',
  });
});

it('a taken port is one line that names the variable to change', async () => {
  const taken = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as net.AddressInfo;
  await expect(assertPortsFree({ PORT: port })).rejects.toThrow(
    `Port ${port} is in use. Choose another: PORT=${port + 1} npm start`,
  );
  taken.close();
  await expect(assertPortsFree({ PORT: await freePort() })).resolves.toBeUndefined();
});

it('the database has an owner and a role of the app, each with its password, and the app is told of its own alone', () => {
  const { env } = readSettings({ ...UNSET, DATA_DIR: dataDir });
  const [owner, app] = [new URL(env.DATABASE_OWNER_URL ?? ''), new URL(env.DATABASE_URL ?? '')];
  expect([owner.username, app.username]).toEqual(['monedero', 'monedero_app']);
  expect([owner.pathname, app.pathname]).toEqual(['/monedero', '/monedero']);
  expect(owner.password).not.toBe(app.password);
  const told = Object.entries(appEnvironment(env)).map(([name, value]) => `${name}=${value}`);
  expect(told.join('\n')).toContain(app.password);
  expect(told.join('\n')).not.toContain(owner.password);
  expect(told.join('\n')).not.toContain(env.POSTGRES_PASSWORD);
});

it('the one address that an earlier start kept goes on as the owner’s', () => {
  const old = 'postgresql://monedero:kept@127.0.0.1:54320/monedero';
  fs.writeFileSync(path.join(dataDir, 'local.env'), `POSTGRES_PASSWORD="root"\nDATABASE_URL="${old}"\n`);
  const upgraded = readSettings({ ...UNSET, DATA_DIR: dataDir });
  expect(upgraded.env).toMatchObject({ POSTGRES_PASSWORD: 'root', DATABASE_OWNER_URL: old });
  expect(new URL(upgraded.env.DATABASE_URL ?? '').username).toBe('monedero_app');
  keepGenerated(upgraded);
  expect(readSettings({ ...UNSET, DATA_DIR: dataDir }).generated).toEqual(upgraded.generated);
});

it('each program is given the variables that it reads, and nobody’s secrets besides', () => {
  const given = { SANDBOX_SECRET_KEY: 'sk_test_given', OPERATOR_PASSWORD: 'given', BACKUP_DIR: '/given' };
  const settings = readSettings({
    ...UNSET,
    DATA_DIR: dataDir,
    ...given,
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: 'k',
  });
  const { env } = settings;
  const ours = [...Object.keys(UNSET), 'POSTGRES_PASSWORD'];
  const [web, worker, sandbox] = [
    webProgram(settings, '.next'),
    workerProgram(settings),
    sandboxProgram(settings),
  ].map((program) => Object.entries(program.env).filter(([name, value]) => value && ours.includes(name)));
  const webAlone = READ_BY.web.filter((name) => /^(METRICS_TOKEN|OIDC_\w+)$/.test(name));
  expect(new Set([...READ_BY.worker, ...webAlone])).toEqual(new Set(Object.keys(envSchema.shape)));
  for (const [names, told] of [
    [READ_BY.web, web],
    [READ_BY.worker, worker],
  ] as const)
    expect(told?.map(([name]) => name).filter((name) => !names.includes(name))).toEqual([]);
  expect(sandbox?.map(([name]) => name).filter((name) => !/^SANDBOX_|^LOG_LEVEL$/.test(name))).toEqual([]);
  const secrets = [
    'POSTGRES_PASSWORD',
    'DATABASE_OWNER_URL',
    'SANDBOX_JWS_PUBLIC_KEY',
    'OPERATOR_PASSWORD',
    'DEMO_PASSWORD',
  ];
  for (const [program, told] of Object.entries({ web, worker })) {
    const text = JSON.stringify(told);
    for (const name of secrets) expect(text, `${program}: ${name}`).not.toContain(JSON.stringify(env[name]));
    expect(text).toContain(JSON.stringify(env.SECRETS_KEY));
  }
  expect(JSON.stringify(sandbox)).not.toContain(JSON.stringify(env.SECRETS_KEY));
  // Next fills in from .env by itself what isn't there, but not what is there and empty.
  expect(webProgram(settings, '.next').env).toMatchObject({ DATABASE_OWNER_URL: '', POSTGRES_PASSWORD: '' });
});
