/**
 * The roles of a database: its owner, who migrates, the one that web and worker hold, and the one that web takes on for
 * whoever sees some portfolios alone.
 */
import pg from 'pg';

/**
 * Makes, or brings up to date, a role without special rights that owns a database, and returns its address.
 *
 * @param {string} superuserUrl
 * @param {{ name: string, password: string }} options
 */
export async function ensureOwnedDatabase(superuserUrl, { name, password }) {
  await connected(superuserUrl, async (client) => {
    await ensureRole(client, { name, password });
    const role = client.escapeIdentifier(name);
    const database = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (database.rowCount === 0) await client.query(`CREATE DATABASE ${role} OWNER ${role}`);
  });
  return addressOf(superuserUrl, { name, password, database: name });
}

/**
 * Makes, or brings up to date, a role that owns nothing, and returns its address of a database. What it may do there,
 * grantRuntime says.
 *
 * @param {string} superuserUrl
 * @param {{ name: string, password: string, database: string }} options
 */
export async function ensureRuntimeRole(superuserUrl, { name, password, database }) {
  await connected(superuserUrl, async (client) => {
    await ensureRole(client, { name, password });
    // Which rows somebody may see is asked of who has a scope: of all others PostgreSQL plans as if there were no such rule.
    await client.query(`ALTER ROLE ${client.escapeIdentifier(name)} BYPASSRLS`);
    await ensureScopedRole(client, name);
  });
  return addressOf(superuserUrl, { name, password, database });
}

/**
 * Grants the role of `runtimeUrl` what web and worker need, after the migrations. The role is made where the owner may
 * make roles. Nothing happens where the two addresses are of one role, or where nobody told them apart.
 *
 * @param {string} ownerUrl
 * @param {string | undefined} runtimeUrl
 */
export async function grantRuntime(ownerUrl, runtimeUrl) {
  if (!runtimeUrl) return;
  const { username, password } = new URL(runtimeUrl);
  const name = decodeURIComponent(username);
  if (name === '' || name === decodeURIComponent(new URL(ownerUrl).username)) return;
  await connected(ownerUrl, async (client) => {
    const known = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [name]);
    if (known.rowCount === 0) await makeRole(client, { name, password: decodeURIComponent(password) });
    await client.query('SELECT grant_runtime($1)', [name]);
    // Where the owner may make none, nobody is given a scope (lib/people/custom-roles).
    await ensureScopedRole(client, name).catch(() => undefined);
    await client.query('SELECT grant_scoped($1)', [name]);
  });
}

/** A role that nobody signs in as: the app's takes it on. @param {pg.Client} client @param {string} app */
async function ensureScopedRole(client, app) {
  const scoped = client.escapeIdentifier(`${app}_scoped`);
  const known = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [`${app}_scoped`]);
  if (known.rowCount === 0) await client.query(`CREATE ROLE ${scoped} NOLOGIN`);
  const held = await client.query(
    `SELECT FROM pg_auth_members WHERE roleid = to_regrole($1) AND member = to_regrole($2) AND set_option AND NOT inherit_option`,
    [scoped, client.escapeIdentifier(app)],
  );
  // Taken on, never had beside its own: what is taken from the app's role it doesn't keep by way of this one.
  if (held.rowCount === 0)
    await client.query(`GRANT ${scoped} TO ${client.escapeIdentifier(app)} WITH INHERIT FALSE, SET TRUE`);
}

async function makeRole(client, role) {
  try {
    await ensureRole(client, role);
  } catch (error) {
    const sql = `CREATE ROLE ${client.escapeIdentifier(role.name)} LOGIN PASSWORD '…'`;
    throw new Error(
      `The role ${role.name} of DATABASE_URL does not exist and could not be made (${error.message}). As a superuser: ${sql};`,
      { cause: error },
    );
  }
}

async function ensureRole(client, { name, password }) {
  const known = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [name]);
  const verb = known.rowCount === 0 ? 'CREATE' : 'ALTER';
  const role = client.escapeIdentifier(name);
  // Not said where the owner makes it: only a superuser may name a superuser's right, even to refuse it.
  const rights = await isSuperuser(client);
  await client.query(
    `${verb} ROLE ${role} LOGIN ${rights ? 'NOSUPERUSER NOCREATEDB NOCREATEROLE ' : ''}PASSWORD ${client.escapeLiteral(password)}`,
  );
}

async function isSuperuser(client) {
  const { rows } = await client.query('SELECT rolsuper FROM pg_roles WHERE rolname = current_user');
  return rows[0]?.rolsuper === true;
}

function addressOf(serverUrl, { name, password, database }) {
  const url = new URL(serverUrl);
  url.username = name;
  url.password = password;
  url.pathname = `/${database}`;
  return url.href;
}

async function connected(url, work) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
