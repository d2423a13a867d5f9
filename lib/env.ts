import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';

const text = z.string().trim().min(1);
const port = z.coerce.number().int().min(1).max(65_535);

/** An RSA key: a PEM, a PEM whose newlines were written as \n (as most secret stores do), or a path to one. */
const rsaKey = text.transform((value, context) => {
  const pem = pemOf(value);
  if (pem === null) context.addIssue('is neither a PEM private key nor a readable path to one');
  else if (!isRsaKey(pem)) context.addIssue('is no RSA private key in PEM without a passphrase');
  return pem ?? z.NEVER;
});

function pemOf(value: string): string | null {
  if (value.includes('-----BEGIN')) return value.replaceAll('\\n', '\n');
  try {
    return readFileSync(value, 'utf8');
  } catch {
    return null;
  }
}

function isRsaKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}

/** Master keys of what is sealed, `name:key` each, the newest first: 32 bytes in base64. */
const masterKeys = text.transform((value, context) => {
  const keys = value
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((each) => {
      const [name = '', key = ''] = each.split(':');
      return { name, key: Buffer.from(key, 'base64') };
    });
  const isRight = keys.every(({ name, key }) => /^[\w-]{1,40}$/.test(name) && key.length === 32);
  if (!isRight || keys.length === 0) context.addIssue('must be name:key, the key 32 bytes in base64');
  if (new Set(keys.map(({ name }) => name)).size < keys.length) context.addIssue('has two keys of one name');
  return keys;
});

const isNetwork = (text: string) => ipaddr.isValidCIDR(text);

const ADDRESS = String.raw`[^\s<>@]+@[^\s<>@]+`;
const MAIL_FROM = new RegExp(String.raw`^(${ADDRESS}|[^\r\n<>]*<${ADDRESS}>)$`);

export const envSchema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DATABASE_REPLICA_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  // Behind by more than this, nothing is read from it.
  DATABASE_REPLICA_LAG_MS: z.coerce.number().int().min(500).max(600_000).default(5_000),
  ALLOW_OWNER_DATABASE_ROLE: z.enum(['0', '1']).default('0'),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(10),
  PORT: port.default(3000),
  NEXTAUTH_URL: z.url({ protocol: /^https?$/ }),
  NEXTAUTH_SECRET: text.min(32),
  // Of approvers and admins; unset, a live key requires it.
  SECOND_FACTOR: z.enum(['required', 'offered']).optional(),
  STEP_UP_SECONDS: z.coerce.number().int().min(60).max(86_400).default(300),
  // A provider of sign-in (OpenID Connect): its address, and what it knows us by. All three, or none.
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  OIDC_CLIENT_ID: text.optional(),
  OIDC_CLIENT_SECRET: text.optional(),
  OIDC_NAME: text.max(40).optional(),
  // What it says in amr or acr of who showed a second factor there.
  OIDC_SECOND_FACTORS: z
    .string()
    .default('')
    .transform((list) => list.split(/[\s,]+/).filter(Boolean)),
  // Of our own: each writes where a request came from at the end of X-Forwarded-For.
  PROXY_HOPS: z.coerce.number().int().min(1).max(10).default(1),
  API_REQUESTS_PER_SECOND: z.coerce.number().int().min(1).max(100_000).default(100),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  SECRETS_KEY: text.refine(
    (value) => Buffer.from(value, 'base64').length === 32,
    'must be 32 bytes in base64',
  ),
  VAULT_KEYS: masterKeys,
  FINTOC_SECRET_KEY: text.regex(/^sk_(test|live)_/, 'must start with sk_test_ or sk_live_'),
  FINTOC_BASE_URL: z.url({ protocol: /^https?$/ }).default('https://api.fintoc.com'),
  FINTOC_JWS_PRIVATE_KEY: rsaKey,
  FINTOC_WEBHOOK_SECRET: text.optional(),
  FINTOC_API_VERSION: z.iso.date().optional(),
  FINTOC_TIMEOUT_MS: z.coerce.number().int().min(100).max(120_000).default(15_000),
  FINTOC_TRANSFERS_PER_SECOND: z.coerce.number().min(0.1).max(1_000).default(10),
  // A poll looks back fifteen minutes: what it leaves to the webhooks must be among what the next ones see.
  FINTOC_WEBHOOK_GRACE_MS: z.coerce.number().int().min(0).max(600_000).default(90_000),
  FINTOC_POLL_MS: z.coerce.number().int().min(500).max(3_600_000).default(30_000),
  FINTOC_MOVEMENTS_MS: z.coerce.number().int().min(500).max(86_400_000).default(60_000),
  // Beside the public ones: where messages of ours may go, in the house.
  WEBHOOK_ALLOWED_NETWORKS: z
    .string()
    .default('')
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .refine((list) => list.every(isNetwork), 'must be networks such as 10.1.0.0/16, separated by commas'),
  ALARM_COMMAND: text.optional(),
  // The server that takes mails to people of the console.
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: text
    .regex(MAIL_FROM, 'must be an address, or a name and an address in angle brackets')
    .optional(),
  // How far the books have come, where no restore of the database takes it back.
  MARKS_DIR: text.optional(),
  DATA_DIR: text.default('.data'),
  CHAIN_HEAD_FILE: text.default('.data/chain-head.log'),
  METRICS_TOKEN: text.min(16).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

