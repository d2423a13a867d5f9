import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { run } from './commands.mjs';
import { root } from './settings.mjs';

const INPUTS = [
  'app',
  'components',
  'lib',
  'prisma/schema.prisma',
  'public',
  'instrumentation.ts',
  'proxy.ts',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
];

const OF_TESTS = /\.test\.tsx?$|^lib\/testing\//;

/** Whether `distDir` holds a build of today's source. @param {string} distDir */
export function isBuilt(distDir) {
  const stamp = path.join(root, distDir, 'monedero-source');
  return fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === sourceHash();
}

/** @param {{ distDir: string, env: Record<string, string | undefined>, logs: string }} options */
export async function build({ distDir, env, logs }) {
  // Taken first: what is edited during the build must count as new.
  const source = sourceHash();
  const stamp = path.join(root, distDir, 'monedero-source');
  fs.rmSync(stamp, { force: true });
  await run([process.execPath, path.join(root, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: root,
    env: { ...env, NODE_ENV: 'production', NEXT_DIST_DIR: distDir, NEXT_TELEMETRY_DISABLED: '1' },
    log: path.join(logs, 'build.log'),
  });
  fs.writeFileSync(stamp, source);
}

function sourceHash() {
  const hash = createHash('sha256');
  for (const file of INPUTS.flatMap(filesBelow))
    hash.update(`${file}\0`).update(fs.readFileSync(path.join(root, file)));
  return hash.digest('hex');
}

function filesBelow(input) {
  const full = path.join(root, input);
  if (!fs.existsSync(full)) return [];
  if (fs.statSync(full).isFile()) return [input];
  return fs
    .readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)))
    .filter((file) => !OF_TESTS.test(file))
    .sort();
}
