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

/** A superuser's connection to the database of this test file. */
export async function asSuperuser(): Promise<pg.Client> {
  const url = new URL(process.env.TEST_DATABASE_URL ?? '');
  url.pathname = new URL(process.env.DATABASE_URL ?? '').pathname;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  return client;
}
