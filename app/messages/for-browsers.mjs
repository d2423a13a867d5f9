/** What of the messages a build gives to browsers: only what they say themselves, and nothing that they had to parse. */
import path from 'node:path';
import compile from 'icu-minify/compile';
import { browserModules, onlySaid, wordsSaid } from './browser-words.mjs';

/** Found once in a build, which has many files of messages. */
let said = null;

/** A loader of one file of messages (next.config.ts). */
// biome-ignore lint/style/noDefaultExport: as loaders are found.
export default function forBrowsers(source) {
  said ??= saidInBrowsers(this.rootContext);
  for (const file of said.files) this.addDependency(file);
  const namespace = path.basename(this.resourcePath, '.json');
  const messages = compiled(onlySaid(JSON.parse(source), said.patterns, namespace));
  return `export default JSON.parse(${JSON.stringify(JSON.stringify(messages))});`;
}

/** @param {string} root */
export function saidInBrowsers(root) {
  const modules = browserModules(root);
  return {
    files: [...modules.keys()],
    patterns: [...new Set([...modules.values()].flatMap(wordsSaid))],
  };
}

/** As `icu-minify` formats them. */
export function compiled(messages) {
  if (typeof messages === 'string') return compile(messages);
  return Object.fromEntries(Object.entries(messages).map(([key, value]) => [key, compiled(value)]));
}
