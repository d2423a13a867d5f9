import pg from 'pg';
import { DEFAULTS, type FailedOutcome, type SandboxOptions, withoutUnset } from '~/sandbox/config';
import { DeliveryRules } from '~/sandbox/delivery-rules';
import { Faults } from '~/sandbox/http/faults';
import { RateLimit } from '~/sandbox/http/rate-limit';

/** A connection inside a transaction, or the pool itself for single statements. */
export type Db = Pick<pg.PoolClient, 'query'>;

/** What the control API may change while running. It outlives a restart, until a reset. */
export interface Settings {
  clockOffsetMs: number;
  settlementMode: 'auto' | 'manual';
  settleMs: number;
  transfersPerSecond: number;
  insufficientFundsOutcome: FailedOutcome;
}

export type Config = Required<Omit<SandboxOptions, 'jwsPublicKey'>> & { jwsPublicKey: string | undefined };

/** All that a request or a loop needs: one per running sandbox. */
export interface Sandbox {
  config: Config;
  pool: pg.Pool;
  settings: Settings;
  faults: Faults;
  deliveryRules: DeliveryRules;
  rateLimit: RateLimit;
  /** Our own address, for links inside bodies. Known once listening. */
  baseUrl: string;
  /** Tells the loops that there may be something to do. */
  wake(): void;
}

/** Everything but the loops and the socket. */
export function createState(options: SandboxOptions): Sandbox {
  const config: Config = { jwsPublicKey: undefined, ...DEFAULTS, ...withoutUnset(options) };
  const sandbox: Sandbox = {
    config,
    pool: createPool(config),
    settings: defaultSettings(config),
    faults: new Faults(),
    deliveryRules: new DeliveryRules(),
    rateLimit: new RateLimit(),
    baseUrl: '',
    wake: () => undefined,
  };
  return sandbox;
}

/** The sandbox's present: real time plus what the control API has advanced. */
export function now(sandbox: Sandbox): Date {
  return new Date(Date.now() + sandbox.settings.clockOffsetMs);
}

/** When something that starts now should happen by itself; null while transfers wait for the control API. */
export function nextDue(sandbox: Sandbox, at: Date): Date | null {
  const { settlementMode, settleMs } = sandbox.settings;
  return settlementMode === 'manual' ? null : new Date(at.getTime() + settleMs);
}

export async function loadSettings(sandbox: Sandbox): Promise<void> {
  const [row] = await rows<{ overrides: Partial<Settings> }>(
    sandbox.pool,
    'select overrides from sandbox.settings',
  );
  sandbox.settings = { ...defaultSettings(sandbox.config), ...row?.overrides };
}

export async function changeSettings(sandbox: Sandbox, changes: Partial<Settings>): Promise<void> {
  await sandbox.pool.query(
    `insert into sandbox.settings (overrides) values ($1)
     on conflict (id) do update set overrides = sandbox.settings.overrides || excluded.overrides`,
    [JSON.stringify(changes)],
  );
  await loadSettings(sandbox);
}

/** Runs `work` in one transaction: all of it or nothing. */
export async function transaction<T>(sandbox: Sandbox, work: (db: Db) => Promise<T>): Promise<T> {
  const client = await sandbox.pool.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

export async function rows<T>(db: Db, sql: string, values: unknown[] = []): Promise<T[]> {
  const result = await db.query(sql, values);
  return result.rows as T[];
}

export async function row<T>(db: Db, sql: string, values: unknown[] = []): Promise<T | undefined> {
  const [first] = await rows<T>(db, sql, values);
  return first;
}

function defaultSettings(config: Config): Settings {
  return {
    clockOffsetMs: 0,
    settlementMode: 'auto',
    settleMs: config.settleMs,
    transfersPerSecond: config.transfersPerSecond,
    insufficientFundsOutcome: config.insufficientFundsOutcome,
  };
}

function createPool(config: Config): pg.Pool {
  const pool = new pg.Pool({
    connectionString: config.databaseUrl,
    max: config.poolSize,
    options: '-c TimeZone=UTC',
    application_name: 'sandbox',
    types: {
      // Amounts are int8: pg would hand them over as text.
      getTypeParser: ((oid: number, format?: 'text') =>
        oid === pg.types.builtins.INT8
          ? (value: string) => BigInt(value)
          : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  // So would one that breaks between two queries of a transaction.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
