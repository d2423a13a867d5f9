import pg from 'pg';

/**
 * A demo's history can't be written into the books after the fact: what is posted bears the moment at which it was
 * posted. So while a demo company is made, the clock itself stands in the past, for this process, the local Fintoc in it
 * and the database alike, and goes forward to the present. All else is as ever. It takes the owner of the database, and
 * nobody else at work on it.
 */
export type MovedClock = {
  /** Goes on to a moment; never back. */
  goTo(at: Date): Promise<void>;
  /** The present again, everywhere. */
  end(): Promise<void>;
};

const SCHEMA = 'demo_clock';
/** How the functions of ours that look at the clock find names, and how they do meanwhile. */
const STRICT_PATH = 'pg_catalog, public, pg_temp';
const MOVED_PATH = `${SCHEMA}, ${STRICT_PATH}`;
/** Long before the demo begins: nothing in it is older than this server and this process. */
const BOOT_DAYS = 730;

/** What connections of the app are opened with while the clock stands elsewhere; see SESSION in lib/db.ts. */
const SESSION =
  `-c TimeZone=UTC -c max_parallel_workers_per_gather=0 -c jit=off -c synchronous_commit=off ` +
  `-c search_path=${SCHEMA},public,pg_catalog`;

/** The address under which the app's pool sees the moved clock. */
export function movedAddress(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.searchParams.set('options', SESSION);
  return url.href;
}

