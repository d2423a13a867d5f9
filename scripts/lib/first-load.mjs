/** What a browser loads before a page of the built console can be used. */
import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const KB = 1000;

/**
 * The scripts of each page at its first visit, in kilobytes as they are sent: Next's own, and those of the page and of all
 * layouts around it. The largest first.
 *
 * @param {string} dist  the directory of a build
 * @returns {{ page: string, kilobytes: number }[]}
 */
export function firstLoads(dist) {
  const sizes = new Map();
  const sizeOf = (file) => {
    if (!sizes.has(file)) sizes.set(file, gzipSync(fs.readFileSync(path.join(dist, file))).length);
    return sizes.get(file);
  };
  const { rootMainFiles } = JSON.parse(fs.readFileSync(path.join(dist, 'build-manifest.json'), 'utf8'));
  const app = path.join(dist, 'server/app');
  return fs
    .readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('page_client-reference-manifest.js'))
    .map((file) => {
      const [page, entries] = entriesOf(fs.readFileSync(path.join(app, file), 'utf8'));
      const files = new Set([...rootMainFiles, ...entries].filter((name) => name.endsWith('.js')));
      const bytes = [...files].reduce((sum, name) => sum + sizeOf(name), 0);
      return { page, kilobytes: Math.round(bytes / KB) };
    })
    .sort((one, other) => other.kilobytes - one.kilobytes);
}

/**
 * The messages of each language as browsers get them, in kilobytes: a file that they keep, beside the scripts of a page.
 *
 * @param {string} dist
 */
export function wordsLoads(dist) {
  const chunks = path.join(dist, 'static/chunks');
  return fs
    .readdirSync(chunks)
    .filter((file) => file.endsWith('.js'))
    .map((file) => fs.readFileSync(path.join(chunks, file)))
    .filter((chunk) => /\\?"skipToContent\\?":/.test(chunk.toString('utf8')))
    .map((chunk) => Math.round(gzipSync(chunk).length / KB));
}

/** The manifest is a script that says `globalThis.__RSC_MANIFEST[page] = {…}`. */
function entriesOf(text) {
  const place = {};
  new Function('globalThis', text)(place);
  const [[page, { entryJSFiles }]] = Object.entries(place.__RSC_MANIFEST);
  return [page, Object.values(entryJSFiles ?? {}).flat()];
}
