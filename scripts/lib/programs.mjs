/** The three programs, and how each is seen to be well. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ask } from './http.mjs';
import { programEnvironment, root } from './settings.mjs';
import { supervise } from './supervisor.mjs';
import { waitUntil } from './wait.mjs';

const tether = ['--import', new URL('tether.mjs', import.meta.url).href];
const next = path.join(root, 'node_modules/next/dist/bin/next');
const tsx = path.join(root, 'node_modules/tsx/dist/cli.mjs');
const READY_TIMEOUT_MS = 180_000;

/**
 * @typedef {object} Launch
 * @property {import('./settings.mjs').Settings} settings
 * @property {string} logs
 * @property {boolean} [reload]  start again whenever the source changes
 */

/**
 * @typedef {object} Program
 * @property {string} name
 * @property {string[]} command
 * @property {Record<string, string | undefined>} env
 * @property {() => Promise<boolean>} isReady
 */

/** @param {Launch} launch */
export function startSandbox({ settings, logs, reload = false }) {
  return launch(sandboxProgram(settings, reload), logs, reload);
}

/** @param {Launch} launch */
export function startWorker({ settings, logs, reload = false }) {
  return launch(workerProgram(settings, reload), logs, reload);
}

/** @param {Launch & { distDir: string }} launch */
export function startWeb({ settings, logs, distDir, reload = false }) {
  return launch(webProgram(settings, distDir, reload), logs, reload);
}

/**
 * The local Fintoc. It is given its own variables alone: it knows nothing of the app. It makes a schema for itself,
 * which web and worker can't look into.
 *
 * @param {import('./settings.mjs').Settings} settings
 * @returns {Program}
 */
export function sandboxProgram({ env, ports }, reload = false) {
  return {
    name: 'sandbox',
    command: typescript('sandbox/main.ts', reload),
    env: programEnvironment(env, 'sandbox'),
    isReady: () => answers(`http://127.0.0.1:${ports.sandbox}/_control/health`),
  };
}

/** @param {import('./settings.mjs').Settings} settings @returns {Program} */
export function workerProgram({ env }, reload = false) {
  return {
    name: 'worker',
    command: typescript('lib/worker/main.ts', reload),
    env: { ...programEnvironment(env, 'worker'), NODE_ENV: reload ? 'development' : 'production' },
    // It listens on nothing; /api/health/ready tells whether it works.
    isReady: async () => true,
  };
}

/** @param {import('./settings.mjs').Settings} settings @param {string} distDir @returns {Program} */
export function webProgram({ env }, distDir, reload = false) {
  const { PORT = '' } = env;
  const HOST = env.HOST || '127.0.0.1';
  // Next's own server, which compiles while one writes, has no entrance before it.
  const dev = [process.execPath, ...tether, next, 'dev', '-p', PORT, '-H', HOST];
  return {
    name: 'web',
    command: reload ? dev : typescript('lib/entrance/main.ts', false),
    env: {
      ...programEnvironment(env, 'web'),
      HOST,
      NODE_ENV: reload ? 'development' : 'production',
      NEXT_DIST_DIR: distDir,
      NEXT_TELEMETRY_DISABLED: '1',
    },
    // Not /api/health: books that are red are looked at in the console, which has to start for that.
    isReady: () => answers(`http://127.0.0.1:${PORT}/api/health/ready`),
  };
}

/** @param {Program} program */
async function launch({ name, command, env, isReady }, logs, reload) {
  const program = supervise({ name, command, env, logs, echo: reload });
  const well = async () => {
    program.assertAlive();
    return isReady();
  };
  await waitUntil(
    well,
    READY_TIMEOUT_MS,
    `${name} to be healthy. Its log: ${path.join(logs, `${name}.log`)}`,
  );
  program.ready();
  return program;
}

function typescript(file, reload) {
  return reload
    ? [process.execPath, ...tether, tsx, 'watch', '--clear-screen=false', file]
    : [process.execPath, ...tether, '--import', fileURLToPath(import.meta.resolve('tsx')), file];
}

function answers(url) {
  return ask(url).then(
    ({ status }) => status === 200,
    () => false,
  );
}
