/**
 * node scripts/run.mjs <file> [arguments]: runs a program of ours, or a script, JavaScript or TypeScript, with what .env
 * says, on the database that `npm start` uses here. What the environment says wins, so it serves a deployment as well.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { commandEnvironment, root } from './lib/settings.mjs';

const [file = '', ...args] = process.argv.slice(2);
const main = path.resolve(root, file);
const env = commandEnvironment(file);
for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
Object.assign(process.env, env);
process.chdir(root);
// In this process, so that a signal reaches the program itself.
process.argv.splice(1, Number.POSITIVE_INFINITY, main, ...args);
if (!main.includes('node_modules')) await import('tsx');
await import(pathToFileURL(main).href);
