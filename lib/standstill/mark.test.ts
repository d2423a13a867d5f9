import { expect, it } from 'vitest';
import { type BooksNow, isOf, lacksOf, type Mark, parseMark, vouchesFrom } from '~/lib/standstill/mark';

const mark: Mark = {
  version: 1,
  books: 'these',
  system: '7001',
  database: 'monedero',
  timeline: 1,
  transaction: '120',
  audit: '40',
  sent: { id: 'w1', attempts: 2, at: '2026-11-26T04:00:00.000Z' },
  writtenAt: '2026-11-26T04:00:01.000Z',
};

const known = { attempts: 2, transaction: true, audit: true };

function booksWith(facts: Partial<BooksNow> = {}): BooksNow {
  const { version: _version, writtenAt: _at, ...same } = mark;
  return { ...same, formerly: [], knownTimeline: 1, place: 'here', knownPlace: 'here', ...facts };
}

it('books that know all that is remembered of them, or more, lack nothing', () => {
  expect(lacksOf(mark, booksWith(), known)).toEqual([]);
  expect(lacksOf(mark, booksWith({ transaction: '121', audit: '41' }), { ...known, attempts: 3 })).toEqual(
    [],
  );
  const unsent = { ...known, attempts: null };
  expect(lacksOf({ ...mark, sent: null }, booksWith({ sent: null }), unsent)).toEqual([]);
});

it.each([
  ['a transaction', booksWith({ transaction: '119' }), {}, 'transactions'],
  ['an act of a person', booksWith({ audit: '39' }), {}, 'audit'],
  ['a try of a withdrawal', booksWith(), { attempts: 1 }, 'sent'],
  ['a withdrawal', booksWith(), { attempts: null }, 'sent'],
  [
    'a transaction, and have gone on',
    booksWith({ transaction: '300' }),
    { transaction: false },
    'transactions',
  ],
  ['an act, and have gone on', booksWith({ audit: '300' }), { audit: false }, 'audit'],
] as const)('books that have lost %s are older', (_what, books, facts, what) => {
  expect(lacksOf(mark, books, { ...known, ...facts }).map((lack) => lack.what)).toEqual([what]);
});

it('compares numbers as numbers, however many digits they have', () => {
  const huge = '9223372036854775807';
  expect(lacksOf({ ...mark, transaction: '9' }, booksWith({ transaction: '10' }), known)).toEqual([]);
  expect(
    lacksOf({ ...mark, transaction: huge }, booksWith({ transaction: '9223372036854775806' }), known),
  ).toHaveLength(1);
});

it('is about books of its name wherever they are, and about whatever took their place', () => {
  expect(isOf(mark, booksWith({ system: 'another', database: 'copy' }))).toBe(true);
  expect(isOf(mark, booksWith({ books: 'others' }))).toBe(true);
  expect(isOf(mark, booksWith({ books: 'others', database: 'staging' }))).toBe(false);
  expect(isOf(mark, booksWith({ books: 'others', system: '7002' }))).toBe(false);
});

it('is about nothing any more once two people let the books go on as they are', () => {
  expect(isOf(mark, booksWith({ books: 'named anew', formerly: ['these'] }))).toBe(false);
});

it('is read from its file whole or not at all', () => {
  expect(parseMark(JSON.stringify(mark))).toEqual(mark);
  for (const text of [
    '',
    '{',
    JSON.stringify(mark).slice(0, 60),
    'null',
    '[]',
    JSON.stringify({ ...mark, transaction: '' }),
  ])
    expect(parseMark(text), text).toBeNull();
});

const now = new Date('2026-11-26T04:00:30.000Z');
const watched: Mark = { ...mark, place: 'here', since: '2026-11-20T00:00:00.000Z' };

it('vouches for books from a day after the very files were watched first, without a break', () => {
  expect(vouchesFrom([watched], booksWith(), now)).toEqual(new Date('2026-11-21T00:00:00.000Z'));
});

it.each([
  ['of other files', { place: 'elsewhere' }, now],
  ['that nobody wrote for over a minute', {}, new Date('2026-11-26T04:01:02.000Z')],
  ['of a clock that went back', {}, new Date('2026-11-26T03:50:00.000Z')],
  ['of a Monedero that did not say since when', { since: undefined }, now],
] as const)('a mark %s vouches for nothing', (_what, facts, at) => {
  const { since = undefined, ...rest } = { ...watched, ...facts };
  expect(vouchesFrom([{ ...rest, ...(since && { since }) }], booksWith(), at)).toBeNull();
});
