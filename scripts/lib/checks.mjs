/** The checks of `npm test`. Each gives how many passed and failed. */
import fs from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';
import { run } from './commands.mjs';
import { firstLoads, wordsLoads } from './first-load.mjs';
import { PlainError } from './progress.mjs';
import { root } from './settings.mjs';

export const TEST_DIST_DIR = '.next-test';

/**
 * @typedef {{ passed: number, failed: number, failure?: unknown }} Count
 * @typedef {{ logs: string, env: Record<string, string | undefined>, args?: string[], echo?: boolean }} Check
 */

/** @param {Check} check */
export async function lint({ logs, env }) {
  await run([bin('@biomejs/biome/bin/biome'), 'ci', '--colors=off'], {
    cwd: root,
    env,
    log: path.join(logs, 'lint.log'),
  });
}

/** @param {Check} check */
export async function typecheck({ logs, env }) {
  const testEnv = { ...env, NEXT_DIST_DIR: TEST_DIST_DIR, NEXT_TELEMETRY_DISABLED: '1' };
  const options = { cwd: root, env: testEnv, log: path.join(logs, 'types.log') };
  await run([process.execPath, bin('next/dist/bin/next'), 'typegen'], options);
  await run(
    [process.execPath, bin('typescript/bin/tsc'), '-p', 'tsconfig.test.json', '--incremental', 'false'],
    options,
  );
}

/** @param {Check} check @returns {Promise<Count>} */
export async function unit({ logs, env, args = [], echo }) {
  const report = freshReport(logs, 'vitest.json');
  const command = [
    process.execPath,
    bin('vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
  ];
  return counted(
    () =>
      run([...command, `--outputFile=${report}`, ...args], {
        cwd: root,
        env,
        echo,
        log: path.join(logs, 'unit.log'),
      }),
    report,
    ({ numPassedTests, numFailedTests, testResults }) => {
      // A file that can't even be loaded has no tests to fail.
      const unloadable = testResults.filter(
        ({ status, assertionResults }) =>
          status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
      );
      return { passed: numPassedTests, failed: numFailedTests + unloadable.length };
    },
  );
}

/** @param {Check} check */
export async function buildConsole({ logs, env }) {
  await build({ distDir: TEST_DIST_DIR, env, logs });
}

/** A page that was rendered at build time would show everyone the balances of that moment. */
export async function everyConsoleRouteIsDynamic() {
  const read = (name) => JSON.parse(fs.readFileSync(path.join(root, TEST_DIST_DIR, name), 'utf8'));
  const prerendered = Object.keys(read('prerender-manifest.json').routes);
  const consoleRoutes = Object.entries(read('app-path-routes-manifest.json'))
    .filter(([file]) => file.startsWith('/(console)/'))
    .map(([, route]) => route);
  const still = consoleRoutes.filter((route) => prerendered.includes(route));
  if (consoleRoutes.length === 0) throw new PlainError('The build has no console route.');
  if (still.length > 0)
    throw new PlainError(`Rendered at build time, and so never fresh: ${still.join(', ')}`);
}

/** The goal; the heaviest page keeps to it by a margin. */
const MOST_KILOBYTES = 200;
/** Of the messages of a language. */
const MOST_WORDS_KILOBYTES = 40;

/** What a phone on a slow network waits for. */
export async function everyPageLoadsLittle() {
  const pages = firstLoads(path.join(root, TEST_DIST_DIR));
  if (pages.length < 50) throw new PlainError('The build has no pages.');
  const words = wordsLoads(path.join(root, TEST_DIST_DIR));
  if (words.length < 2 || words.some((kilobytes) => kilobytes > MOST_WORDS_KILOBYTES))
    throw new PlainError(
      `Messages of ${words.join(' and ')} kB go to browsers; ${MOST_WORDS_KILOBYTES} are the most.`,
    );
  const heavy = pages.filter(({ kilobytes }) => kilobytes > MOST_KILOBYTES);
  if (heavy.length > 0)
    throw new PlainError(
      `More than ${MOST_KILOBYTES} kB of scripts at the first visit: ${heavy
        .map(({ page, kilobytes }) => `${page} ${kilobytes}`)
        .join(', ')}`,
    );
}

/**
 * @param {Check} check
 * @param {Record<string, string>[]} apps  the environment of each app: one for every Playwright worker
 * @returns {Promise<Count>}
 */
export async function endToEnd({ logs, env, args = [], echo }, apps) {
  const report = freshReport(logs, 'playwright.json');
  const command = [process.execPath, bin('@playwright/test/cli.js'), 'test', '--reporter=list,json'];
  return counted(
    () =>
      run([...command, ...args], {
        cwd: root,
        env: {
          ...env,
          TEST_APPS: JSON.stringify(apps),
          PLAYWRIGHT_JSON_OUTPUT_NAME: report,
          FORCE_COLOR: '0',
        },
        echo,
        log: path.join(logs, 'e2e.log'),
        tailLines: 300,
      }),
    report,
    ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected }),
  );
}

/**
 * Reads all that web and worker said during the journeys: nobody's data is in it.
 *
 * @param {Check} check
 */
export async function nobodyIsLogged({ logs, env, echo }) {
  const files = fs
    .readdirSync(logs)
    .filter((name) => name.startsWith('app-'))
    .flatMap((name) => ['web.log', 'worker.log'].map((file) => path.join(logs, name, file)));
  await run([process.execPath, '--import', 'tsx', 'scripts/lib/logs-name-nobody.ts', ...files], {
    cwd: root,
    env,
    echo,
    log: path.join(logs, 'logs-name-nobody.log'),
  });
}

/**
 * A short storm over two webs and three workers (npm run chaos), every kind of process killed at least once.
 *
 * @param {Check} check
 */
export async function chaos({ logs, env, args = [], echo }) {
  const command = [process.execPath, '--import', 'tsx', 'scripts/chaos/main.ts'];
  await run([...command, '--events', '300', '--minutes', '0.3', ...args], {
    cwd: root,
    env,
    echo,
    log: path.join(logs, 'chaos.log'),
    tailLines: 60,
  });
}

/** Runs a test command and counts by its report; a failure that no test stands for counts as one. */
async function counted(command, report, count) {
  /** @type {unknown} */
  let failure = null;
  try {
    await command();
  } catch (error) {
    failure = error;
  }
  const { passed, failed } = fs.existsSync(report)
    ? count(JSON.parse(fs.readFileSync(report, 'utf8')))
    : { passed: 0, failed: 0 };
  return { passed, failed: failed === 0 && failure ? 1 : failed, failure };
}

function freshReport(logs, name) {
  const report = path.join(logs, name);
  fs.rmSync(report, { force: true });
  return report;
}

function bin(file) {
  return path.join(root, 'node_modules', file);
}
