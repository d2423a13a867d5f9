import fs from 'node:fs';
import path from 'node:path';
import { twMerge } from 'tailwind-merge';
import { expect, it } from 'vitest';
import { withoutOverridden } from '~/components/ui/class-groups';

const root = path.resolve(import.meta.dirname, '../..');
const TEXTS = /'([^'\n]*)'|"([^"\n]*)"|`([^`]*)`/g;

/** Whatever is written here and may be a class. */
function written(): string[] {
  const found = new Set<string>();
  for (const folder of ['app', 'components'])
    for (const file of fs.readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/(?<!\.test)\.tsx?$/.test(file) || file.endsWith('class-groups.ts')) continue;
      for (const [, ...texts] of fs.readFileSync(path.join(root, folder, file), 'utf8').matchAll(TEXTS))
        for (const word of texts.join('').split(/\s+/))
          if (/^[a-z[*!-][^${}<>,;]*$/.test(word)) found.add(word);
    }
  return [...found];
}

it('of two classes the same stays that a merger of all of Tailwind’s leaves, whatever two they are', () => {
  const classes = written().filter((word) => twMerge(`${word} ${word}`) === word);
  expect(classes.length).toBeGreaterThan(500);
  const apart: string[] = [];
  for (const one of classes)
    for (const other of classes)
      if (withoutOverridden(`${one} ${other}`) !== twMerge(`${one} ${other}`)) apart.push(`${one} ${other}`);
  expect(apart).toEqual([]);
  expect(withoutOverridden('animate-in fade-in-0 animate-in')).toBe('animate-in fade-in-0 animate-in');
});
