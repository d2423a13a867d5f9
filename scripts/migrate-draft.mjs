/**
 * Prints the SQL that takes the migrations so far to prisma/schema.prisma and prisma/functions, to be finished by hand.
 * With --from-empty it starts from an empty database.
 */
import { sqlToFunctions } from './lib/functions.mjs';
import { migrate } from './lib/migrations.mjs';
import { sqlToSchema } from './lib/schema-diff.mjs';
import { withThrowawayDatabase } from './lib/throwaway.mjs';

await withThrowawayDatabase(async (url) => {
  if (!process.argv.includes('--from-empty')) await migrate(url);
  const drafted = [await sqlToSchema(url), await sqlToFunctions(url)].filter(Boolean).join('\n\n');
  console.log(drafted || '-- schema.prisma and prisma/functions equal what the migrations make.');
});
