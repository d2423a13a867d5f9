import pg from 'pg';

/**
 * Edits what Postgres refuses everybody: as a superuser, with the triggers off. For tests that plant a wrong row by
 * hand and have it found.
 */
export async function tamper<Row = unknown>(sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = await asSuperuser();
  try {
    await client.query('SET session_replication_role = replica');
    return (await client.query(sql, values)).rows as Row[];
  } finally {
    await client.end();
  }
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
  const url = new URL(process.env.TEST_DATABASE_URL ?? '');
  url.pathname = new URL(process.env.DATABASE_URL ?? '').pathname;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  return client;
}
