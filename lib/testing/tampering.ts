import pg from 'pg';

/**
 * Edits what Postgres refuses everybody: as a superuser, with the triggers off. For tests that plant a wrong row by
 * hand and have it found.
 */
export async function tamper(sql: string, values: unknown[] = []): Promise<void> {
  const url = new URL(process.env.TEST_DATABASE_URL ?? '');
  url.pathname = new URL(process.env.DATABASE_URL ?? '').pathname;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query('SET session_replication_role = replica');
    await client.query(sql, values);
  } finally {
    await client.end();
  }
}
