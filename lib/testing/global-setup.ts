import { generateKeyPairSync, randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrate } from '~/scripts/lib/migrations.mjs';
import { ensureOwnedDatabase, ensureRuntimeRole, grantRuntime } from '~/scripts/lib/roles.mjs';
import { startThrowawayPostgres } from '~/scripts/lib/throwaway.mjs';

/**
 * Before all tests: one PostgreSQL (TEST_DATABASE_URL, a superuser's address, or a throwaway), and in it one
 * migrated database that `createTestDatabase` copies. Workers inherit what is set in process.env here.
 */
export async function setup(): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  // Tests measure our rules, not the disk. Each worker may hold a pool of sixty, and its local Fintoc some more.
  const settings = { max_connections: '400' };
  const server = given ? null : await startThrowawayPostgres({ durable: false, settings });
  const superuserUrl = given ?? server?.url ?? '';
  const role = `monedero_test_${randomBytes(4).toString('hex')}`;
  const template = await ensureOwnedDatabase(superuserUrl, {
    name: role,
    password: randomBytes(12).toString('hex'),
  });
  const runtime = await ensureRuntimeRole(superuserUrl, {
    name: `${role}_app`,
    password: randomBytes(12).toString('hex'),
    database: role,
  });
  await migrate(template);
  await grantRuntime(template, runtime);

  process.env.TEST_DATABASE_URL = superuserUrl;
  process.env.TEST_DATABASE_TEMPLATE = template;
  process.env.TEST_DATABASE_RUNTIME = runtime;
  // Tests that spend or prove nothing with Fintoc still need a configuration that parses.
  process.env.FINTOC_JWS_PRIVATE_KEY = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey;

  return async () => {
    if (server) return server.stop();
    const client = new pg.Client({ connectionString: superuserUrl });
    await client.connect();
    await client.query(`DROP DATABASE IF EXISTS ${role} WITH (FORCE)`);
    await client.query(`DROP ROLE IF EXISTS ${role}_app, ${role}_app_scoped, ${role}`);
    await client.end();
  };
}
