import fs from 'node:fs';
import { expect, test } from 'vitest';
import { byName } from '~/lib/names';

test('names are sorted as people do, and rows of one name keep their order', () => {
  const names = ['Oso', 'abeja', 'Ñandú', 'Nube', 'Ábaco', 'Nube'].map((name, nth) => ({ name, nth }));
  expect(byName(names).map(({ name, nth }) => `${name} ${nth}`)).toEqual([
    ...['Ábaco 4', 'abeja 1', 'Nube 3', 'Nube 5', 'Ñandú 2', 'Oso 0'],
  ]);
});

/** What sorts names by their bytes, or by whatever language a machine happens to be set to. */
const BY_BYTES = [
  // Of Prisma.
  /\b\w*[nN]ame: '(?:asc|desc)'/,
  // Of SQL: a name among the first of an order, without the collation right behind it.
  /ORDER BY\s+(?:[\w."]+(?: (?:ASC|DESC))?,\s*)*(?:\w+\.)?\w*name\b(?!\s+COLLATE "es-x-icu")/i,
  /\.localeCompare\(/,
];

test('nowhere is anything sorted by name in another way', () => {
  const files = ['lib', 'app', 'components', 'prisma/functions'].flatMap((folder) =>
    fs
      .readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(tsx?|sql)$/.test(name) && !/\.test\.tsx?$/.test(name))
      .map((name) => `${folder}/${name}`),
  );
  const wrong = files.filter((file) => {
    const text = fs.readFileSync(file, 'utf8');
    return BY_BYTES.some((pattern) => pattern.test(text));
  });
  expect(wrong).toEqual([]);
});
