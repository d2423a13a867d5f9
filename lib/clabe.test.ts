import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkClabe,
  clabeCheckDigit,
  formatClabe,
  isValidClabe,
  maskClabe,
  normalizeClabe,
} from '~/lib/clabe';
import { clabeBank } from '~/lib/clabe-bank';

const recordedTestModeClabes = [
  '735969000000203297',
  '735969000000203365',
  '735969000000203226',
  '735969000000204461',
  '735969000000204474',
];

describe('CLABE', () => {
  test('every number Fintoc handed out in test mode is valid and names Fintoc', () => {
    for (const clabe of recordedTestModeClabes) {
      expect(checkClabe(clabe)).toEqual({ ok: true, clabe });
      expect(clabeBank(clabe)).toEqual({ code: '735', name: 'Fintoc' });
    }
  });

  test('a number is accepted with any blank, hyphen or unseen mark between any two digits', () => {
    const mark = fc.constantFrom(
      ...[
        '',
        '-',
        '\u2010',
        '\u2011',
        '\u2012',
        '\u2013',
        '\u2014',
        '\u2212',
        '\u00ad',
        '\uff0d',
        '\ufe63',
        '.',
        ' ',
        '\t',
        '\n',
      ],
      ...[
        '\u00a0',
        '\u2007',
        '\u2009',
        '\u202f',
        '\u3000',
        '\u200b',
        '\u200e',
        '\u202c',
        '\u202e',
        '\u2066',
        '\u2069',
        '\ufeff',
      ],
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...recordedTestModeClabes),
        fc.array(mark, { minLength: 19, maxLength: 19 }),
        (clabe, marks) => {
          const text = marks.map((each, i) => `${each}${clabe[i] ?? ''}`).join('');
          expect(normalizeClabe(text)).toBe(clabe);
          expect(checkClabe(text)).toMatchObject({ ok: true, clabe });
        },
      ),
    );
  });

  test('a number is accepted however a person pastes it', () => {
    for (const text of [
      '735 969 00000020329 7',
      ' 735-969-00000020329-7\n',
      '735969000000203297',
      '７３５969000000203297',
      '\u202a735969000000203297\u202c',
    ])
      expect(normalizeClabe(text)).toBe('735969000000203297');
  });

  test('the reason of a refusal is the first thing wrong', () => {
    expect(checkClabe('')).toEqual({ ok: false, reason: 'length' });
    expect(checkClabe('73596900000020329')).toEqual({ ok: false, reason: 'length' });
    expect(checkClabe('73596900000020329X')).toEqual({ ok: false, reason: 'characters' });
    expect(checkClabe('735969000000203298')).toEqual({ ok: false, reason: 'check_digit' });
    expect(checkClabe('738969123456789120')).toEqual({ ok: false, reason: 'check_digit' });
  });

  test('an unknown bank is not a reason to refuse', () => {
    const first17 = '99918000000000001';
    const clabe = first17 + clabeCheckDigit(first17);
    expect(checkClabe(clabe)).toEqual({ ok: true, clabe });
    expect(clabeBank(clabe)).toBeNull();
  });

  test('the bank is found by the first three digits', () => {
    expect(clabeBank('012969100000000013')).toEqual({ code: '012', name: 'BBVA' });
    expect(clabeBank('738')).toEqual({ code: '738', name: 'Fintoc' });
    expect(clabeBank('abc')).toBeNull();
  });

  test('the check digit catches any one digit changed', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^\d{17}$/),
        fc.nat(17),
        fc.integer({ min: 1, max: 9 }),
        (first17, at, shift) => {
          const clabe = first17 + clabeCheckDigit(first17);
          expect(isValidClabe(clabe)).toBe(true);
          const digit = (Number(clabe[at]) + shift) % 10;
          expect(isValidClabe(clabe.slice(0, at) + digit + clabe.slice(at + 1))).toBe(false);
        },
      ),
    );
  });

  test('a check digit is never computed over anything but 17 digits', () => {
    expect(() => clabeCheckDigit('1234')).toThrow(RangeError);
    expect(() => clabeCheckDigit('735969000000203297')).toThrow(RangeError);
  });

  test('a formatted number reads in its four parts, a masked one keeps only bank and last four', () => {
    expect(formatClabe('735969000000203297')).toBe('735 969 00000020329 7');
    expect(formatClabe('12345')).toBe('12345');
    expect(maskClabe('735969000000203297')).toBe('735 ••• ••••••••329 7');
    expect(maskClabe('12345')).toBe('•••••');
  });
});
