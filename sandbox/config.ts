import { createPublicKey } from 'node:crypto';
import { z } from 'zod';

export const FAILED_OUTCOMES = ['failed', 'rejected', 'returned'] as const;
export type FailedOutcome = (typeof FAILED_OUTCOMES)[number];

export interface SandboxOptions {
  databaseUrl: string;
  /** 0 picks a free one. */
  port: number;
  host?: string;
  secretKey: string;
  /** PEM. Without it every signed route answers `missing_active_jws_public_key`. */
  jwsPublicKey?: string;
  /** How far a request signature's clock may be off. Fintoc doesn't say. */
  jwsWindowSeconds?: number;
  /** How long a transfer stays pending. */
  settleMs?: number;
  /** Delay before the first retry of a delivery; it doubles each time. */
  retryBaseMs?: number;
  deliveryTimeoutMs?: number;
  deliveryConcurrency?: number;
  /** Limit of money-moving requests; 0 means none. */
  transfersPerSecond?: number;
  /** How a transfer ends that the rail refuses for lack of funds. Fintoc's pages disagree. */
  insufficientFundsOutcome?: FailedOutcome;
  poolSize?: number;
}

export const DEFAULTS = {
  host: '127.0.0.1',
  jwsWindowSeconds: 300,
  settleMs: 2_000,
  retryBaseMs: 3_000,
  deliveryTimeoutMs: 10_000,
  deliveryConcurrency: 32,
  transfersPerSecond: 10,
  insufficientFundsOutcome: 'failed',
  poolSize: 20,
} as const;

const text = z.string().trim().min(1);
const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' });

const envSchema = z
  .object({
    DATABASE_URL: postgresUrl.optional(),
    SANDBOX_DATABASE_URL: postgresUrl.optional(),
    SANDBOX_PORT: whole(1, 65_535).default(3010),
    SANDBOX_HOST: text.optional(),
    SANDBOX_SECRET_KEY: text.regex(/^sk_test_/, 'must start with sk_test_'),
    SANDBOX_JWS_PUBLIC_KEY: text
      .transform((pem) => pem.replaceAll('\\n', '\n'))
      .refine(isPublicKey, 'must be a PEM public key')
      .optional(),
    SANDBOX_JWS_WINDOW_SECONDS: whole(1, 86_400).optional(),
    SANDBOX_SETTLE_MS: whole(0, 86_400_000).optional(),
    SANDBOX_RETRY_BASE_MS: whole(1, 3_600_000).optional(),
    SANDBOX_DELIVERY_TIMEOUT_MS: whole(10, 120_000).optional(),
    SANDBOX_DELIVERY_CONCURRENCY: whole(1, 500).optional(),
    SANDBOX_TRANSFERS_PER_SECOND: whole(0, 100_000).optional(),
    SANDBOX_INSUFFICIENT_FUNDS_OUTCOME: z.enum(FAILED_OUTCOMES).optional(),
    SANDBOX_POOL_SIZE: whole(4, 200).optional(),
  })
  .refine((env) => env.SANDBOX_DATABASE_URL ?? env.DATABASE_URL, {
    path: ['SANDBOX_DATABASE_URL'],
    message: 'is missing',
  });

function isPublicKey(pem: string): boolean {
  try {
    return createPublicKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}

/** Reads the sandbox's options. Throws an error whose message is one line that names each wrong variable. */
export function parseSandboxEnv(source: Record<string, string | undefined>): SandboxOptions {
  // An empty value in a dotenv file means "not set".
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = envSchema.safeParse(given);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return given[name] === undefined ? `${name} is missing` : `${name} ${issue.message}`;
    });
    throw new Error(`Sandbox configuration: ${wrong.join('; ')}. See .env.example.`);
  }
  const env = parsed.data;
  return withoutUnset({
    databaseUrl: env.SANDBOX_DATABASE_URL ?? env.DATABASE_URL ?? '',
    port: env.SANDBOX_PORT,
    host: env.SANDBOX_HOST,
    secretKey: env.SANDBOX_SECRET_KEY,
    jwsPublicKey: env.SANDBOX_JWS_PUBLIC_KEY,
    jwsWindowSeconds: env.SANDBOX_JWS_WINDOW_SECONDS,
    settleMs: env.SANDBOX_SETTLE_MS,
    retryBaseMs: env.SANDBOX_RETRY_BASE_MS,
    deliveryTimeoutMs: env.SANDBOX_DELIVERY_TIMEOUT_MS,
    deliveryConcurrency: env.SANDBOX_DELIVERY_CONCURRENCY,
    transfersPerSecond: env.SANDBOX_TRANSFERS_PER_SECOND,
    insufficientFundsOutcome: env.SANDBOX_INSUFFICIENT_FUNDS_OUTCOME,
    poolSize: env.SANDBOX_POOL_SIZE,
  });
}

/** Drops what is undefined, so that spreading over DEFAULTS keeps the default. */
export function withoutUnset<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}
