import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { envSchema, parseEnv } from '~/lib/env';

const root = path.resolve(import.meta.dirname, '..');
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');
const documented = [...read('.env.example').matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map(
  ([, name]) => name ?? '',
);
const sandbox = [...read('sandbox/config.ts').matchAll(/^ {4}(SANDBOX_[A-Z_]+):/gm)].map(
  ([, name]) => name ?? '',
);

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

const good = {
  DATABASE_URL: 'postgres://monedero@127.0.0.1:5432/monedero',
  NEXTAUTH_URL: 'http://localhost:3000',
  NEXTAUTH_SECRET: 'x'.repeat(32),
  SECRETS_KEY: Buffer.alloc(32).toString('base64'),
  VAULT_KEYS: `first:${Buffer.alloc(32).toString('base64')}`,
  FINTOC_SECRET_KEY: 'sk_test_1',
  FINTOC_JWS_PRIVATE_KEY: pem.replaceAll('\n', '\\n'),
};

/** What people don't set: Node, Next, npm and the system do, or the starter and the tests for themselves. */
const NOT_OURS =
  /^(NODE_ENV|PATH|HOME|TZ|NEXT_RUNTIME|NEXT_DIST_DIR|CHECKPOINT_DISABLE|PRISMA_\w+|TEST_\w+|POSTGRES_PASSWORD|ENTRANCE_SOCKET|STATEMENT_TIMEOUT_MS|LANG|LC_\w+)$/;
/** Read by Next itself. */
const OF_NEXT = ['NEXT_SERVER_ACTIONS_ENCRYPTION_KEY'];

/** Every variable that the sources read by name. */
const named = sources().flatMap((source) => [
  ...[...source.matchAll(/\b(?:env|given|dotenv)(?:\?)?(?:\.|\[')([A-Z][A-Z0-9_]+)\b/g)].map(
    ([, name]) => name ?? '',
  ),
  ...[...source.matchAll(/\{([^{}]*)\} = (?:process\.|settings\.)?env\b/g)].flatMap(([, names = '']) =>
    [...names.matchAll(/\b[A-Z][A-Z0-9_]+\b/g)].map(([name]) => name),
  ),
]);

function sources(): string[] {
  const isSource = (name: string) => /\.(ts|tsx|mjs)$/.test(name) && !/\.test\.tsx?$/.test(name);
  const below = ['app', 'components', 'lib', 'scripts', 'sandbox', 'prisma', 'e2e'].flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => path.join(folder, name))
      .filter((name) => !name.startsWith('prisma/generated')),
  );
  return [...below, ...fs.readdirSync(root)].filter(isSource).map(read);
}

describe('.env.example', () => {
  it('has every variable that the app, its scripts and the local Fintoc read', () => {
    const wanted = [...Object.keys(envSchema.shape), ...sandbox, ...named].filter(
      (name) => !NOT_OURS.test(name),
    );
    expect(sandbox.length).toBeGreaterThan(5);
    expect(named).toEqual(expect.arrayContaining(['CHROMIUM_PATH', 'OPERATOR_PASSWORD', 'DATA_DIR', 'HOST']));
    expect([...new Set(wanted)].filter((name) => !documented.includes(name))).toEqual([]);
  });

  it('has none that nothing reads, and none twice', () => {
    const read = [...Object.keys(envSchema.shape), ...sandbox, ...named, ...OF_NEXT];
    expect(documented.filter((name) => !read.includes(name))).toEqual([]);
    expect(new Set(documented).size).toBe(documented.length);
  });

  it('holds no secret and no value that the schema would refuse', () => {
    const values = Object.fromEntries(
      [...read('.env.example').matchAll(/^([A-Z][A-Z0-9_]+)=(.*)$/gm)].map(([, name, value]) => [
        name,
        value,
      ]),
    );
    for (const name of ['NEXTAUTH_SECRET', 'SECRETS_KEY', 'FINTOC_SECRET_KEY', 'FINTOC_WEBHOOK_SECRET'])
      expect(values[name]).toBe('');
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
    expect(() => parseEnv({ ...given, ...good })).not.toThrow();
  });
});

describe('the configuration', () => {
  it('takes a PEM with written-out newlines, and defaults the rest', () => {
    const env = parseEnv(good);
    expect(env.FINTOC_JWS_PRIVATE_KEY).toBe(pem);
    expect(env).toMatchObject({
      PORT: 3000,
      FINTOC_BASE_URL: 'https://api.fintoc.com',
      FINTOC_TRANSFERS_PER_SECOND: 10,
    });
  });

  it('takes the key that signs by itself, older PEMs too, or from a file', () => {
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'env-')), 'key.pem');
    fs.writeFileSync(file, pem);
    const pkcs1 = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
    for (const [given, key] of [
      [pem, pem],
      [pkcs1, pkcs1],
      [file, pem],
    ])
      expect(parseEnv({ ...good, FINTOC_JWS_PRIVATE_KEY: given }).FINTOC_JWS_PRIVATE_KEY.trim()).toBe(
        key?.trim(),
      );
    fs.rmSync(path.dirname(file), { recursive: true });
  });

  it.each([
    ['a PEM of nothing', '-----BEGIN PRIVATE KEY-----\\nabc\\n-----END PRIVATE KEY-----'],
    ['a cut PEM', pem.slice(0, 400)],
    ['a file that holds no key', path.join(root, 'package.json')],
    ['no file', '/nowhere/key.pem'],
    ['a folder', root],
    ['a public key', createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString()],
    [
      'a key that signs otherwise',
      generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString(),
    ],
    [
      'a key with a passphrase',
      privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString(),
    ],
  ])('refuses %s as the key that signs, in one line', (_what, value) => {
    expect(() => parseEnv({ ...good, FINTOC_JWS_PRIVATE_KEY: value })).toThrow(
      /^Configuration: FINTOC_JWS_PRIVATE_KEY is (no RSA private key|neither a PEM)[^\n]*$/,
    );
  });

  it('takes an empty value for one that is not set', () => {
    expect(parseEnv({ ...good, PUBLIC_URL: '', PORT: '' })).toMatchObject({ PORT: 3000 });
  });

  it('names every wrong variable in one line, and never its value', () => {
    const wrong = {
      ...good,
      FINTOC_SECRET_KEY: 'pk_oops_secret',
      SECRETS_KEY: 'short',
      NEXTAUTH_SECRET: undefined,
    };
    expect(() => parseEnv(wrong)).toThrowError(
      expect.objectContaining({
        message: expect.stringMatching(
          /^Configuration: (?=.*NEXTAUTH_SECRET is missing)(?=.*SECRETS_KEY)(?=.*FINTOC_SECRET_KEY)(?!.*pk_oops).*$/,
        ),
      }),
    );
  });

  it.each([
    ['DATABASE_URL', 'mysql://x'],
    ['NEXTAUTH_URL', 'ftp://x'],
    ['PORT', '70000'],
    ['FINTOC_API_VERSION', 'latest'],
    ['FINTOC_TIMEOUT_MS', '0'],
    ['FINTOC_WEBHOOK_GRACE_MS', '900000'],
    ['DATABASE_POOL_SIZE', '1'],
  ])('refuses %s=%s', (name, value) => {
    expect(() => parseEnv({ ...good, [name]: value })).toThrow(name);
  });
});
