import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { run } from './commands.mjs';
import { root } from './settings.mjs';

const MINIMUM_NODE = [20, 19];

/** One line for somebody whose Node is too old, or null. */
export function nodeComplaint() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1])) return null;
  return `Monedero needs Node ${MINIMUM_NODE.join('.')} or later; this is ${process.versions.node}.`;
}

/** Whether node_modules is what package-lock.json says, whoever installed it. */
export function isInstalled() {
  const installed = readJson('node_modules/.package-lock.json')?.packages;
  if (!installed) return false;
  const wanted = readJson('package-lock.json').packages;
  // Optional ones are there only on their own platform.
  return Object.entries(wanted).every(([name, { version, optional, peer }]) =>
    installed[name] ? installed[name].version === version : name === '' || optional || peer,
  );
}

/** @param {string} logs */
export async function install(logs) {
  // Development dependencies are needed to build, whatever NODE_ENV says. No package needs its install script:
  // older npm runs them unasked, and some of them download.
  await run([...npm(), 'ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: root,
    log: path.join(logs, 'npm-ci.log'),
  });
}

/** Whether Prisma's client was generated from today's schema. */
export function isGenerated() {
  return fs.existsSync(path.join(root, 'prisma/generated/client.ts')) && readStamp() === schemaStamp();
}

/** @param {string} logs */
export async function generateClient(logs) {
  await run([process.execPath, path.join(root, 'node_modules/prisma/build/index.js'), 'generate'], {
    cwd: root,
    env: { ...process.env, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
    log: path.join(logs, 'generate.log'),
  });
  fs.writeFileSync(stampFile(), schemaStamp());
}

function schemaStamp() {
  const hash = createHash('sha256').update(fs.readFileSync(path.join(root, 'prisma/schema.prisma')));
  return hash.update(readJson('node_modules/prisma/package.json').version).digest('hex');
}

function readStamp() {
  return fs.existsSync(stampFile()) ? fs.readFileSync(stampFile(), 'utf8') : null;
}

function stampFile() {
  return path.join(root, 'prisma/generated/.stamp');
}

/** The npm that runs us, or the one on the PATH. */
function npm() {
  const own = process.env.npm_execpath;
  return own?.endsWith('npm-cli.js') ? [process.execPath, own] : ['npm'];
}

function readJson(file) {
  const full = path.join(root, file);
  return fs.existsSync(full) ? JSON.parse(fs.readFileSync(full, 'utf8')) : null;
}
