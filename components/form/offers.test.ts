import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const CONSOLE = 'app/(console)';

/** The folders of pages that follow what happens, each with the text of its files. */
const folders = fs
  .readdirSync(CONSOLE, { recursive: true, encoding: 'utf8' })
  .filter((name) => path.basename(name) === 'page.tsx')
  .map((name) => path.join(CONSOLE, path.dirname(name)))
  .map((folder) => ({
    folder,
    texts: fs
      .readdirSync(folder)
      .filter((name) => name.endsWith('.tsx'))
      .map((name) => fs.readFileSync(path.join(folder, name), 'utf8')),
  }));

test('a page that follows what happens keeps its dialogs open, and says in them who did what', () => {
  const silent = folders
    .filter(({ texts }) => texts.some((text) => text.includes('<Live ')))
    .filter(({ texts }) => texts.some((text) => text.includes('<ConfirmDialog')))
    .filter(({ texts }) => !texts.some((text) => text.includes('<Offers')));
  expect(silent.map(({ folder }) => folder)).toEqual([]);
});
