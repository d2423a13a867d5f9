import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    include: ['{lib,sandbox,app,components,scripts,prisma,clients}/**/*.test.{ts,tsx}'],
    globalSetup: ['./lib/testing/global-setup.ts'],
    // For a slow day, beside others: what takes a second on a good one.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000, interval: 20 } },
    pool: 'forks',
    // One more than the cores of a small machine: each waits for PostgreSQL a third of its time.
    maxWorkers: 3,
    // One process serves many files: to start one and load the packages for each took a third of all the time.
    isolate: false,
    setupFiles: ['./lib/testing/fresh-modules.ts'],
    // A configuration that parses. DATABASE_URL comes from withTestDatabase(), one per test file.
    env: {
      NODE_ENV: 'test',
      // Fifty at once, on a busy machine, must meet in Postgres and not in the queue for a connection.
      DATABASE_POOL_SIZE: '60',
      LOG_LEVEL: 'silent',
      TZ: 'America/Santiago',
      NEXTAUTH_URL: 'http://127.0.0.1:3000',
      NEXTAUTH_SECRET: 'a secret that only tests know, 32+',
      SECRETS_KEY: Buffer.alloc(32, 7).toString('base64'),
      VAULT_KEYS: `test:${Buffer.alloc(32, 9).toString('base64')}`,
      FINTOC_SECRET_KEY: 'sk_test_unit',
      FINTOC_BASE_URL: 'http://127.0.0.1:9',
    },
  },
});
