/**
 * `npm start`: everything, from a fresh clone to a running Monedero, in one command.
 * `npm run dev` is the same with --dev: nothing is built, and each program starts again when its source changes.
 * With --company the demo company is made first, where it is not there yet (scripts/seed.mjs); later, once it is asked for
 * in the console.
 * Node's own modules only until node_modules is there.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build, isBuilt } from './lib/build.mjs';
import { run } from './lib/commands.mjs';
import { makeCompany } from './lib/company.mjs';
import { applyMigrations, assertPasswordKnown, clearAway, startDatabase } from './lib/database.mjs';
import { generateClient, install, isGenerated, isInstalled, nodeComplaint } from './lib/install.mjs';
import { atExit, endAll, endOnSignals, isEnding } from './lib/lifecycle.mjs';
import { lock } from './lib/lock.mjs';
import { assertPortsFree } from './lib/ports.mjs';
import { PlainError, step } from './lib/progress.mjs';
import { appEnvironment, keepGenerated, readSettings, root } from './lib/settings.mjs';

const DIST_DIR = '.next';
/** Who asks in the console hears that it begins before the console stops. */
const ANSWER_MS = 3_000;
const reload = process.argv.includes('--dev');
const withCompany = process.argv.includes('--company');

async function start() {
  const complaint = nodeComplaint();
  if (complaint) throw new PlainError(complaint);
  const settings = readSettings();
  const { dataDir, env, ports, localPostgres, localFintoc } = settings;
  const logs = path.join(dataDir, 'logs');

  lock(dataDir);
  assertPasswordKnown(settings);
  await clearAway(settings);
  await assertPortsFree({
    PORT: ports.web,
    ...(localFintoc ? { SANDBOX_PORT: ports.sandbox } : {}),
    ...(localPostgres ? { POSTGRES_PORT: ports.postgres } : {}),
  });

  if (!isInstalled()) await step('Install dependencies', () => install(logs));
  if (!isGenerated()) await step('Generate the database client', () => generateClient(logs));
  assertConfiguration(env);
  keepGenerated(settings);
  if (localPostgres) await step('Start PostgreSQL', () => startDatabase(settings, logs));
  await step('Apply migrations', () => applyMigrations(env));
  if (!reload && !isBuilt(DIST_DIR))
    await step('Build the console', () => build({ distDir: DIST_DIR, env: appEnvironment(env), logs }));

  if (withCompany) await makeCompany(settings, ['--company']);
  const { programs, operators } = await startPrograms(settings, logs);
  if (localFintoc) await makeCompanyOnceAsked(settings, logs, programs);
  announce(settings, operators);
}

async function startPrograms(settings, logs) {
  const { env, localFintoc } = settings;
  const { startSandbox, startWeb, startWorker } = await import('./lib/programs.mjs');
  const launch = { settings, logs, reload };
  const programs = [];
  if (localFintoc) programs.push(await step('Start the local Fintoc', () => startSandbox(launch)));
  const operators = localFintoc ? await step('Seed an empty database', () => seed(env, logs)) : null;
  programs.push(await step('Start the worker', () => startWorker(launch)));
  programs.push(await step('Start the console', () => startWeb({ ...launch, distDir: DIST_DIR })));
  return { programs, operators };
}

/** By an admin, in the console. What is at work on the database stops for it, and starts again whatever came of it. */
async function makeCompanyOnceAsked(settings, logs, programs) {
  const { hearOfCompany } = await import('./lib/hear-of-company.mjs');
  const { DATABASE_URL = '', DATABASE_OWNER_URL = DATABASE_URL } = settings.env;
  let running = programs;
  const make = async () => {
    console.log('\nThe demo company, as somebody asked in the console:');
    await sleep(ANSWER_MS);
    for (const program of running.toReversed()) await program.end();
    await makeCompany(settings, ['--company']).catch(({ message }) => console.error(message));
    if (!isEnding()) running = (await startPrograms(settings, logs)).programs;
  };
  atExit(await hearOfCompany(DATABASE_OWNER_URL, () => make().catch(giveUp)));
}

async function giveUp(error) {
  // Ctrl-C in the middle makes steps fail; what stopped them tells the rest.
  if (isEnding()) await endAll().then(() => process.exit(0));
  console.error(error instanceof PlainError ? `\n${error.message}` : error);
  await endAll();
  process.exit(1);
}

function assertConfiguration(env) {
  const command = ['--import', 'tsx', 'scripts/check-env.ts'];
  const { status, stderr } = spawnSync(process.execPath, command, { cwd: root, env, encoding: 'utf8' });
  if (status !== 0) throw new PlainError(stderr.trim());
}

/** The seed leaves a database that is not empty as it is, and prints the demo operators either way. */
async function seed(env, logs) {
  const command = [process.execPath, '--import', 'tsx', 'prisma/seed.ts'];
  const output = await run(command, {
    cwd: root,
    env: appEnvironment(env),
    log: path.join(logs, 'seed.log'),
  });
  const json = output.trim().split('\n').at(-1) ?? '';
  return json.startsWith('[') ? JSON.parse(json) : [];
}

function announce({ env }, operators) {
  const lines = ['', `Monedero is at ${env.NEXTAUTH_URL}`, ''];
  for (const { email, role } of operators ?? []) lines.push(`  ${email.padEnd(32)} ${role}`);
  if (operators?.length) lines.push(`  password of each: ${env.DEMO_PASSWORD}`, '');
  if (operators === null) lines.push('Make an operator with: npm run operator:create', '');
  lines.push('Ctrl-C stops it. The data stays.', '');
  console.log(lines.join('\n'));
}

endOnSignals({ message: 'Stopping …', exitCode: 0 });
try {
  await start();
} catch (error) {
  await giveUp(error);
}