export type Env = z.infer<typeof envSchema>;

/** Reads the configuration. Throws an error whose message is one line that names each wrong variable. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  // An empty value in a dotenv file means "not set".
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = envSchema.safeParse(given);
  if (parsed.success) {
    const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = parsed.data;
    const told = [OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET].filter((value) => value !== undefined);
    if (told.length % 3 === 0) return parsed.data;
    throw new Error(
      'Configuration: OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together. See .env.example.',
    );
  }
  const wrong = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    return given[name] === undefined ? `${name} is missing` : `${name} ${issue.message}`;
  });
  throw new Error(`Configuration: ${wrong.join('; ')}. See .env.example.`);
}

let parsed: Env | undefined;

/** The configuration of this process, parsed once. */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}

/** Who else may say who signs in; null: nobody. `factors`: what of its words counts as a second factor. */
export type SignInProvider = { issuer: string; id: string; secret: string; name: string; factors: string[] };

export function signInProvider(): SignInProvider | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: id, OIDC_CLIENT_SECRET: secret, ...rest } = env();
  if (issuer === undefined || id === undefined || secret === undefined) return null;
  return {
    issuer,
    id,
    secret,
    name: rest.OIDC_NAME ?? new URL(issuer).hostname,
    factors: rest.OIDC_SECOND_FACTORS,
  };
}

/** Where it is remembered outside the database how far the books have come. */
export function marksDirectory(): string {
  const { MARKS_DIR, DATA_DIR } = env();
  return MARKS_DIR ?? path.join(DATA_DIR, 'marks');
}

/** test or live: the mode of the Fintoc key, and so of every object that we may see. */
export function fintocMode(): 'test' | 'live' {
  return env().FINTOC_SECRET_KEY.startsWith('sk_live_') ? 'live' : 'test';
}

/** Whether whoever decides on what others ask for needs a second factor. */
export function requiresSecondFactor(): boolean {
  return (env().SECOND_FACTOR ?? (fintocMode() === 'live' ? 'required' : 'offered')) === 'required';
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** Whether an address is of this very machine. */
export function isLoopback({ hostname }: URL): boolean {
  return LOOPBACK.includes(hostname);
}

/** Whether the Fintoc that we speak to is the local one. */
export function isLocalFintoc(): boolean {
  return isLoopback(new URL(env().FINTOC_BASE_URL));
}

/** Where a rail delivers webhooks. */
export function webhookUrl(rail = 'fintoc'): string {
  return new URL(`/api/webhooks/${rail}`, env().PUBLIC_URL ?? env().NEXTAUTH_URL).toString();
}

/** Why Fintoc could not deliver to us: it takes https alone, and reaches no address of this machine. Null when it can. */
export function webhookHazard(): 'insecure' | 'unreachable' | null {
  if (isLocalFintoc()) return null;
  const { protocol, hostname } = new URL(webhookUrl());
  if (LOOPBACK.includes(hostname)) return 'unreachable';
  return protocol === 'https:' ? null : 'insecure';
}
