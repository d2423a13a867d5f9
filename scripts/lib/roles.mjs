import pg from 'pg';

/**
 * Makes, or brings up to date, a role without special rights that owns a database, and returns its address.
 * The app must not be a superuser: one would bypass the grants that keep the ledger append-only.
 *
 * @param {string} superuserUrl
 * @param {{ name: string, password: string }} options
 */
export async function ensureOwnedDatabase(superuserUrl, { name, password }) {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const role = client.escapeIdentifier(name);
    const known = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [name]);
    const verb = known.rowCount === 0 ? 'CREATE' : 'ALTER';
    await client.query(
      `${verb} ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD ${client.escapeLiteral(password)}`,
    );
    const database = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (database.rowCount === 0) await client.query(`CREATE DATABASE ${role} OWNER ${role}`);
  } finally {
    await client.end();
  }
  const url = new URL(superuserUrl);
  url.username = name;
  url.password = password;
  url.pathname = `/${name}`;
  return url.href;
}
