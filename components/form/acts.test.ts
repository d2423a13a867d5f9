import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

/** Every form that says its act in so many letters: where it stands, and which. */
const forms = ['app', 'components']
  .flatMap((root) =>
    fs.readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => path.join(root, name)),
  )
  .filter((file) => file.endsWith('.tsx'))
  .flatMap((file) =>
    [
      ...fs
        .readFileSync(file, 'utf8')
        .matchAll(/<(?:Form|ConfirmDialog|LinkDialog|SecretForm)\s[^>]*?\bact="(\w+)"/g),
    ].map(([, act = '']) => `${path.dirname(file)}: ${act}`),
  );

test('no two forms of one page are one act: what is typed into the one never stands in the other', () => {
  expect(forms.length).toBeGreaterThan(90);
  expect(forms.filter((form, nth) => forms.indexOf(form) !== nth)).toEqual([]);
});
