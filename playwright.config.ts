import { defineConfig } from '@playwright/test';

/** `npm test` starts the app and passes its address, its browser and what stands in lib/env.ts. */
export default defineConfig({
  testDir: './e2e',
  outputDir: './test-results',
  forbidOnly: true,
  retries: 0,
  // One at a time: journeys share the worker and the local Fintoc, whose faults and deaths some of them bring about.
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  use: {
    baseURL: process.env.NEXTAUTH_URL,
    locale: 'es-MX',
    timezoneId: 'America/Mexico_City',
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
