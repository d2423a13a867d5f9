/** The app that the browser tests open: its own ports, database and files, all gone afterwards. */
import fs from 'node:fs';
import path from 'node:path';
import { TEST_DIST_DIR } from './checks.mjs';
import { run } from './commands.mjs';
import { applyMigrations, startDatabase } from './database.mjs';
import { atExit } from './lifecycle.mjs';
import { freePort } from './ports.mjs';
import { startSandbox, startWeb, startWorker } from './programs.mjs';
import { removeScratch, scratchDirectory } from './scratch.mjs';
import { appEnvironment, keepGenerated, readSettings, root } from './settings.mjs';

/** Settings that nothing of this machine's own app can reach. */
export async function testSettings() {
  const dataDir = await scratchDirectory();
  atExit(() => removeScratch(dataDir));
  const blank = Object.fromEntries(variableNames().map((name) => [name, '']));
  const [web, sandbox, postgres] = [await freePort(), await freePort(), await freePort()];
  const settings = readSettings({
    ...blank,
    DATA_DIR: dataDir,
    PORT: String(web),
    SANDBOX_PORT: String(sandbox),
    POSTGRES_PORT: String(postgres),
    SANDBOX_SETTLE_MS: '300',
    // What a webhook doesn't tell is found while a journey waits for it.
    FINTOC_WEBHOOK_GRACE_MS: '6000',
    FINTOC_POLL_MS: '3000',
    LOG_LEVEL: 'warn',
  });
  // Next reads .env by itself; what is set, even to nothing, it leaves alone.
  return { ...settings, env: { ...blank, ...settings.env } };
}

/** This process's environment without the app's variables: a developer's own must not change what tests prove. */
export function outsideEnvironment() {
  const names = new Set(variableNames());
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !names.has(name)));
}

/**
 * @param {import('./settings.mjs').Settings} settings
 * @param {string} logs
 */
export async function startTestApp(settings, logs) {
  keepGenerated(settings);
  await startDatabase(settings, logs);
  await applyMigrations(settings.env);
  await startSandbox({ settings, logs });
  const seed = [process.execPath, '--import', 'tsx', 'prisma/seed.ts'];
  await run(seed, { cwd: root, env: appEnvironment(settings.env), log: path.join(logs, 'seed.log') });
  await startWorker({ settings, logs });
  await startWeb({ settings, logs, distDir: TEST_DIST_DIR });
}

/** Every variable of the app, as .env.example lists them. */
function variableNames() {
  const example = fs.readFileSync(path.join(root, '.env.example'), 'utf8');
  return [...example.matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1] ?? '');
}
