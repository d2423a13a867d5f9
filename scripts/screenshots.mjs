/**
 * npm run screenshots: the six pictures of the README, of a demo company on a database that is thrown away. Each is of
 * twice the size that it is seen in, and in few colours.
 */
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { findBrowser } from './lib/browser.mjs';
import { build, isBuilt } from './lib/build.mjs';
import { TEST_DIST_DIR } from './lib/checks.mjs';
import { makeCompany } from './lib/company.mjs';
import { applyMigrations, startDatabase } from './lib/database.mjs';
import { endAll, endOnSignals, isEnding } from './lib/lifecycle.mjs';
import { startSandbox, startWeb, startWorker } from './lib/programs.mjs';
import { PlainError, step } from './lib/progress.mjs';
import { keepGenerated, root } from './lib/settings.mjs';
import { inFewColours } from './lib/small-png.mjs';
import { outsideEnvironment, testSettings } from './lib/test-app.mjs';

const FOLDER = path.join(root, '.github', 'screens');
const MOST_BYTES = 1_200_000;
const COMPANY = ['--company', '--customers', '400'];
const SIZE = { width: 1440, height: 900 };

/** @param {number} days */
function daysAgo(days) {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

/** What is shown, by whom it is looked at, and in which theme. `first` opens the first record of a list. */
const SHOTS = [
  { name: 'overview', path: '/', theme: 'light', role: 'admin' },
  { name: 'wallet', path: '/movements', first: '/wallets/', theme: 'light', role: 'operator' },
  { name: 'movements', path: '/movements', theme: 'dark', role: 'operator' },
  { name: 'approvals', path: '/approvals', theme: 'dark', role: 'approver' },
  { name: 'proof', path: '/proof', theme: 'light', role: 'auditor' },
  { name: 'day', path: `/day?from=${daysAgo(30)}&to=${daysAgo(1)}`, theme: 'dark', role: 'operator' },
];

async function shoot() {
  const logs = path.join(root, '.data', 'screenshot-logs');
  const settings = await testSettings();
  const browserEnv = await step('Find a browser', findBrowser);
  if (!isBuilt(TEST_DIST_DIR))
    await step('Build the console', () =>
      build({ distDir: TEST_DIST_DIR, env: { ...outsideEnvironment(), ...settings.env }, logs }),
    );
  keepGenerated(settings);
  await step('Start PostgreSQL', () => startDatabase(settings, logs, { durable: false }));
  await applyMigrations(settings.env);
  await makeCompany(settings, COMPANY);
  await step('Start the local Fintoc', () => startSandbox({ settings, logs }));
  await step('Start the worker', () => startWorker({ settings, logs }));
  await step('Start the console', () => startWeb({ settings, logs, distDir: TEST_DIST_DIR }));
  const { CHROMIUM_PATH: executablePath, ...env } = browserEnv;
  const browser = await chromium.launch({
    executablePath,
    env: { ...process.env, ...env },
    args: ['--no-sandbox', '--font-render-hinting=none'],
  });
  fs.mkdirSync(FOLDER, { recursive: true });
  try {
    for (const shot of SHOTS) await step(shot.name, () => take(browser, settings.env, shot));
  } finally {
    await browser.close();
  }
  const bytes = SHOTS.reduce((sum, { name }) => sum + fs.statSync(fileOf(name)).size, 0);
  if (bytes > MOST_BYTES)
    throw new PlainError(`The pictures have ${bytes} bytes; ${MOST_BYTES} are the most.`);
  console.log(`${SHOTS.length} pictures, ${Math.round(bytes / 1_000)} kB, in ${path.relative(root, FOLDER)}`);
}

const fileOf = (name) => path.join(FOLDER, `${name}.png`);

async function take(browser, env, { name, path: address, first, theme, role }) {
  const context = await browser.newContext({
    ...{ baseURL: env.NEXTAUTH_URL, viewport: SIZE, deviceScaleFactor: 2, colorScheme: theme },
    ...{ locale: 'es-MX', timezoneId: 'America/Mexico_City', reducedMotion: 'reduce' },
  });
  const { csrfToken } = await (await context.request.get('/api/auth/csrf')).json();
  const form = { csrfToken, email: `${role}@monedero.test`, password: env.DEMO_PASSWORD ?? '', json: 'true' };
  const answer = await context.request.post('/api/auth/callback/credentials', { form });
  if (!answer.ok()) throw new PlainError(`${role} can't sign in: ${answer.status()}`);
  const page = await context.newPage();
  await page.goto(address);
  if (first) {
    const record = page.locator(`main table a[href^="${first}"]`).first();
    await page.goto((await record.getAttribute('href')) ?? address);
  }
  // Until nothing is asked any more but whether there is news.
  await page.waitForLoadState('load');
  await page.waitForTimeout(3_000);
  fs.writeFileSync(fileOf(name), inFewColours(await page.screenshot()));
  await context.close();
}

endOnSignals({ message: 'Stopping …', exitCode: 130 });
let exitCode = 0;
try {
  await shoot();
} catch (error) {
  if (isEnding()) await endAll().then(() => process.exit(130));
  console.error(error instanceof PlainError ? `\n${error.message}` : error);
  exitCode = 1;
}
await endAll();
process.exit(exitCode);
