/** Which messages the console's client components say: read from their source, so that nobody keeps a list. */
import fs from 'node:fs';
import path from 'node:path';

const ENDINGS = ['', '.ts', '.tsx'];
const IMPORTS =
  /(?:^|\n)(?:import|export)\s(?!type\b)(?:[^;'"]*?\sfrom\s)?'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g;

/**
 * The modules that browsers may load: the client components below `app` and `components`, and what these import, also
 * later.
 *
 * @param {string} root
 * @returns {Map<string, string>} the source of each, by its path
 */
export function browserModules(root) {
  const found = new Map();
  const visit = (file) => {
    if (found.has(file)) return;
    const source = fs.readFileSync(file, 'utf8');
    // Of an action, the browser has its name alone.
    if (source.startsWith("'use server'")) return;
    found.set(file, source);
    for (const [, fixed, later] of source.matchAll(IMPORTS)) {
      const next = fileOf(root, path.dirname(file), fixed ?? later);
      if (next) visit(next);
    }
  };
  for (const folder of ['app', 'components'])
    for (const name of fs.readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })) {
      const file = path.join(root, folder, name);
      if (!/(?<!\.test)\.tsx?$/.test(name)) continue;
      if (fs.readFileSync(file, 'utf8').startsWith("'use client'")) visit(file);
    }
  return found;
}

function fileOf(root, folder, name) {
  const base = name.startsWith('~/') ? path.join(root, name.slice(2)) : path.resolve(folder, name);
  if (!name.startsWith('~/') && !name.startsWith('.')) return null;
  return ENDINGS.map((ending) => base + ending).find((file) => /\.tsx?$/.test(file) && fs.existsSync(file));
}

const TRANSLATORS = /\b(?:const|let)\s+(\w+)\s*=\s*useTranslations\(([^)]*)\)/g;

/**
 * Patterns of the paths that a module says: `wallets.status.*` where the end is only known when it is said.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function wordsSaid(text) {
  const source = text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g, '');
  // What is named in one function has another name in the next: at the left edge stands what ends one.
  return source.split(/\n(?=[})])/).flatMap((part) => {
    const named = [...part.matchAll(TRANSLATORS)].flatMap(([, name, from]) =>
      textsIn(from, '').flatMap((space) => keysOf(part, name).flatMap((key) => within(space, key, source))),
    );
    // One that has no name is handed on: whoever gets it may say anything of it.
    const unnamed = [
      ...part.replace(TRANSLATORS, '').matchAll(/\buseTranslations\(([^)]*)\)(?:\('(\w+)'\))?/g),
    ];
    return [
      ...named,
      ...unnamed.flatMap(([, from, key = '*']) => textsIn(from, '').map((space) => `${space}.${key}`)),
    ];
  });
}

/** Without a namespace the whole path stands in the module, if not in the call. */
function within(space, key, source) {
  if (space) return [`${space}.${key}`];
  return key === '*' ? textsIn(source, '*').filter((text) => text.includes('.')) : [key];
}

/** The keys that a translator is asked for in a module; everything, where it is handed on. */
function keysOf(source, name) {
  const keys = [];
  for (const { index } of source.matchAll(new RegExp(`(?<![\\w.'"\`-])${name}\\b(?!['"\`\\w-])`, 'g'))) {
    const rest = source.slice(index + name.length);
    if (/^\s*=\s*useTranslations\(/.test(rest) || /^\??:/.test(rest)) continue;
    const call = /^(?:\.(?:rich|markup|has))?(?:<[^>(]*>)?\(/.exec(rest);
    if (!call) keys.push(...(isWord(source, index, rest) ? [] : ['*']));
    else keys.push(...textsIn(firstArgument(rest.slice(call[0].length)), '*'));
  }
  return keys;
}

/** A list of what an effect depends on, or of what a function takes, says nothing. */
function isWord(source, index, rest) {
  return /[[,]\s*$/.test(source.slice(Math.max(0, index - 40), index)) && /^\s*[\],][^(]*\]/.test(rest);
}

function firstArgument(text) {
  let depth = 0;
  let end = 0;
  for (let quote = ''; end < text.length; end += 1) {
    const sign = text[end];
    if (quote) quote = sign === quote ? '' : quote;
    else if (sign === "'" || sign === '`') quote = sign;
    else if ('([{'.includes(sign)) depth += 1;
    else if (')]}'.includes(sign) && depth-- === 0) break;
    else if (sign === ',' && depth === 0) break;
  }
  return text.slice(0, end);
}

/** The texts that an expression may be: of a choice, each; with what is put into them as `*`. Of none, what `otherwise` says. */
function textsIn(expression, otherwise) {
  const texts = [...expression.matchAll(/'([^']*)'|`((?:[^`$]|\$\{[^}]*\})*)`/g)]
    .filter(
      ({ index, 0: whole }) =>
        !/[=!]==?\s*$/.test(expression.slice(0, index)) &&
        !/^\s*[=!]==/.test(expression.slice(index + whole.length)),
    )
    .map(([, plain, made]) => plain ?? made.replace(/\$\{[^}]*\}/g, '*'));
  const paths = texts.filter((text) => /^[\w.*]+$/.test(text));
  return paths.length > 0 ? paths : [otherwise];
}

/**
 * Those of all messages that the patterns name.
 *
 * @param {Record<string, unknown>} messages
 * @param {readonly string[]} patterns
 * @param {string} [above]
 * @returns {Record<string, unknown>}
 */
export function onlySaid(messages, patterns, above = '') {
  const tests = patterns.map(
    (pattern) => new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.+')}$`),
  );
  const keep = (tree, path) =>
    Object.fromEntries(
      Object.entries(tree).flatMap(([key, value]) => {
        const here = path ? `${path}.${key}` : key;
        if (typeof value === 'string') return tests.some((test) => test.test(here)) ? [[key, value]] : [];
        const below = keep(value, here);
        return Object.keys(below).length > 0 ? [[key, below]] : [];
      }),
    );
  return keep(messages, above);
}
