/** `npm run migrate`: applies prisma/migrations to DATABASE_URL. */
import { migrate } from './lib/migrations.mjs';

const url = process.env.DATABASE_URL;
if (!url) {
  console.error('DATABASE_URL is not set.');
  process.exit(1);
}
try {
  const applied = await migrate(url);
  console.log(
    applied.length === 0 ? 'No migration is missing.' : applied.map((name) => `Applied ${name}`).join('\n'),
  );
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
