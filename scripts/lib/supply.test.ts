import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { root } from '~/scripts/lib/settings.mjs';
import { packages } from '~/scripts/lib/supply.mjs';

const LICENCES = [
  ...[
    'MIT',
    'MIT-0',
    'ISC',
    'Apache-2.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'BSD',
    '0BSD',
    'BlueOak-1.0.0',
    'Unlicense',
  ],
  ...[
    'MIT OR Apache-2.0',
    'MIT and ISC',
    'Apache-2.0 AND MIT',
    '(MIT OR CC0-1.0)',
    '(MPL-2.0 OR Apache-2.0)',
  ],
  // Libraries that are linked to and not changed, data, and a font.
  ...['MPL-2.0', 'EPL-2.0', 'LGPL-3.0-or-later', 'Python-2.0', 'CC-BY-4.0', 'SIL OPEN FONT LICENSE'],
  ...['Apache-2.0 AND LGPL-3.0-or-later', 'Apache-2.0 AND LGPL-3.0-or-later AND MIT'],
];

const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));

it('every package is known by the hash of what it brings, and comes from npm’s registry', () => {
  expect(packages().length).toBeGreaterThan(500);
  const unknown = packages().filter(
    ({ integrity, resolved }) =>
      !integrity?.startsWith('sha512-') || (resolved && !resolved.startsWith('https://registry.npmjs.org/')),
  );
  expect(unknown.map(({ name }) => name)).toEqual([]);
});

it('scripts of packages run at installation by name alone, and none is named', () => {
  const decided: Record<string, boolean> = manifest.allowScripts;
  const undecided = packages().filter(({ name, hasScript }) => hasScript && decided[name] === undefined);
  expect(undecided.map(({ name }) => name)).toEqual([]);
  expect(Object.keys(decided).filter((name) => decided[name])).toEqual([]);
});

it('every version is one, not a range', () => {
  const ranges = Object.entries<string>({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(ranges.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

it('every licence is one that we may use', () => {
  expect(packages().filter(({ licence }) => !LICENCES.includes(licence))).toEqual([]);
});

it('npm run sbom lists what is installed, in CycloneDX', () => {
  const [npm = '', ...args] = String(manifest.scripts.sbom).split(' ');
  const { bomFormat, components } = JSON.parse(
    execFileSync(npm, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }),
  );
  expect(bomFormat).toBe('CycloneDX');
  const listed = new Set(
    components.map(({ name, group }: { name: string; group?: string }) =>
      group ? `${group}/${name}` : name,
    ),
  );
  expect(Object.keys(manifest.dependencies).filter((name) => !listed.has(name))).toEqual([]);
});
