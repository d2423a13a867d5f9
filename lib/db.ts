import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { type Backoff, backoffMs } from '~/lib/backoff';
import { env } from '~/lib/env';
import { BeyondScope } from '~/lib/errors';
import { log } from '~/lib/log';
import { scopeInForce } from '~/lib/scope';
import { Prisma, PrismaClient } from '~/prisma/generated/client';

const SESSION = [
  // The adapter reads and writes timestamps as if the session were in UTC; a server in another zone would shift every
  // time by hours without a word.
  'TimeZone=UTC',
  // A page reads a few rows: it would only pay for planning with helpers, and take their cores from the postings.
  'max_parallel_workers_per_gather=0',
  // Nor is it worth compiling, which a server that can would do where the planner fears the worst.
  'jit=off',
];

/** What every connection is opened with. */
function session(more: readonly string[]): string {
  const { STATEMENT_TIMEOUT_MS: timeoutMs } = process.env;
  // Of the app behind its entrance: what takes longer, nobody waits for any more (lib/entrance/main.ts).
  const settings = [...SESSION, ...(timeoutMs ? [`statement_timeout=${timeoutMs}`] : []), ...more];
  return settings.map((setting) => `-c ${setting}`).join(' ');
}

/** How many connections, and what each is opened with beside what all are. */
type Opening = { max?: number; settings?: readonly string[] };

function connect(
  connectionString: string,
  connectionTimeoutMillis: number,
  { max = env().DATABASE_POOL_SIZE, settings = [] }: Opening = {},
) {
  const pool = new pg.Pool({
    ...{ connectionString, max, connectionTimeoutMillis },
    idle_in_transaction_session_timeout: 60_000,
    options: session(settings),
  });
  // An idle connection that the server cuts is replaced by the next query; unheard, it would end the process.
  pool.on('error', ({ message }) => log.warn({ reason: message }, 'database connection lost'));
  // So would one that breaks between the pool's hands and those of who takes it: that one is told by its query.
  pool.on('connect', (connection) => connection.on('error', () => undefined));
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, { disposeExternalPool: true }),
    omit: { operator: { passwordHash: true } },
  });
  return { pool, prisma };
}

export type Database = ReturnType<typeof connect>['prisma'];
/** What runs a statement: a transaction, or the database itself, where the statement commits alone. */
export type Queryable = Tx;
export type Tx = Omit<Database, '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'>;

// Next's dev server reloads modules; one pool must outlive them.
const globals = globalThis as typeof globalThis & {
  monederoDatabase?: ReturnType<typeof connect>;
  monederoReplica?: ReturnType<typeof connect>;
  monederoScoped?: Map<string, ReturnType<typeof connect>>;
};

/** Where to read from, and in whose scope that was chosen: it is nobody else's. */
const reading = new AsyncLocalStorage<{ database: Database; scope: string | null }>();

function chosen(): Database | undefined {
  const choice = reading.getStore();
  return choice?.scope === scopeInForce() ? choice?.database : undefined;
}

function readingFrom<Result>(database: Database, read: () => Promise<Result>): Promise<Result> {
  return reading.run({ database, scope: scopeInForce() }, read);
}

/**
 * The process's one database client; within `atOneMoment`, what reads that moment, and within a late read the replica. For
 * whoever sees some portfolios alone (lib/scope.ts) it is one to which PostgreSQL shows nothing else.
 */
export function db(): Database {
  return chosen() ?? connection().prisma;
}

function connection() {
  const scope = scopeInForce();
  if (scope !== null) return scopedConnection(scope);
  globals.monederoDatabase ??= connect(env().DATABASE_URL, 10_000);
  return globals.monederoDatabase;
}

/** A role's people share so many connections at most, which close when nobody of them asks. */
const SCOPED_CONNECTIONS = 10;

function scopedConnection(scope: string) {
  globals.monederoScoped ??= new Map();
  let scoped = globals.monederoScoped.get(scope);
  if (!scoped) {
    const role = `${decodeURIComponent(new URL(env().DATABASE_URL).username)}_scoped`;
    const { pool, prisma } = connect(env().DATABASE_URL, 10_000, {
      max: Math.min(SCOPED_CONNECTIONS, env().DATABASE_POOL_SIZE),
      settings: [`role=${role.replace(/[\\ ]/g, '\\$&')}`, `monedero.scope=${scope}`],
    });
    scoped = { pool, prisma: sayingBeyond(prisma) };
    globals.monederoScoped.set(scope, scoped);
  }
  return scoped;
}

/** What the scope's role of the database may not touch is no fault: it is said to whoever asked for it. */
function sayingBeyond(prisma: Database): Database {
  return prisma.$extends({
    query: {
      $allOperations: ({ args, query }) =>
        query(args).catch((error: unknown) => {
          throw sqlState(error) === '42501' ? new BeyondScope() : error;
        }),
    },
  }) as unknown as Database;
}

/** The copy that may be behind, where there is one. For lib/replica.ts alone, which knows how far. */
export function replica(): Database | null {
  const { DATABASE_REPLICA_URL } = env();
  // Whoever can't reach it asks the primary, and has no time to lose.
  if (DATABASE_REPLICA_URL) globals.monederoReplica ??= connect(DATABASE_REPLICA_URL, 1_000);
  return globals.monederoReplica?.prisma ?? null;
}

/** Runs reads whose `db()` is this one. */
export function readFrom<Result>(database: Database, read: () => Promise<Result>): Promise<Result> {
  return readingFrom(database, read);
}

/** Whether where to read from was chosen already: a moment, the replica, or, in a transaction or a scope, the primary. */
export function isPlaceChosen(): boolean {
  return chosen() !== undefined || scopeInForce() !== null;
}

