/**
 * node scripts/tool.mjs <file> [arguments]: runs a tool of ours (a storm, a bench) in the environment that it is called
 * in, also in a clone where nothing was installed or generated yet.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { generateClient, install, isGenerated, isInstalled } from './lib/install.mjs';
import { step } from './lib/progress.mjs';
import { root } from './lib/settings.mjs';

const [file = '', ...args] = process.argv.slice(2);
const main = path.resolve(root, file);
const logs = path.join(root, '.data/logs');
if (!isInstalled()) await step('Install dependencies', () => install(logs));
if (!isGenerated()) await step('Generate the database client', () => generateClient(logs));
process.argv.splice(1, Number.POSITIVE_INFINITY, main, ...args);
await import('tsx');
await import(pathToFileURL(main).href);
