import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bareOf, isolated, joined, lineOf, noteOf, sound, visible } from '~/lib/text';
import { line, note, optionalLine, outsideId, typed } from '~/lib/typed-text';

const UNSEEN = [
  ...[
    '\u200b',
    '\u200c',
    '\u200d',
    '\u200e',
    '\u200f',
    '\u202a',
    '\u202b',
    '\u202c',
    '\u202d',
    '\u202e',
    '\u2060',
  ],
  ...[
    '\u2066',
    '\u2067',
    '\u2068',
    '\u2069',
    '\ufeff',
    '\u00ad',
    '\u034f',
    '\u061c',
    '\u115f',
    '\u1160',
    '\u17b4',
  ],
  ...[
    '\u180e',
    '\u3164',
    '\uffa0',
    '\ufe0f',
    '\u{e0041}',
    '\u{e0100}',
    '\u2800',
    '\ufff9',
    '\ufffe',
    '\u0000',
    '\u0007',
  ],
  ...['\u001b', '\u007f', '\u009f', '\u{13437}', '\u{13441}', '\u{16fe4}', '\u{1d159}'],
];

/** Any string of JavaScript, with halves of characters and everything that nobody sees. */
const anything = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        ...UNSEEN,
        '\ud800',
        '\udc00',
        '\r\n',
        '\u2028',
        '\t',
        'n\u0303',
        '👩\u200d👧',
        '❤\ufe0f',
      ),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

describe('text', () => {
  it.each(UNSEEN)('%j is seen by nobody: it is out of a name, and a name of it alone is empty', (mark) => {
    expect(lineOf(`An${mark}a${mark}`)).toBe('Ana');
    expect(lineOf(mark)).toBe('');
    expect(noteOf(`${mark} \n${mark}`)).toBe('');
    expect(line(10).safeParse(mark.repeat(3)).success).toBe(false);
  });

  it('is composed, on one line, with single blanks', () => {
    expect(lineOf('  Jose\u0301 \u00a0Nun\u0303ez\r\n\tdel\u2028Río ')).toBe('José Nuñez del Río');
    expect(visible('n\u0303\u200b')).toBe('ñ');
    // Taken out between a letter and its mark, it lets them join.
    expect(visible('n\u200b\u0303')).toBe('ñ');
  });

  it('keeps the lines of a note, and no blanks nobody typed for a reason', () => {
    expect(noteOf('uno  \r\n\r\n\r\n\r\ndos\u000btres\n')).toBe('uno\n\ndos\ntres');
  });

  it('keeps pictures whole', () => {
    expect(lineOf('Familia 👩\u200d👧\u200d👦 ❤\ufe0f')).toBe('Familia 👩\u200d👧\u200d👦 ❤\ufe0f');
    expect(lineOf('a\u200d👧\u200db')).toBe('a👧b');
  });

  it('can be kept by PostgreSQL, whatever it was', () => {
    expect(sound('a\0b\ud800c\udc00😀')).toBe('ab\ufffdc\ufffd😀');
    fc.assert(
      fc.property(anything, (text) => {
        for (const kept of [sound(text), visible(text), lineOf(text), noteOf(text), bareOf(text)]) {
          expect(Buffer.from(kept).toString()).toBe(kept);
          expect(kept).not.toContain('\0');
        }
      }),
    );
  });

  it('is tidied once: a second time changes nothing', () => {
    fc.assert(
      fc.property(anything, (text) => {
        for (const tidy of [visible, lineOf, noteOf, bareOf]) expect(tidy(tidy(text))).toBe(tidy(text));
        expect(lineOf(text)).toBe(lineOf(text).normalize('NFC').trim());
        expect(lineOf(text)).not.toMatch(/[\n\t\p{Cc}]| {2}|\p{Bidi_Control}/u);
      }),
      { numRuns: 1_000 },
    );
  });

  it('of one line is measured as people count, after it was tidied', () => {
    const reason = (schema: ReturnType<typeof line>, text: string) =>
      schema.safeParse(text).error?.issues[0]?.message;
    expect(line(3).parse(' 😀😀\u200b😀 ')).toBe('😀😀😀');
    expect(reason(line(3), 'four')).toBe('too_long');
    expect(reason(line(3), ' \u200b ')).toBe('required');
    expect(reason(note(500, 3), ' no ')).toBe('too_short');
    expect(optionalLine(5).parse('\u200b')).toBeUndefined();
    expect(optionalLine(5).parse(undefined)).toBeUndefined();
    expect(typed().parse('1\0 \ud800')).toBe('1 \ufffd');
  });

  it('of an id holds no control and no half of a character', () => {
    expect(outsideId().safeParse('tr_2xZ-4:1.b').success).toBe(true);
    for (const id of ['', 'tr\0', 'tr\n', '\ud800', 'x'.repeat(256)])
      expect(outsideId().safeParse(id).success).toBe(false);
  });
});

describe('a number between blanks, dots and hyphens', () => {
  it.each([
    ...[
      '-',
      '\u00ad',
      '\u2010',
      '\u2011',
      '\u2012',
      '\u2013',
      '\u2014',
      '\u2015',
      '\u2212',
      '\u2043',
      '\u02d7',
      '\ufe58',
      '\ufe63',
    ],
    ...[
      '\uff0d',
      '\u207b',
      '.',
      '·',
      '\u2024',
      ' ',
      '\t',
      '\n',
      '\u00a0',
      '\u2003',
      '\u2007',
      '\u2009',
      '\u202f',
      '\u3000',
    ],
    ...['\u1680', '\u205f', ...UNSEEN],
  ])('is left of %j', (mark) => {
    expect(bareOf(`${mark}12${mark}3a${mark}`)).toBe('123a');
  });

  it('has its full-width digits as others', () => {
    expect(bareOf('１２３')).toBe('123');
  });
});

describe('a text in a sentence', () => {
  it('that runs from right to left is set apart, and no other is touched', () => {
    for (const name of ['محمد علي', 'דוד כהן', 'Ana محمد', '\u{1E900}'])
      expect(isolated(name), name).toBe(`\u2068${name}\u2069`);
    for (const name of ['José Núñez', '李明', 'Ünal 123', '🌮', '', '👨‍👩‍👧'])
      expect(isolated(name), name).toBe(name);
  });

  it('is joined with others, each set apart, and what is missing leaves no mark', () => {
    expect(joined(['دار', null, 'BBVA', '', undefined, false])).toBe('\u2068دار\u2069 · BBVA');
  });
});
