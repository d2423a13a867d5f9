import { build, isBuilt } from '../lib/build.mjs';
import { step } from '../lib/progress.mjs';
import { outsideEnvironment } from '../lib/test-app.mjs';
import { logs } from './world.ts';

const DIST_DIRS = ['.next-test', '.next'];

/** Where a console of today's source is built. */
export async function builtConsole(): Promise<string> {
  const found = DIST_DIRS.find((distDir) => isBuilt(distDir));
  if (found) return found;
  const [distDir = ''] = DIST_DIRS;
  await step('Build the console', () => build({ distDir, env: outsideEnvironment(), logs }));
  return distDir;
}
