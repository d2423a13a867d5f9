import fs from 'node:fs';
import { expect, test } from 'vitest';

/** Where the tab itself is left for good, with nothing on it that could be lost. */
const LEAVES: Record<string, RegExp> = {
  'app/login/login-form.tsx': /window\.location\.assign\(path\)/,
  'app/login/link/[token]/enter-by-link.tsx': /window\.location\.assign\('\/'\)/,
  // The console was stopped and is there again, with other books.
  'app/(console)/settings/start/fill.tsx': /window\.location\.assign\('\/'\)/,
};

const sources = ['app', 'components'].flatMap((folder) =>
  fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map((name) => ({
      file: `${folder}/${name}`,
      text: fs.readFileSync(`${folder}/${name}`, 'utf8').replace(LEAVES[`${folder}/${name}`] ?? '', ''),
    })),
);

test('nothing but components/live/go leads to another page, or asks for this one anew: offline it would be lost', () => {
  const ways =
    /\buseRouter\b|next\/form|\blocation\.(assign|replace|reload|href\s*=[^=])|\bwindow\.location\s*=/;
  const leading = sources.filter(({ text }) => ways.test(text)).map(({ file }) => file);
  expect(leading).toEqual(['components/live/go.ts']);
});
