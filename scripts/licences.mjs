/** npm run licences: the licences of all that is installed, each with the packages that have it. */
import { packages } from './lib/supply.mjs';

/** @type {Map<string, import('./lib/supply.mjs').Package[]>} */
const byLicence = new Map();
for (const each of packages()) byLicence.set(each.licence, [...(byLicence.get(each.licence) ?? []), each]);
for (const [licence, all] of [...byLicence].sort((a, b) => b[1].length - a[1].length))
  console.log(
    `${licence} (${all.length}): ${all.map(({ name, version }) => `${name}@${version}`).join(', ')}\n`,
  );
