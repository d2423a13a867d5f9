/**
 * The apps that the browser tests open: each its own ports, PostgreSQL, local Fintoc, worker and files, all gone
 * afterwards. Every Playwright worker has one to itself (playwright.config.ts), so that a journey may break Fintoc,
 * kill the worker or change a setting beside others.
 */
import path from 'node:path';
import { TEST_DIST_DIR } from './checks.mjs';
import { run } from './commands.mjs';
import { applyMigrations, startDatabase } from './database.mjs';
import { atExit } from './lifecycle.mjs';
import { freePorts } from './ports.mjs';
import { startSandbox, startWeb, startWorker } from './programs.mjs';
import { removeScratch, scratchDirectory } from './scratch.mjs';
import { appEnvironment, keepGenerated, readSettings, root, variableNames } from './settings.mjs';

/** @typedef {import('./settings.mjs').Settings} Settings */

/**
 * Of so many apps.
 *
 * @param {number} count
 */
export async function settingsOfTestApps(count) {
  const ports = await freePorts(count * 4);
  const all = [];
  // Made and thrown away in minutes: no disk needs to see them.
  const dataDir = () => scratchDirectory({ inMemory: true });
  for (let app = 0; app < count; app++) all.push(await settingsIn(await dataDir(), ports.slice(app * 4)));
  return all;
}

/** Settings that nothing of this machine's own app can reach. */
export async function testSettings() {
  return settingsIn(await scratchDirectory(), await freePorts(4));
}

/** @param {string} dataDir @param {number[]} ports */
async function settingsIn(dataDir, [web, sandbox, postgres, provider]) {
  atExit(() => removeScratch(dataDir));
  const blank = Object.fromEntries(variableNames().map((name) => [name, '']));
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
    // A journey that is about it lets its own session grow older than this.
    STEP_UP_SECONDS: '86400',
    // The journey that is about it answers there.
    OIDC_ISSUER: `http://127.0.0.1:${provider}`,
    OIDC_CLIENT_ID: 'monedero',
    OIDC_CLIENT_SECRET: 'nobody else has it',
    OIDC_NAME: 'Proveedor',
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
 * @param {Settings[]} all
 * @param {string} logs  each app's in a directory of its own
 */
export async function startTestApps(all, logs) {
  await Promise.all(all.map((settings, app) => startTestApp(settings, path.join(logs, `app-${app + 1}`))));
}

async function startTestApp(settings, logs) {
  keepGenerated(settings);
  await startDatabase(settings, logs, { durable: false });
  await applyMigrations(settings.env);
  await startSandbox({ settings, logs });
  const seed = [process.execPath, '--import', 'tsx', 'prisma/seed.ts'];
  await run(seed, { cwd: root, env: appEnvironment(settings.env), log: path.join(logs, 'seed.log') });
  await startWorker({ settings, logs });
  await startWeb({ settings, logs, distDir: TEST_DIST_DIR });
}
