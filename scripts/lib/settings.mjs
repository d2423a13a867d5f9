/**
 * Where each variable comes from: the environment, then the project's .env, then what was generated for this
 * machine (DATA_DIR/local.env), then a default.
 */
import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import util from 'node:util';

/** The role that owns our own PostgreSQL's database, and the name of both. */
export const OWNER = 'monedero';

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
    CHAIN_HEAD_FILE: path.join(dataDir, 'chain-head.log'),
    SECRETS_KEY: kept.SECRETS_KEY ?? randomBytes(32).toString('base64'),
    VAULT_KEYS: kept.VAULT_KEYS ?? `first:${randomBytes(32).toString('base64')}`,
    ...(localPostgres ? postgresSettings(kept, ports) : {}),
    ...(localFintoc
      ? {
          // Everything is on this machine then, who is told of it too.
          WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8,::1/128',
          PUBLIC_URL: `http://127.0.0.1:${ports.web}`,
          DEMO_PASSWORD: kept.DEMO_PASSWORD ?? demoPassword(),
        }
      : {}),
  };
  // The local Fintoc and its client belong together: half of a real configuration must not part them.
  const fintoc = localFintoc ? fintocSettings(kept, ports) : {};
  const env = { ...generated, ...given, ...fintoc };
  // An owner's address without the app's belongs to another database than ours.
  if (localPostgres) env.DATABASE_OWNER_URL = generated.DATABASE_OWNER_URL ?? '';
  return { dataDir, localPostgres, localFintoc, ports, generated: { ...generated, ...fintoc }, env };
}

/**
 * What a program gets that is started by itself, beside npm start or in a deployment. Nothing is made up: what is
 * missing, the program names. The owner's address is for whoever makes tables.
 *
 * @param {string} file
 * @returns {Record<string, string>}
 */
export function commandEnvironment(file) {
  const given = withoutEmpty({ ...readDotenv(path.join(root, '.env')), ...process.env });
  const kept = readDotenv(path.join(path.resolve(root, given.DATA_DIR ?? '.data'), 'local.env'));
  // A real key must not be sent to the local Fintoc of an earlier start.
  const isReal = given.FINTOC_SECRET_KEY !== undefined && given.FINTOC_SECRET_KEY !== kept.FINTOC_SECRET_KEY;
  const isElsewhere = given.DATABASE_URL !== undefined && given.DATABASE_URL !== kept.DATABASE_URL;
  const mine = Object.entries(kept).filter(
    ([name]) =>
      !(isReal && /^(FINTOC|SANDBOX|PUBLIC)_/.test(name)) && !(isElsewhere && OWNERS.includes(name)),
  );
  const env = { ...Object.fromEntries(mine), ...given };
  if (file === 'scripts/migrate.mjs') return env;
  if (file === 'lib/entrance/main.ts') return programEnvironment(env, 'web');
  if (file === 'lib/worker/main.ts') return programEnvironment(env, 'worker');
  if (file === 'sandbox/main.ts') return programEnvironment(env, 'sandbox');
  return appEnvironment(env);
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

/** Addresses and passwords that are no business of web and worker. */
const OWNERS = ['DATABASE_OWNER_URL', 'POSTGRES_PASSWORD', 'SANDBOX_DATABASE_URL'];

/**
 * What web and worker are given, and what is started in their place: nothing that opens the database as its owner.
 *
 * @template T
 * @param {Record<string, T>} env
 * @returns {Record<string, T>}
 */
export function appEnvironment(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !OWNERS.includes(name)));
}

