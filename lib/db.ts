import { PrismaPg } from '@prisma/adapter-pg';
import { env } from '~/lib/env';
import { Prisma, PrismaClient } from '~/prisma/generated/client';

function connect() {
  return new PrismaClient({
    adapter: new PrismaPg({
      connectionString: env().DATABASE_URL,
      max: env().DATABASE_POOL_SIZE,
      connectionTimeoutMillis: 10_000,
      idle_in_transaction_session_timeout: 60_000,
      // The adapter reads and writes timestamps as if the session were in UTC; a server in another zone
      // would shift every time by hours without a word.
      options: '-c TimeZone=UTC',
    }),
    omit: { operator: { passwordHash: true } },
  });
}

export type Database = ReturnType<typeof connect>;
export type Tx = Omit<Database, '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'>;

// Next's dev server reloads modules; one pool must outlive them.
const globals = globalThis as typeof globalThis & { monederoDatabase?: Database };

/** The process's one database client. */
export function db(): Database {
  globals.monederoDatabase ??= connect();
  return globals.monederoDatabase;
}

/** Closes the pool; the next call to db() opens a new one. */
export async function disconnect(): Promise<void> {
  await globals.monederoDatabase?.$disconnect();
  globals.monederoDatabase = undefined;
}

const MAX_TRIES = 6;

/**
 * Runs `work` in one transaction, again when Postgres asks for it (deadlock, serialization failure, a lost race
 * on a unique key): so `work` must touch nothing but the database.
 */
export async function transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db().$transaction(work, { timeout: 30_000, maxWait: 15_000 });
    } catch (error) {
      if (attempt === MAX_TRIES || !isRetryable(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt));
    }
  }
}

/** The SQLSTATE behind a Prisma error, wherever this version hides it; null when there is none. */
export function sqlState(error: unknown): string | null {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return null;
  const meta = error.meta as { driverAdapterError?: { cause?: { originalCode?: string } } } | undefined;
  return meta?.driverAdapterError?.cause?.originalCode ?? null;
}

export function isUniqueViolation(error: unknown): boolean {
  return sqlState(error) === '23505';
}

/** What was given as an id can't be one, so there is nothing under it. */
export function isMalformedId(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && ['P2007', 'P2023'].includes(error.code);
}

/** What the work had read is not so any more: everything is to be done again, on what is so now. */
export class StaleRead extends Error {}

/** 40001 serialization failure, 40P01 deadlock; and a ledger source that somebody else posted at the same moment. */
function isRetryable(error: unknown): boolean {
  if (error instanceof StaleRead) return true;
  const state = sqlState(error);
  if (state === '40001' || state === '40P01') return true;
  if (state === '23505' && error instanceof Error && error.message.includes('ledger_transactions_source_key'))
    return true;
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2034';
}
