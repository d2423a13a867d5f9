import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const HAND_WRITTEN = ['app', 'components', 'lib', 'sandbox', 'scripts', 'e2e'];
const DERIVED = `Awaited<${'ReturnType'}<`;

/** What a library or a whole checkout answers, and what is left of the books' own reads. */
const ALLOWED = {
  'app/(console)/deposits/[id]/assignment.tsx': 1,
  'lib/ledger/read.ts': 2,
  'lib/transfers/read.ts': 2,
  'lib/withdrawals/plan.ts': 1,
  'scripts/bench/lib/payout-books.ts': 1,
};

it('what is read has a type of its own beside the read: none is taken from what a function happens to answer', () => {
  const found = HAND_WRITTEN.flatMap((folder) =>
    fs.readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true }),
  )
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map(
      (file) => [path.relative(root, file), fs.readFileSync(file, 'utf8').split(DERIVED).length - 1] as const,
    )
    .filter(([, times]) => times > 0);
  expect(Object.fromEntries(found)).toEqual(ALLOWED);
});
