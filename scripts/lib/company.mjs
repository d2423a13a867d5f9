import { spawn } from 'node:child_process';
import { atExit } from './lifecycle.mjs';
import { PlainError } from './progress.mjs';
import { root } from './settings.mjs';

/**
 * Makes the demo company (prisma/company), with progress lines. It is given the owner's address and the local Fintoc's
 * variables: it plays both, by a clock of its own.
 *
 * @param {import('./settings.mjs').Settings} settings
 * @param {string[]} options
 */
export async function makeCompany({ env, localFintoc }, options) {
  if (!localFintoc)
    throw new PlainError('The demo company is made with the local Fintoc alone: FINTOC_SECRET_KEY is set.');
  const child = spawn(process.execPath, ['--import', 'tsx', 'prisma/seed.ts', ...options], {
    cwd: root,
    env: {
      ...env,
      LOG_LEVEL: env.LOG_LEVEL ?? 'fatal',
      FINTOC_TRANSFERS_PER_SECOND: '1000',
      NODE_ENV: 'production',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const forget = atExit(() => child.kill('SIGTERM'));
  const code = await new Promise((resolve) => child.once('close', resolve));
  forget();
  if (code !== 0) throw new PlainError('The demo company was not made.');
}
