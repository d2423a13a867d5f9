/** prisma/functions: the SQL functions in force, a file each. Migrations are history; these are what one reads and changes. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const FUNCTIONS = fileURLToPath(new URL('../../prisma/functions', import.meta.url));

/** The functions of the database's owner: those of extensions are the superuser's, or belong to their extension. */
const OURS = `
  SELECT p.proname AS name, p.oid::regprocedure::text AS signature, pg_get_functiondef(p.oid) AS definition
  FROM pg_proc p
  WHERE p.pronamespace = 'public'::regnamespace AND p.proowner = current_user::regrole
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')`;

/**
 * The SQL that takes the functions of the database at `url` to prisma/functions; empty when they agree. To find it the
 * files are run there, and taken back.
 *
 * @param {string} url  the owner's
 * @param {string} [directory]
 * @returns {Promise<string>}
 */
export async function sqlToFunctions(url, directory = FUNCTIONS) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('BEGIN; SET LOCAL check_function_bodies = off; SET LOCAL client_min_messages = error');
    const stood = await functionsOf(client);
    const files = fs.readdirSync(directory).sort();
    const changes = stood
      .filter(({ name }) => !files.includes(`${name}.sql`))
      .map(({ signature }) => `DROP FUNCTION ${signature};\n`);
    for (const file of files) changes.push(await changeOf(client, path.join(directory, file)));
    return changes.filter(Boolean).join('\n');
  } finally {
    await client.end();
  }
}

async function functionsOf(client, name = null) {
  const { rows } = await client.query(
    `${OURS} AND p.proname = coalesce($1, p.proname) ORDER BY p.proname, 2`,
    [name],
  );
  return rows;
}

/** What a file's function needs to stand here: nothing, its text, or first that what stood in its place goes. */
async function changeOf(client, file) {
  const name = path.basename(file, '.sql');
  const text = fs.readFileSync(file, 'utf8');
  const before = await functionsOf(client, name);
  try {
    await client.query(`SAVEPOINT before; ${text}`);
  } catch (error) {
    // It returns another type, or takes its arguments by other names: PostgreSQL replaces no such function.
    if (error.code !== '42P13') throw new Error(`${file}: ${error.message}`, { cause: error });
    await client.query('ROLLBACK TO SAVEPOINT before');
    return dropped(before) + text;
  }
  const after = await functionsOf(client, name);
  if (after.length === 0) throw new Error(`${file} makes no function ${name}.`);
  const fresh = after.find(({ definition }) => !before.some((one) => one.definition === definition));
  return fresh ? dropped(before.filter(({ signature }) => signature !== fresh.signature)) + text : '';
}

const dropped = (functions) => functions.map(({ signature }) => `DROP FUNCTION ${signature};\n`).join('');
