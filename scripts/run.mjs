/**
 * node scripts/run.mjs <file> [arguments]: runs a script of ours, JavaScript or TypeScript, on the database that
 * `npm start` uses here. What the environment says wins, so it serves a deployment as well.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { readDotenv, root } from './lib/settings.mjs';

const [file, ...args] = process.argv.slice(2);
const dotenv = readDotenv(path.join(root, '.env'));
const dataDir = path.resolve(root, process.env.DATA_DIR ?? dotenv.DATA_DIR ?? '.data');
const { status } = spawnSync(process.execPath, ['--import', 'tsx', file ?? '', ...args], {
  cwd: root,
  env: { ...readDotenv(path.join(dataDir, 'local.env')), ...dotenv, ...process.env },
  stdio: 'inherit',
});
process.exit(status ?? 1);
