/**
 * `npm test`: the one gate, on a fresh clone too and beside a running app.
 *
 *   npm test -- --only lint|unit|e2e|chaos [what vitest, Playwright or npm run chaos should be told]
 *
 * Its last line is "N passed, N failed".
 */
import path from 'node:path';
import { findBrowser } from './lib/browser.mjs';
import { isBuilt } from './lib/build.mjs';
import {
  buildConsole,
  chaos,
  endToEnd,
  everyConsoleRouteIsDynamic,
  everyPageLoadsLittle,
  lint,
  nobodyIsLogged,
  TEST_DIST_DIR,
  typecheck,
  unit,
} from './lib/checks.mjs';
import { generateClient, install, isGenerated, isInstalled, nodeComplaint } from './lib/install.mjs';
import { endAll, endOnSignals, isEnding } from './lib/lifecycle.mjs';
import { PlainError, step } from './lib/progress.mjs';
import { root } from './lib/settings.mjs';
import { outsideEnvironment, settingsOfTestApps, startTestApps, testSettings } from './lib/test-app.mjs';

const logs = path.join(root, '.data', 'test-logs');
/** So many journeys at once: each waits about as long as it works. */
const BROWSERS = 3;
const total = { passed: 0, failed: 0 };

async function testAll({ only, args }) {
  const complaint = nodeComplaint();
  if (complaint) throw new PlainError(complaint);
  if (!isInstalled()) await step('Install dependencies', () => install(logs));
  if (!isGenerated()) await step('Generate the database client', () => generateClient(logs));
  const wants = (name) => only === null || only === name;
  const check = { logs, args, env: outsideEnvironment(), echo: only !== null };

  // Side by side: what compiles, and the storm on what was built, keep the cores busy while tests wait for their databases.
  const [isCompiled] = await Promise.all([
    compile(check, wants).then(async (isCompiled) => {
      if (wants('chaos') && isCompiled) await stormy(check, wants);
      return isCompiled;
    }),
    wants('unit') && expectStep('Unit and domain tests', () => unit(check), { ticking: !check.echo }),
  ]);
  if (wants('e2e')) await testInBrowser(check, isCompiled);
}

/** One after another, since they write to the same directory. Answers whether there is a build. */
async function compile(check, wants) {
  const options = { ticking: !wants('unit') };
  if (wants('lint')) await expectStep('Lint', () => lint(check), options);
  if (wants('lint')) await expectStep('Types', () => typecheck(check), options);
  // The whole gate always builds; a developer who changed only a test need not wait for it.
  if (!wants('e2e') || (check.echo && isBuilt(TEST_DIST_DIR))) return true;
  const { env } = await testSettings();
  return expectStep('Build the console', () => buildConsole({ ...check, env }), options);
}

function stormy(check, wants) {
  return expectStep('Nothing lost, nothing doubled', () => chaos(check), {
    ticking: !check.echo && !wants('unit'),
  });
}

async function testInBrowser(check, isCompiled) {
  if (!isCompiled) throw new PlainError('Without a build there is nothing to open in a browser.');
  await expectStep('Every console route is dynamic', everyConsoleRouteIsDynamic);
  await expectStep('Every page loads little', everyPageLoadsLittle);
  const browser = await step('Find a browser', findBrowser);
  const apps = await settingsOfTestApps(BROWSERS);
  await step('Start the apps', () => startTestApps(apps, logs));
  const envs = apps.map((app) => ({ ...app.env, ...browser }));
  await expectStep('Browser tests', () => endToEnd(check, envs), { ticking: !check.echo });
  await expectStep('Nobody’s data in the logs', () => nobodyIsLogged(check));
}

/** Counts what a check returns, or one. Returns whether nothing failed. */
async function expectStep(title, work, options = {}) {
  /** @type {import('./lib/checks.mjs').Count} */
  let count = { passed: 0, failed: 1 };
  try {
    await step(
      title,
      async () => {
        count = (await work()) ?? { passed: 1, failed: 0 };
        if (count.failed > 0) throw count.failure ?? new PlainError('The report says that tests failed.');
      },
      options,
    );
  } catch (error) {
    if (isEnding()) throw error;
    report(error);
  }
  total.passed += count.passed;
  total.failed += count.failed;
  return count.failed === 0;
}

function report(error) {
  console.error(error instanceof PlainError ? error.message : error);
}

function readArguments([flag, name, ...rest]) {
  if (flag === undefined) return { only: null, args: [] };
  if (flag === '--only' && ['lint', 'unit', 'e2e', 'chaos'].includes(name)) return { only: name, args: rest };
  throw new PlainError(
    'npm test [-- --only lint|unit|e2e|chaos [arguments for vitest, Playwright or chaos]]',
  );
}

endOnSignals({ message: 'Stopping …', exitCode: 130 });
try {
  await testAll(readArguments(process.argv.slice(2)));
} catch (error) {
  if (isEnding()) await endAll().then(() => process.exit(130));
  report(error);
  total.failed += 1;
}
await endAll();
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
