import fs from 'node:fs';
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

const good = {
  DATABASE_URL: 'postgres://monedero@127.0.0.1:5432/monedero',
  NEXTAUTH_URL: 'http://localhost:3000',
  NEXTAUTH_SECRET: 'x'.repeat(32),
  SECRETS_KEY: Buffer.alloc(32).toString('base64'),
  FINTOC_SECRET_KEY: 'sk_test_1',
  FINTOC_JWS_PRIVATE_KEY: '-----BEGIN PRIVATE KEY-----\\nabc\\n-----END PRIVATE KEY-----',
};

describe('.env.example', () => {
  it('has every variable that the app and the local Fintoc read', () => {
    // Set by Node's tools, not by people.
    const wanted = [...Object.keys(envSchema.shape), ...sandbox].filter((name) => name !== 'NODE_ENV');
    expect(sandbox.length).toBeGreaterThan(5);
    expect(wanted.filter((name) => !documented.includes(name))).toEqual([]);
  });

  it('has none that nothing reads, and none twice', () => {
    const scripts = fs.readdirSync(path.join(root, 'scripts'), { recursive: true, withFileTypes: true });
    const sources = scripts
      .filter((entry) => entry.isFile())
      .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), 'utf8'));
    const text = [read('lib/env.ts'), read('sandbox/config.ts'), read('prisma/seed.ts'), ...sources].join(
      '\n',
    );
    expect(documented.filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
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
    expect(env.FINTOC_JWS_PRIVATE_KEY).toContain('KEY-----\nabc\n');
    expect(env).toMatchObject({
      PORT: 3000,
      FINTOC_BASE_URL: 'https://api.fintoc.com',
      FINTOC_TRANSFERS_PER_SECOND: 10,
    });
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
    ['FINTOC_JWS_PRIVATE_KEY', '/nowhere/key.pem'],
    ['FINTOC_API_VERSION', 'latest'],
    ['FINTOC_TIMEOUT_MS', '0'],
    ['FINTOC_WEBHOOK_GRACE_MS', '900000'],
    ['DATABASE_POOL_SIZE', '1'],
  ])('refuses %s=%s', (name, value) => {
    expect(() => parseEnv({ ...good, [name]: value })).toThrow(name);
  });
});
