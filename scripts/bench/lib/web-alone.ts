import type { ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { atExit } from '../../lib/lifecycle.mjs';
import { webProgram } from '../../lib/programs.mjs';
import type { Settings } from '../../lib/settings.mjs';
import { spawnLogged, stop } from '../../lib/supervisor.mjs';
import { waitUntil } from '../../lib/wait.mjs';

/** On a slow day, beside others. */
const READY_TIMEOUT_MS = 300_000;

/** The web of a build, without a worker: not well, for want of one and of Fintoc, but alive. Answers what ends it. */
export async function startWebAlone(
  settings: Settings,
  distDir: string,
  logs: string,
): Promise<() => Promise<void>> {
  mkdirSync(logs, { recursive: true });
  const { command, env } = webProgram(settings, distDir);
  const logFile = path.join(logs, 'web.log');
  const child: ChildProcess = spawnLogged(command, env, logFile, null);
  const forget = atExit(() => stop(child));
  const alive = () => {
    if (child.exitCode !== null)
      throw new Error(`The web ended with ${child.exitCode}. It says why in ${logFile}.`);
    return fetch(`http://127.0.0.1:${settings.ports.web}/api/alive`).then(
      ({ ok }) => ok,
      () => false,
    );
  };
  await waitUntil(alive, READY_TIMEOUT_MS, 'the web');
  return async () => {
    forget();
    await stop(child);
  };
}