/** Sets the clock back to a moment. `role` is who else has to see it: the app's. */
export async function moveClock(ownerUrl: string, role: string, at: Date): Promise<MovedClock> {
  const client = new pg.Client({ connectionString: ownerUrl, options: '-c synchronous_commit=off' });
  await client.connect();
  // A connection that breaks is told by the next question.
  client.on('error', () => undefined);
  const process = moveProcess();
  const end = async () => {
    process.end();
    await restoreDatabase(client).finally(() => client.end());
  };
  try {
    await restoreDatabase(client);
    await moveDatabase(client, role);
    const goTo = async (to: Date) => {
      process.goTo(to);
      await client.query(`UPDATE ${SCHEMA}.moved SET by = $1::timestamptz - pg_catalog.clock_timestamp()`, [
        to,
      ]);
    };
    await goTo(at);
    return { goTo, end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** `new Date()` and `Date.now()` of this process; all other dates are what they were. */
function moveProcess() {
  const Real = globalThis.Date;
  const { timeOrigin } = performance;
  let movedMs = 0;
  const present = () => Real.now() + movedMs;
  globalThis.Date = new Proxy(Real, {
    construct: (target, given, as) => Reflect.construct(target, given.length > 0 ? given : [present()], as),
    get: (target, name) => (name === 'now' ? present : Reflect.get(target, name)),
  });
  Object.defineProperty(performance, 'timeOrigin', {
    configurable: true,
    value: timeOrigin - BOOT_DAYS * 86_400_000,
  });
  return {
    goTo: (at: Date) => {
      movedMs = at.getTime() - Real.now();
    },
    end: () => {
      globalThis.Date = Real;
      Object.defineProperty(performance, 'timeOrigin', { configurable: true, value: timeOrigin });
    },
  };
}

/** Columns that take the present by themselves, and functions that ask for it under a path of their own. */
const DEFAULTS = `
  SELECT c.relname AS table, a.attname AS name
  FROM pg_attrdef d JOIN pg_class c ON c.oid = d.adrelid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.adnum
  WHERE c.relnamespace = 'public'::regnamespace AND pg_get_expr(d.adbin, d.adrelid) = $1`;
/** Each way in which a column says it, and what it says meanwhile. */
const SAID = ['CURRENT_TIMESTAMP', 'now()', 'clock_timestamp()'] as const;
const MEANWHILE: Record<(typeof SAID)[number], string> = {
  CURRENT_TIMESTAMP: `${SCHEMA}.moment()`,
  'now()': `${SCHEMA}.now()`,
  'clock_timestamp()': `${SCHEMA}.clock_timestamp()`,
};
const FUNCTIONS = `
  SELECT p.oid::regprocedure::text AS name FROM pg_proc p
  WHERE p.pronamespace = 'public'::regnamespace AND p.prosrc ~ '\\m(now|clock_timestamp)\\('`;

async function moveDatabase(client: pg.Client, role: string): Promise<void> {
  const reader = client.escapeIdentifier(role);
  const moved = (name: string, real: string, kind: string) =>
    `CREATE FUNCTION ${SCHEMA}.${name}() RETURNS timestamptz LANGUAGE sql ${kind}
     AS 'SELECT pg_catalog.${real}() + by FROM ${SCHEMA}.moved'`;
  await client.query(`
    CREATE SCHEMA ${SCHEMA};
    CREATE UNLOGGED TABLE ${SCHEMA}.moved (by interval NOT NULL);
    INSERT INTO ${SCHEMA}.moved VALUES ('0');
    ${moved('now', 'now', 'STABLE')};
    ${moved('moment', 'now', 'STABLE')};
    ${moved('clock_timestamp', 'clock_timestamp', 'VOLATILE')};
    CREATE FUNCTION ${SCHEMA}.pg_postmaster_start_time() RETURNS timestamptz LANGUAGE sql STABLE
      AS 'SELECT pg_catalog.pg_postmaster_start_time() - interval ''${BOOT_DAYS} days''';
    GRANT USAGE ON SCHEMA ${SCHEMA} TO ${reader};
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${SCHEMA} TO ${reader};
    GRANT SELECT ON ${SCHEMA}.moved TO ${reader}`);
  // The rules that came with the migrations are as old as the installation, which the story has stand there before.
  await client.query(`ALTER TABLE approval_rules DISABLE TRIGGER approval_rules_append_only;
    UPDATE approval_rules SET made_at = made_at - interval '${BOOT_DAYS} days', from_at = from_at - interval '${BOOT_DAYS} days'
    WHERE made_by_id IS NULL AND made_at > pg_catalog.now() - interval '${BOOT_DAYS} days';
    ALTER TABLE approval_rules ENABLE TRIGGER approval_rules_append_only`);
  // So are the turns that jobs had: the next one isn't due for months otherwise.
  await client.query(`DELETE FROM rate_slots;
    UPDATE queue_items SET lease_until = NULL, next_attempt_at = next_attempt_at - interval '${BOOT_DAYS} days';
    UPDATE wallet_assets SET next_attempt_at = next_attempt_at - interval '${BOOT_DAYS} days' WHERE state = 'opening'`);
  for (const said of SAID) await sayInstead(client, said, MEANWHILE[said]);
  const functions = await client.query(`${FUNCTIONS} AND 'search_path=${STRICT_PATH}' = ANY (p.proconfig)`);
  for (const { name } of functions.rows)
    await client.query(`ALTER FUNCTION ${name} SET search_path = ${MOVED_PATH}`);
}

/** As it was; also what a run that was killed left behind. */
async function restoreDatabase(client: pg.Client): Promise<void> {
  for (const said of SAID) await sayInstead(client, MEANWHILE[said], said);
  const functions = await client.query(`${FUNCTIONS} AND 'search_path=${MOVED_PATH}' = ANY (p.proconfig)`);
  for (const { name } of functions.rows)
    await client.query(`ALTER FUNCTION ${name} SET search_path = ${STRICT_PATH}`);
  await client.query(`SET client_min_messages = warning; DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE`);
}

async function sayInstead(client: pg.Client, said: string, instead: string): Promise<void> {
  const columns = await client.query(DEFAULTS, [said]);
  for (const { table, name } of columns.rows)
    await client.query(`ALTER TABLE public."${table}" ALTER "${name}" SET DEFAULT ${instead}`);
}
