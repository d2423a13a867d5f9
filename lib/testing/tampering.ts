import pg from 'pg';

let pool: pg.Pool | undefined;

/**
 * Edits what Postgres refuses everybody: as a superuser, with the triggers off. For tests that plant a wrong row by
 * hand and have it found.
 */
export async function tamper<Row = unknown>(sql: string, values: unknown[] = []): Promise<Row[]> {
  if (!pool) {
    const options = '-c session_replication_role=replica';
    pool = new pg.Pool({ connectionString: superuserUrl(), max: 4, idleTimeoutMillis: 0, options });
    pool.on('error', () => undefined);
  }
  return (await pool.query(sql, values)).rows as Row[];
}

/** Lets go of this file's database. */
export async function endTampering(): Promise<void> {
  const ended = pool?.end();
  pool = undefined;
  await ended;
}

/** The columns that a row is put back by: without those that Postgres makes of the others. */
export async function columnsOf(table: string): Promise<string> {
  const [row] = await tamper<{ columns: string }>(
    `SELECT string_agg(quote_ident(attname), ', ') AS columns FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
    [table],
  );
  return row?.columns ?? '';
}

/** A superuser's connection to the database of this test file. */
export async function asSuperuser(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: superuserUrl() });
  await client.connect();
  return client;
}

function superuserUrl(): string {
  const url = new URL(process.env.TEST_DATABASE_URL ?? '');
  url.pathname = new URL(process.env.DATABASE_URL ?? '').pathname;
  return url.href;
}