/** Closes the pools; the next call to db() opens a new one. */
export async function disconnect(): Promise<void> {
  await Promise.all([
    globals.monederoDatabase?.prisma.$disconnect(),
    globals.monederoReplica?.prisma.$disconnect(),
    ...[...(globals.monederoScoped?.values() ?? [])].map(({ prisma }) => prisma.$disconnect()),
  ]);
  globals.monederoScoped = undefined;
  globals.monederoDatabase = undefined;
  globals.monederoReplica = undefined;
}

/**
 * Runs one statement of the write path, or of what is asked for most. Outside a transaction it goes to the driver, as a
 * prepared statement: Prisma would copy a batch of hundreds of kilobytes through its query compiler, which costs as much as
 * all else here, and takes several times as long over a row found by its key. Cast bigints to text in it: the two read
 * them differently.
 */
export async function statement<Row>(client: Queryable, text: string, values: unknown[]): Promise<Row[]> {
  if (client !== db()) return client.$queryRawUnsafe<Row[]>(text, ...values);
  try {
    const { rows } = await connection().pool.query({ name: nameOf(text), text, values });
    return rows;
  } catch (error) {
    throw scopeInForce() !== null && sqlState(error) === '42501' ? new BeyondScope() : error;
  }
}

const names = new Map<string, string>();

/** By what it says: the bundles of a Next.js server have a copy each of this file, and share the connections. */
function nameOf(text: string): string {
  let name = names.get(text);
  if (!name) {
    name = `monedero_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
    names.set(text, name);
  }
  return name;
}

const MAX_TRIES = 10;
/** Two that met each other begin again at different moments: all of the wait is chance. */
const BETWEEN_TRIES: Backoff = { firstMs: 40, mostMs: 1_000, spread: 1 };

/**
 * Runs `work` in one transaction, again when Postgres asks for it (deadlock, serialization failure, a lost race
 * on a unique key): so `work` must touch nothing but the database. What it reads, by `db()` too, is the primary's:
 * nothing is decided on what may be late.
 */
export async function transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
  const { prisma } = connection();
  return committed(() => prisma.$transaction(work, { timeout: 30_000, maxWait: 15_000 }));
}

/** The same of `work` that plans on what it reads, and then writes by one statement of its own, which commits. */
export async function committed<Result>(work: () => Promise<Result>): Promise<Result> {
  const { prisma } = connection();
  const then = new Map<string, () => Promise<void>>();
  const attempt = () => {
    then.clear();
    return work();
  };
  const result = await readingFrom(prisma, () => committing.run(then, () => retried(attempt)));
  for (const next of then.values()) await readingFrom(prisma, next);
  return result;
}

const committing = new AsyncLocalStorage<Map<string, () => Promise<void>>>();

/** What runs once the transaction under way has committed, once of each name. It may not fail: what was done is done. */
export function onCommit(name: string, next: () => Promise<void>): void {
  committing.getStore()?.set(name, next);
}

const LONGEST_READ_MS = 30 * 60_000;

/**
 * Runs reads, however many and long, over the database as it is at their first one: what changes meanwhile neither
 * appears nor goes missing between two pages. All reads by `db()` within are of that moment; what is to be written or
 * read of now goes through `atThisMoment`. `of` is the primary, or where `upToNow` (lib/replica.ts) leads.
 */
export function atOneMoment<Result>(read: () => Promise<Result>, of?: Database): Promise<Result> {
  return (of ?? connection().prisma).$transaction(
    async (tx) => {
      // The first statement is what sets the moment.
      await tx.$executeRaw`SET TRANSACTION READ ONLY`;
      await tx.$queryRaw`SELECT 1 AS set`;
      return readingFrom(tx as Database, read);
    },
    { isolationLevel: 'RepeatableRead', timeout: LONGEST_READ_MS, maxWait: 15_000 },
  );
}

/** Leaves the moment that is read, for a while, for the primary as it is now. */
export function atThisMoment<Result>(work: () => Promise<Result>): Promise<Result> {
  return readingFrom(connection().prisma, work);
}

/** Runs `work`, which commits by one statement of its own, again when Postgres asks for it. */
export async function retried<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === MAX_TRIES || !isRetryable(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, backoffMs(BETWEEN_TRIES, attempt)));
    }
  }
}

/** The SQLSTATE of an error, the driver's or Prisma's, wherever this version hides it; null when there is none. */
export function sqlState(error: unknown): string | null {
  if (error instanceof pg.DatabaseError) return error.code ?? null;
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return null;
  const meta = error.meta as { driverAdapterError?: { cause?: { originalCode?: string } } } | undefined;
  return meta?.driverAdapterError?.cause?.originalCode ?? null;
}

/** 57014: it took longer than a statement may. There is too much to do, or it was asked for too much. */
export function isTooSlow(error: unknown): boolean {
  return sqlState(error) === '57014';
}

/** What was given as an id can't be one, so there is nothing under it. 22021: it holds U+0000. 22P02: it is no UUID. */
export function isMalformedId(error: unknown): boolean {
  if (['22021', '22P02'].includes(sqlState(error) ?? '')) return true;
  return error instanceof Prisma.PrismaClientKnownRequestError && ['P2007', 'P2023'].includes(error.code);
}

/** What the work had read is not so any more: everything is to be done again, on what is so now. */
export class StaleRead extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** 40001 serialization failure, 40P01 deadlock; and a step that somebody else posted at the same moment. */
function isRetryable(error: unknown): boolean {
  if (error instanceof StaleRead) return true;
  const state = sqlState(error);
  if (state === '40001' || state === '40P01') return true;
  if (state === '23505' && error instanceof Error && error.message.includes('ledger_transactions_cause_key'))
    return true;
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2034';
}
