import { _createCache, _createIntlFormatters } from 'use-intl/core';
import { describe, expect, test } from 'vitest';
import { onlySaid, wordsSaid } from '~/app/messages/browser-words.mjs';
import { flatten, type Tree } from '~/app/messages/flatten';
import { compiled, saidInBrowsers } from '~/app/messages/for-browsers.mjs';
import formatInBrowsers from '~/app/messages/format-in-browsers';
import formatMessage from '~/app/messages/format-message';
import { LOCALES, loadMessages } from '~/app/messages/load';

const cache = _createCache();
const formatters = _createIntlFormatters(cache);

/** For any name: a count where one is asked for, a part of a sentence where it is marked. */
function valuesOf(message: string, count: number) {
  const names = [...message.matchAll(/\{\s*(\w+)/g)].map(([, name = '']) => [name, count] as const);
  const marks = [...message.matchAll(/<(\w+)>/g)].map(
    ([, name = '']) => [name, (chunks: unknown) => `(${String(chunks)})`] as const,
  );
  return Object.fromEntries([...names, ...marks]);
}

describe.each(LOCALES)('messages in %s', (locale) => {
  test('read the same in a browser, which gets them parsed, and on the server', async () => {
    const texts = [...flatten((await loadMessages(locale)) as unknown as Tree).values()];
    expect(texts.length).toBeGreaterThan(2_000);
    const options = { cache, formatters, locale };
    for (const text of texts)
      for (const count of [0, 1, 2, 1_234]) {
        const values = valuesOf(text, count);
        const parsed = compiled(text) as string;
        expect(String(formatInBrowsers('key', parsed, values, options))).toBe(
          String(formatMessage('key', text, values, options)),
        );
      }
  });
});

describe('what browsers say', () => {
  const said = (source: string) => wordsSaid(`function Part() {\n${source}\n}\n`);

  test('is read from how a translator is called', () => {
    expect(said("const t = useTranslations('a.b');\nt('c');")).toEqual(['a.b.c']);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as it stands in a module.
    expect(said("const t = useTranslations('a');\nt(`b.${kind}.c`, { n: 1 });")).toEqual(['a.b.*.c']);
    expect(said("const t = useTranslations('a');\nt(kind === 'x' ? 'b' : 'c');")).toEqual(['a.b', 'a.c']);
    expect(said("const t = useTranslations('a');\nt.rich('b', {});\nt.has('c');")).toEqual(['a.b', 'a.c']);
    expect(said("useTranslations('a')('b');")).toEqual(['a.b']);
  });

  test('is all of it where it is told elsewhere what is said', () => {
    expect(said("const t = useTranslations('a');\nt(code);")).toEqual(['a.*']);
    expect(said("const t = useTranslations('a');\nlabel(t, 'x');")).toEqual(['a.*']);
    expect(said("label(useTranslations('a'));")).toEqual(['a.*']);
  });

  test('is there, in whole sentences, and nothing else is', () => {
    const messages = { b: 'one', c: { d: 'two', e: 'three' }, f: { g: 'four' } };
    expect(onlySaid(messages, ['a.b', 'a.c.*', 'z.f.g'], 'a')).toEqual({ b: 'one', c: messages.c });
  });

  test('names nothing that there is not, and is less than half', async () => {
    const messages = flatten((await loadMessages('es-MX')) as unknown as Tree);
    const { patterns } = saidInBrowsers(process.cwd());
    const namespaces = new Set([...messages.keys()].map((path) => path.split('.')[0]));
    const plain = patterns.filter((pattern) => !pattern.includes('*'));
    const nowhere = plain.filter((path) => namespaces.has(path.split('.')[0]) && !messages.has(path));
    expect(nowhere).toEqual([]);
    expect(plain.length).toBeGreaterThan(500);
    const kept = flatten(onlySaid(await loadMessages('es-MX'), patterns) as Tree);
    expect(kept.size).toBeLessThan(messages.size / 2);
  });
});
