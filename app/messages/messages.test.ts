import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { flatten, type Tree } from '~/app/messages/flatten';
import { LOCALES, loadMessages } from '~/app/messages/load';

const spanish = flatten((await loadMessages('es-MX')) as unknown as Tree);
const english = flatten((await loadMessages('en')) as unknown as Tree);

describe('messages', () => {
  test('every file of both languages is loaded, under its name', async () => {
    for (const locale of LOCALES) {
      const files = readdirSync(new URL(`./${locale}`, import.meta.url)).map((file) =>
        file.replace(/\.json$/, ''),
      );
      expect(Object.keys(await loadMessages(locale)).sort()).toEqual(files.sort());
    }
  });

  test('both languages have the same keys, none empty', () => {
    expect([...english.keys()].sort()).toEqual([...spanish.keys()].sort());
    for (const [key, text] of [...spanish, ...english]) expect(text.trim(), key).not.toBe('');
  });

  test('both languages take the same arguments, so that neither shows a hole', () => {
    for (const [key, text] of spanish) {
      expect(argumentsOf(english.get(key) ?? ''), key).toEqual(argumentsOf(text));
    }
  });
});

/** The names of an ICU message's arguments and tags, also of those inside plural and select branches. */
function argumentsOf(message: string): string[] {
  const names = new Set<string>();
  let at = 0;

  function until(stops: string): string {
    const start = at;
    while (at < message.length && !stops.includes(message.charAt(at))) at += 1;
    return message.slice(start, at).trim();
  }

  function opens(): boolean {
    until('{}');
    return message.charAt(at) === '{';
  }

  function text() {
    while (opens()) {
      at += 1;
      argument();
      at += 1;
    }
  }

  function argument() {
    names.add(until(',}'));
    if (message.charAt(at) === '}') return;
    at += 1;
    const hasBranches = /^(plural|select|selectordinal)$/.test(until(',}'));
    if (!hasBranches) until('}');
    while (hasBranches && opens()) {
      at += 1;
      text();
      at += 1;
    }
  }

  text();
  for (const [, tag] of message.matchAll(/<(\w+)>/g)) names.add(`<${tag}>`);
  return [...names].sort();
}
