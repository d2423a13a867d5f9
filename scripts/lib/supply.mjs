/** What is installed beside our own code, as package-lock.json says it. */
import fs from 'node:fs';
import path from 'node:path';
import { root } from './settings.mjs';

/** @typedef {{ name: string, version: string, licence: string, integrity?: string, resolved?: string, hasScript: boolean }} Package */

/** Those whose own package.json is silent, by the LICENSE file that they bring. */
const BY_FILE = {
  decko: 'MIT',
  'png-js': 'MIT',
  'seq-queue': 'MIT',
  stickyfill: 'MIT',
  '@biomejs/cli-android-arm64': 'MIT OR Apache-2.0',
  '@biomejs/cli-android-x64': 'MIT OR Apache-2.0',
};

/** Every package of the lockfile but our own. @returns {Package[]} */
export function packages() {
  const { packages: all } = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(all)
    .filter(([place, { link }]) => place.includes('node_modules/') && !link)
    .map(([place, { version, license, integrity, resolved, hasInstallScript = false }]) => {
      const name = place.replace(/^.*node_modules\//, '');
      return {
        name,
        version,
        licence: license ?? BY_FILE[name] ?? '',
        integrity,
        resolved,
        hasScript: hasInstallScript,
      };
    });
}