/** What web and worker read of lib/env.ts; scripts/lib/settings.test.ts compares. */
const OF_THE_APP = [
  ...['NODE_ENV', 'DATABASE_URL', 'ALLOW_OWNER_DATABASE_ROLE', 'DATABASE_POOL_SIZE', 'PORT', 'NEXTAUTH_URL'],
  ...['DATABASE_REPLICA_URL', 'DATABASE_REPLICA_LAG_MS'],
  ...[
    'NEXTAUTH_SECRET',
    'SECOND_FACTOR',
    'STEP_UP_SECONDS',
    'PROXY_HOPS',
    'API_REQUESTS_PER_SECOND',
    'PUBLIC_URL',
    'SECRETS_KEY',
    'VAULT_KEYS',
  ],
  ...['FINTOC_SECRET_KEY', 'FINTOC_BASE_URL', 'FINTOC_JWS_PRIVATE_KEY', 'FINTOC_WEBHOOK_SECRET'],
  ...['FINTOC_API_VERSION', 'FINTOC_TIMEOUT_MS', 'FINTOC_TRANSFERS_PER_SECOND', 'FINTOC_WEBHOOK_GRACE_MS'],
  ...['FINTOC_POLL_MS', 'FINTOC_MOVEMENTS_MS', 'WEBHOOK_ALLOWED_NETWORKS', 'ALARM_COMMAND', 'MARKS_DIR'],
  ...['SMTP_URL', 'MAIL_FROM'],
  ...['DATA_DIR', 'CHAIN_HEAD_FILE', 'LOG_LEVEL'],
];

/** Of the variables that are ours, those that each program is given. */
export const READ_BY = {
  web: [
    ...OF_THE_APP,
    ...['HOST', 'METRICS_TOKEN', 'NEXT_SERVER_ACTIONS_ENCRYPTION_KEY'],
    ...['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_NAME', 'OIDC_SECOND_FACTORS'],
  ],
  worker: OF_THE_APP,
};

/**
 * What one program is given: of ours what it reads and no more, and all else that the environment says (PATH, TZ, a
 * proxy). A variable that isn't for it is there and empty: Next would fill it in from .env by itself.
 *
 * @param {Record<string, string | undefined>} env
 * @param {'web' | 'worker' | 'sandbox'} program
 * @returns {Record<string, string>}
 */
export function programEnvironment(env, program) {
  // What is there and empty isn't set.
  const sandboxUrl = env.SANDBOX_DATABASE_URL || env.DATABASE_OWNER_URL || env.DATABASE_URL || '';
  const isGiven = (/** @type {string} */ name) =>
    program === 'sandbox' ? /^(SANDBOX_|LOG_LEVEL$)/.test(name) : READ_BY[program].includes(name);
  const withheld = variableNames().filter((name) => !isGiven(name));
  return {
    ...env,
    ...(program === 'sandbox' && { SANDBOX_DATABASE_URL: sandboxUrl }),
    ...Object.fromEntries([...withheld, ...SERVERS].map((name) => [name, ''])),
  };
}

/** The superuser's, which is never in .env.example: npm start makes it. */
const SERVERS = ['POSTGRES_PASSWORD'];

/** Every variable that is ours, as .env.example lists them. @returns {string[]} */
export function variableNames() {
  const example = fs.readFileSync(path.join(root, '.env.example'), 'utf8');
  return [...example.matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1] ?? '');
}

/** @param {string} file @returns {Record<string, string>} */
export function readDotenv(file) {
  return fs.existsSync(file) ? withoutEmpty(util.parseEnv(fs.readFileSync(file, 'utf8'))) : {};
}

function postgresSettings(kept, ports) {
  // Until there were two roles, the one address was the owner's.
  const isOwners = kept.DATABASE_URL !== undefined && new URL(kept.DATABASE_URL).username === OWNER;
  const owner = isOwners ? kept.DATABASE_URL : kept.DATABASE_OWNER_URL;
  const app = isOwners ? undefined : kept.DATABASE_URL;
  const address = (role, known) =>
    `postgresql://${role}:${known ? new URL(known).password : secret()}@127.0.0.1:${ports.postgres}/${OWNER}`;
  return {
    POSTGRES_PASSWORD: kept.POSTGRES_PASSWORD ?? secret(),
    DATABASE_OWNER_URL: address(OWNER, owner),
    DATABASE_URL: address(`${OWNER}_app`, app),
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
