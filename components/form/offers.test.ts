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

test('what an open dialog is told of is always asked for: an empty history never says who', () => {
  const mute = fs
    .readdirSync(CONSOLE, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx'))
    .filter((name) =>
      /<Offers\b[^>]*timeline=\{\[\]\}/s.test(fs.readFileSync(path.join(CONSOLE, name), 'utf8')),
    );
  expect(mute).toEqual([]);
});

test('offers on several things stand each for itself: a dialog over them says which one it is about', () => {
  const several = folders.filter(({ texts }) =>
    texts.some((text) => /<Offers\b[^>]*Object\.fromEntries/s.test(text)),
  );
  expect(several.map(({ folder }) => path.relative(CONSOLE, folder)).sort()).toEqual([
    ...['approvals', 'customers/[id]', 'deposits/debts'],
  ]);
  const dialogs = [
    'approvals/list/take-back.tsx',
    'customers/[id]/customer-beneficiaries.tsx',
    'deposits/debts/plan.tsx',
  ];
  for (const dialog of dialogs)
    for (const each of fs.readFileSync(path.join(CONSOLE, dialog), 'utf8').split('<ConfirmDialog').slice(1))
      expect(each.slice(0, each.indexOf('trigger=')), dialog).toContain('about={');
});
