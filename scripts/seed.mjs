/**
 * npm run seed -- [--company [--customers n] [--days n] [--seed n]]: what prisma/seed.ts makes, on the database that
 * `npm start` uses here. The company is made while nothing else is at work on it: ours is started for it, and ended.
 */
import path from 'node:path';
import { makeCompany } from './lib/company.mjs';
import { applyMigrations, assertPasswordKnown, clearAway, startDatabase } from './lib/database.mjs';
import { endAll, endOnSignals, isEnding } from './lib/lifecycle.mjs';
import { lock } from './lib/lock.mjs';
import { PlainError, step } from './lib/progress.mjs';
import { keepGenerated, readSettings } from './lib/settings.mjs';

async function company(options) {
  const settings = readSettings();
  const logs = path.join(settings.dataDir, 'logs');
  lock(settings.dataDir);
  assertPasswordKnown(settings);
  await clearAway(settings);
  keepGenerated(settings);
  if (settings.localPostgres) await step('Start PostgreSQL', () => startDatabase(settings, logs));
  await step('Apply migrations', () => applyMigrations(settings.env));
  await makeCompany(settings, options);
}

const options = process.argv.slice(2);
if (!options.includes('--company')) {
  process.argv.splice(2, Number.POSITIVE_INFINITY, 'prisma/seed.ts');
  await import('./run.mjs');
} else {
  endOnSignals({ message: 'Stopping …', exitCode: 130 });
  let exitCode = 0;
  try {
    await company(options);
  } catch (error) {
    if (isEnding()) await endAll().then(() => process.exit(130));
    console.error(error instanceof PlainError ? `\n${error.message}` : error);
    exitCode = 1;
  }
  await endAll();
  process.exit(exitCode);
}
