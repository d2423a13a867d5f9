import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const repository = path.resolve(import.meta.dirname, '../..');
const { scripts } = JSON.parse(fs.readFileSync(path.join(repository, 'package.json'), 'utf8'));
/** A checkout with a .env of its own: the developer's must stay as it is. */
let checkout: string;

beforeAll(() => {
  checkout = fs.mkdtempSync(path.join(os.tmpdir(), 'checkout-'));
  fs.cpSync(path.join(repository, 'scripts'), path.join(checkout, 'scripts'), { recursive: true });
  for (const name of ['package.json', 'tsconfig.json', '.env.example'])
    fs.copyFileSync(path.join(repository, name), path.join(checkout, name));
  for (const name of ['lib', 'sandbox', 'prisma', 'node_modules'])
    fs.symlinkSync(path.join(repository, name), path.join(checkout, name));
});

afterAll(() => fs.rmSync(checkout, { recursive: true }));

/** What a command of package.json says until it ends, which all do here for want of something. */
function said(
  command: string,
  dotenv: string,
  env: Record<string, string> = {},
  localEnv = '',
): Promise<string> {
  fs.writeFileSync(path.join(checkout, '.env'), dotenv);
  fs.mkdirSync(path.join(checkout, '.data'), { recursive: true });
  fs.writeFileSync(path.join(checkout, '.data/local.env'), localEnv);
  const { PATH = '' } = process.env;
  return new Promise((resolve) => {
    execFile(
      '/bin/sh',
      ['-c', `exec ${scripts[command]}`],
      { cwd: checkout, env: { NODE_ENV: 'production', PATH, ...env }, timeout: 100_000 },
      (_error, stdout, stderr) => resolve(stdout + stderr),
    );
  });
}

it('the worker honours .env: what is wrong in it stops it, what is right it no longer misses', async () => {
  const answer = await said('worker', 'SECRETS_KEY=short\nNEXTAUTH_URL=http://localhost:3000\n');
  expect(answer).toMatch(/^Configuration: DATABASE_URL is missing; .*SECRETS_KEY must be 32 bytes[^\n]*\n$/);
  expect(answer).not.toContain('NEXTAUTH_URL');
});

it('the console honours .env, its port included', async () => {
  const answer = await said('web', 'PORT=70000\nNEXTAUTH_URL=http://localhost:3000\n');
  expect(answer).toMatch(
    /^Configuration: DATABASE_URL is missing; PORT [^\n]*SECRETS_KEY is missing[^\n]*\n$/,
  );
  expect(answer).not.toContain('NEXTAUTH_URL');
});

it('the local Fintoc honours .env', async () => {
  expect(await said('sandbox', 'SANDBOX_SECRET_KEY=oops\n')).toMatch(
    /^Sandbox configuration: SANDBOX_SECRET_KEY must start with sk_test_; [^\n]*\n$/,
  );
});

it('every command that starts something of ours honours it', () => {
  const alone = [
    'start',
    'dev',
    'test',
    'build',
    'generate',
    'generate:client',
    'lint',
    'typecheck',
    'migrate:draft',
    'hostile',
    'screenshots',
    'sbom',
    'licences',
    // By itself where it is more than one program's work.
    'seed',
  ];
  const own = Object.keys(scripts).filter((name) => !alone.includes(name) && !/^(bench|chaos)/.test(name));
  expect(own).toEqual(expect.arrayContaining(['web', 'worker', 'sandbox', 'migrate', 'operator:create']));
  for (const name of own) expect(scripts[name], name).toMatch(/^node scripts\/run\.mjs /);
});

it('the environment wins over .env, and .env over what an earlier npm start made', async () => {
  const wrong = (answer: string) => answer.match(/\b[A-Z_]+(?= (?!is missing)[^;]+(;|\. See))/g);
  const kept = 'NEXTAUTH_SECRET=kept\nFINTOC_BASE_URL=ftp://kept\nFINTOC_SECRET_KEY=sk_test_kept\n';
  expect(wrong(await said('worker', '', {}, kept))).toEqual(['NEXTAUTH_SECRET', 'FINTOC_BASE_URL']);
  const dotenv = `NEXTAUTH_SECRET=${'x'.repeat(32)}\nFINTOC_BASE_URL=https://api.fintoc.com\n`;
  expect(wrong(await said('worker', dotenv, {}, kept))).toEqual(null);
  expect(wrong(await said('worker', dotenv, { NEXTAUTH_SECRET: 'short' }, kept))).toEqual([
    'NEXTAUTH_SECRET',
  ]);
});

it('a real key is never sent to the local Fintoc of an earlier npm start', async () => {
  const kept = 'FINTOC_BASE_URL=ftp://local\nFINTOC_JWS_PRIVATE_KEY=none\nFINTOC_SECRET_KEY=sk_test_kept\n';
  const answer = await said('worker', 'FINTOC_SECRET_KEY=sk_live_real\n', {}, kept);
  expect(answer).not.toContain('FINTOC_BASE_URL');
  expect(answer).toContain('FINTOC_JWS_PRIVATE_KEY is missing');
});
