/**
 * Where each variable comes from: the environment, then the project's .env, then what was generated for this
 * machine (DATA_DIR/local.env), then a default.
 */
import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import util from 'node:util';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/**
 * @typedef {object} Settings
 * @property {string} dataDir
 * @property {boolean} localPostgres  no DATABASE_URL was given
 * @property {boolean} localFintoc  no FINTOC_SECRET_KEY was given
 * @property {{ web: number, sandbox: number, postgres: number }} ports
 * @property {Record<string, string>} generated  what this machine was given; kept in local.env
 * @property {Record<string, string>} env  everything, for the programs
 */

/**
 * Reads the settings and generates what is missing. Writes nothing.
 *
 * @param {Record<string, string>} [overrides]  stronger than the environment: the tests' own ports and directories
 * @returns {Settings}
 */
export function readSettings(overrides = {}) {
  const given = withoutEmpty({ ...readDotenv(path.join(root, '.env')), ...process.env, ...overrides });
  const dataDir = path.resolve(root, given.DATA_DIR ?? '.data');
  const kept = readDotenv(path.join(dataDir, 'local.env'));
  const localPostgres = given.DATABASE_URL === undefined;
  const localFintoc = given.FINTOC_SECRET_KEY === undefined;
  const ports = {
    web: Number(given.PORT ?? 3000),
    sandbox: Number(given.SANDBOX_PORT ?? 3010),
    postgres: Number(given.POSTGRES_PORT ?? 54320),
  };
  const generated = {
    PORT: String(ports.web),
    NEXTAUTH_URL: `http://localhost:${ports.web}`,
    NEXTAUTH_SECRET: kept.NEXTAUTH_SECRET ?? secret(),
    SECRETS_KEY: kept.SECRETS_KEY ?? randomBytes(32).toString('base64'),
    ...(localPostgres ? postgresSettings(kept, ports) : {}),
    ...(localFintoc
      ? { PUBLIC_URL: `http://127.0.0.1:${ports.web}`, DEMO_PASSWORD: kept.DEMO_PASSWORD ?? demoPassword() }
      : {}),
  };
  // The local Fintoc and its client belong together: half of a real configuration must not part them.
  const fintoc = localFintoc ? fintocSettings(kept, ports) : {};
  const env = { ...generated, ...given, ...fintoc };
  return { dataDir, localPostgres, localFintoc, ports, generated: { ...generated, ...fintoc }, env };
}

/**
 * What a program gets that is started by itself, beside npm start or in a deployment. Nothing is made up: what is
 * missing, the program names.
 *
 * @returns {Record<string, string>}
 */
export function commandEnvironment() {
  const given = withoutEmpty({ ...readDotenv(path.join(root, '.env')), ...process.env });
  const kept = readDotenv(path.join(path.resolve(root, given.DATA_DIR ?? '.data'), 'local.env'));
  // A real key must not be sent to the local Fintoc of an earlier start.
  const isReal = given.FINTOC_SECRET_KEY !== undefined && given.FINTOC_SECRET_KEY !== kept.FINTOC_SECRET_KEY;
  const mine = Object.entries(kept).filter(([name]) => !isReal || !/^(FINTOC|SANDBOX|PUBLIC)_/.test(name));
  return { ...Object.fromEntries(mine), ...given };
}

/**
 * Keeps what was generated, readable by its owner alone.
 *
 * @param {Settings} settings
 */
export function keepGenerated({ dataDir, generated }) {
  const file = path.join(dataDir, 'local.env');
  const lines = Object.entries(generated).map(
    ([name, value]) => `${name}="${value.replaceAll('\n', '\\n')}"`,
  );
  const text = `# Made by npm start for this machine alone. Real environment variables and .env win over it.\n${lines.join('\n')}\n`;
  fs.mkdirSync(dataDir, { recursive: true });
  fs.writeFileSync(`${file}.new`, text, { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
}

/** @param {string} file @returns {Record<string, string>} */
export function readDotenv(file) {
  return fs.existsSync(file) ? withoutEmpty(util.parseEnv(fs.readFileSync(file, 'utf8'))) : {};
}

function postgresSettings(kept, ports) {
  const password = kept.DATABASE_URL ? new URL(kept.DATABASE_URL).password : secret();
  return {
    POSTGRES_PASSWORD: kept.POSTGRES_PASSWORD ?? secret(),
    DATABASE_URL: `postgresql://monedero:${password}@127.0.0.1:${ports.postgres}/monedero`,
  };
}

function fintocSettings(kept, ports) {
  const privateKey = kept.FINTOC_JWS_PRIVATE_KEY ?? jwsPrivateKey();
  const secretKey = kept.FINTOC_SECRET_KEY ?? `sk_test_${secret()}`;
  return {
    FINTOC_SECRET_KEY: secretKey,
    FINTOC_BASE_URL: `http://127.0.0.1:${ports.sandbox}`,
    FINTOC_JWS_PRIVATE_KEY: privateKey,
    SANDBOX_PORT: String(ports.sandbox),
    SANDBOX_SECRET_KEY: secretKey,
    SANDBOX_JWS_PUBLIC_KEY: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
  };
}

function demoPassword() {
  return `monedero-${randomBytes(4).toString('hex')}`;
}

function jwsPrivateKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function secret() {
  return randomBytes(24).toString('hex');
}

/** An empty value means "not set", as in lib/env.ts. */
function withoutEmpty(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value));
}
