import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { parseSandboxEnv } from '~/sandbox/config';

const GOOD = { SANDBOX_DATABASE_URL: 'postgres://u:p@localhost/db', SANDBOX_SECRET_KEY: 'sk_test_x' };

test('two variables are enough, and DATABASE_URL stands in for the first', () => {
  expect(parseSandboxEnv(GOOD)).toEqual({
    databaseUrl: GOOD.SANDBOX_DATABASE_URL,
    port: 3010,
    secretKey: 'sk_test_x',
  });
  const { SANDBOX_DATABASE_URL: DATABASE_URL, SANDBOX_SECRET_KEY } = GOOD;
  expect(parseSandboxEnv({ DATABASE_URL, SANDBOX_SECRET_KEY, SANDBOX_PORT: '' }).databaseUrl).toBe(
    DATABASE_URL,
  );
});

test('a key whose newlines are written as \\n is read', () => {
  const pem = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).publicKey.trim();
  const written = pem.replaceAll('\n', '\\n');
  expect(parseSandboxEnv({ ...GOOD, SANDBOX_JWS_PUBLIC_KEY: written }).jwsPublicKey).toBe(pem);
});

test.each([
  ['SANDBOX_SECRET_KEY', 'sk_live_x'],
  ['SANDBOX_SECRET_KEY', ''],
  ['SANDBOX_PORT', '99999'],
  ['SANDBOX_SETTLE_MS', 'soon'],
  ['SANDBOX_DATABASE_URL', 'mysql://x'],
  ['SANDBOX_JWS_PUBLIC_KEY', 'no key'],
  ['SANDBOX_INSUFFICIENT_FUNDS_OUTCOME', 'maybe'],
])('a wrong %s is named in one line', (name, value) => {
  const parse = () => parseSandboxEnv({ ...GOOD, [name]: value });
  expect(parse).toThrow(name);
  expect(parse).not.toThrow(/\n/);
});
