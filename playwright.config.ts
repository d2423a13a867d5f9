import { defineConfig } from '@playwright/test';

/**
 * `npm test` starts the apps and passes the environment of each: its addresses, its browser and what stands in
 * lib/env.ts. A worker takes the app of its own number, so that no journey meets what another does to the local
 * Fintoc, the worker process or the settings.
 */
const apps: Record<string, string>[] = JSON.parse(process.env.TEST_APPS ?? '[{}]');
Object.assign(process.env, apps[Number(process.env.TEST_PARALLEL_INDEX ?? 0)]);

export default defineConfig({
  testDir: './e2e',
  outputDir: './test-results',
  forbidOnly: true,
  retries: 0,
  fullyParallel: true,
  workers: apps.length,
  // For a slow day, beside others: what takes seconds on a good one.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  use: {
    baseURL: process.env.NEXTAUTH_URL,
    locale: 'es-MX',
    timezoneId: 'America/Mexico_City',
    // Nobody here watches a dialog fade, and a click would wait for it.
    contextOptions: { reducedMotion: 'reduce' },
    // Recorded for every test it costs a third of the time: `npm test -- --only e2e --trace retain-on-failure` has it.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
      args: [
        '--no-sandbox',
        '--disable-dev-shm-usage',
        '--font-render-hinting=none',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
});
