/**
 * Prints the SQL that takes the migrations so far to prisma/schema.prisma, to be finished by hand.
 * With --from-empty it starts from an empty database.
 */
import { migrate } from './lib/migrations.mjs';
import { sqlToSchema } from './lib/schema-diff.mjs';
import { withThrowawayDatabase } from './lib/throwaway.mjs';

await withThrowawayDatabase(async (url) => {
  if (!process.argv.includes('--from-empty')) await migrate(url);
  console.log((await sqlToSchema(url)) || '-- schema.prisma equals what the migrations make.');
});
