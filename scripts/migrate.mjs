/**
 * `npm run migrate`: applies prisma/migrations as DATABASE_OWNER_URL, and grants the role of DATABASE_URL what web and
 * worker need. With DATABASE_URL alone it is that role's database, for everything.
 */
import { applyMigrations } from './lib/database.mjs';

if (!process.env.DATABASE_OWNER_URL && !process.env.DATABASE_URL) {
  console.error('Neither DATABASE_OWNER_URL nor DATABASE_URL is set.');
  process.exit(1);
}
try {
  const applied = await applyMigrations(process.env);
  console.log(
    applied.length === 0 ? 'No migration is missing.' : applied.map((name) => `Applied ${name}`).join('\n'),
  );
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
