import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkTaxId,
  checkTaxIdOf,
  isSameTaxId,
  maskTaxId,
  normalizeTaxId,
  taxIdSpellings,
} from '~/lib/tax-id';

/** What people put between the parts of a number, and what sticks to it unseen. */
const between = fc.constantFrom(
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
    '.',
    ' ',
    '\t',
    '\n',
    '\u00a0',
  ],
  ...['\u2007', '\u2009', '\u202f', '\u3000', '\u200b', '\u200e', '\u202e', '\u2066', '\ufeff', ' \u2013 '],
);

test('a tax id is the same in every spelling that can be typed or pasted', () => {
  const known = fc.constantFrom(
    ...([
      'GODE561231GR8',
      'MAB9307148T4',
      'XAXX010101000',
      'ÑAÑ010203AB1',
      'BOXW310820HNERXN09',
      '12345678-5',
      '10000013-K',
    ] as const),
  );
  fc.assert(
    fc.property(
      known,
      fc.array(between, { minLength: 20, maxLength: 20 }),
      fc.boolean(),
      (taxId, marks, small) => {
        const country = /^\d/.test(taxId) ? 'cl' : 'mx';
        const bare = taxId.replace('-', '');
        const written =
          [...bare].map((character, i) => `${marks[i] ?? ''}${character}`).join('') + (marks[19] ?? '');
        const text = (small ? written.toLowerCase() : written).normalize(small ? 'NFD' : 'NFC');
        expect(checkTaxId(country, text)).toMatchObject({ ok: true, normalized: taxId });
        expect(normalizeTaxId(text)).toBe(taxId);
        expect(isSameTaxId(text, taxId)).toBe(true);
        expect(taxIdSpellings(text)).toEqual(taxIdSpellings(taxId));
      },
    ),
  );
});

describe('RFC', () => {
  test('one that SAT avoids and did issue is taken, with a warning', () => {
    for (const avoided of ['PUTO800101AB1', 'GODE561231G08', 'GODE561231WR8'])
      expect(checkTaxId('mx', avoided)).toMatchObject({ ok: true, normalized: avoided, warning: 'avoided' });
  });

  test('of a person for a business, and of a company for a person, is a warning', () => {
    expect(checkTaxIdOf('business', 'mx', 'GODE561231GR8')).toMatchObject({
      ok: true,
      warning: 'of_a_person',
    });
    expect(checkTaxIdOf('person', 'mx', 'MAB9307148T4')).toMatchObject({ ok: true, warning: 'of_a_company' });
    for (const [holder, taxId] of [
      ['business', 'MAB9307148T4'],
      ['person', 'GODE561231GR8'],
      ['person', 'BOXW310820HNERXN09'],
      ['business', 'XAXX010101000'],
    ] as const)
      expect(checkTaxIdOf(holder, 'mx', taxId)).toMatchObject({ ok: true });
    expect(checkTaxIdOf('business', 'mx', 'MAB9307148T4')).not.toHaveProperty('warning');
    expect(checkTaxIdOf('business', 'mx', 'XAXX010101000')).not.toHaveProperty('warning');
    expect(checkTaxIdOf('business', 'cl', '12345678-5')).not.toHaveProperty('warning');
    expect(checkTaxIdOf('business', 'mx', 'nothing')).toEqual({ ok: false, reason: 'format' });
  });

  test('those of people (13) and of companies (12) are accepted, however typed', () => {
    expect(checkTaxId('mx', 'GODE561231GR8')).toEqual({
      ok: true,
      kind: 'rfc',
      normalized: 'GODE561231GR8',
      formatted: 'GODE561231GR8',
    });
    expect(checkTaxId('mx', ' gode-561231-gr8 ')).toMatchObject({ normalized: 'GODE561231GR8' });
    expect(checkTaxId('mx', 'MAB9307148T4')).toMatchObject({ ok: true, kind: 'rfc' });
    expect(checkTaxId('mx', 'MAB9307148T4')).not.toHaveProperty('warning');
  });

  test('letters that only Mexico uses are accepted', () => {
    expect(checkTaxId('mx', 'ÑAÑ010203AB1')).toMatchObject({ ok: true, kind: 'rfc' });
    expect(checkTaxId('mx', 'P&G010203AB1')).toMatchObject({ ok: true, kind: 'rfc' });
  });

  test('a wrong check digit warns and does not refuse, because SAT issued such RFCs', () => {
    expect(checkTaxId('mx', 'GODE561231GR7')).toMatchObject({ ok: true, warning: 'check_digit' });
  });

  test("SAT's generic RFCs are accepted without a warning", () => {
    for (const generic of ['XAXX010101000', 'XEXX010101000'])
      expect(checkTaxId('mx', generic)).toEqual({
        ok: true,
        kind: 'rfc',
        normalized: generic,
        formatted: generic,
      });
  });

  test('an impossible date is refused as a date, a wrong shape as a format', () => {
    expect(checkTaxId('mx', 'GODE561331GR8')).toEqual({ ok: false, reason: 'date' });
    expect(checkTaxId('mx', 'GODE560230GR8')).toEqual({ ok: false, reason: 'date' });
    expect(checkTaxId('mx', 'GODE56123GR8')).toEqual({ ok: false, reason: 'format' });
    expect(checkTaxId('mx', '')).toEqual({ ok: false, reason: 'format' });
  });
});

describe('CURP', () => {
  test('a right one is accepted, a wrong check digit refused', () => {
    expect(checkTaxId('mx', 'BOXW310820HNERXN09')).toEqual({
      ok: true,
      kind: 'curp',
      normalized: 'BOXW310820HNERXN09',
      formatted: 'BOXW310820HNERXN09',
    });
    expect(checkTaxId('mx', 'BOXW310820HNERXN08')).toEqual({ ok: false, reason: 'check_digit' });
  });

  test('one that RENAPO avoids and did issue is taken, with a warning; its check digit still counts', () => {
    const curps = Array.from({ length: 10 }, (_, digit) => checkTaxId('mx', `PUTO800101HDFRRN0${digit}`));
    expect(curps.filter(({ ok }) => ok)).toMatchObject([{ kind: 'curp', warning: 'avoided' }]);
    expect(curps.filter(({ ok }) => !ok)).toEqual(Array(9).fill({ ok: false, reason: 'check_digit' }));
  });

  test('an impossible date, sex or state is refused', () => {
    expect(checkTaxId('mx', 'BOXW310832HNERXN09')).toEqual({ ok: false, reason: 'date' });
    expect(checkTaxId('mx', 'BOXW310820ANERXN09')).toEqual({ ok: false, reason: 'format' });
    expect(checkTaxId('mx', 'BOXW310820HZZRXN09')).toEqual({ ok: false, reason: 'format' });
    expect(checkTaxId('mx', 'BOXW000229HNERXN09')).toEqual({ ok: false, reason: 'date' });
  });
});

describe('RUT', () => {
  test('it is kept without dots, with its dash, whatever was typed', () => {
    for (const text of ['12.345.678-5', '12345678-5', '123456785', ' 12 345 678 5 '])
      expect(checkTaxId('cl', text)).toEqual({
        ok: true,
        kind: 'rut',
        normalized: '12345678-5',
        formatted: '12.345.678-5',
      });
    expect(checkTaxId('cl', '10.000.013-k')).toMatchObject({ normalized: '10000013-K' });
    expect(checkTaxId('cl', '1234567-4')).toMatchObject({ normalized: '1234567-4' });
  });

  test('zeros in front are no part of it', () => {
    for (const text of ['012.345.678-5', '0012345678\u22125', '00000123456785'])
      expect(checkTaxId('cl', text)).toMatchObject({ normalized: '12345678-5', formatted: '12.345.678-5' });
    expect(checkTaxId('cl', '01.234.567-4')).toMatchObject({ normalized: '1234567-4' });
    expect(normalizeTaxId('01.234.567\u20144')).toBe('1234567-4');
  });

  test('what is no tax id stays as a line', () => {
    expect(normalizeTaxId(' ND\u200b ')).toBe('ND');
    expect(normalizeTaxId('12.345.678-6')).toBe('12.345.678-6');
  });

  test('a wrong check digit is refused', () => {
    expect(checkTaxId('cl', '12345678-6')).toEqual({ ok: false, reason: 'check_digit' });
    expect(checkTaxId('cl', 'GODE561231GR8')).toEqual({ ok: false, reason: 'format' });
  });

  test('its check digit is the modulo 11 that Chile defines', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000_000, max: 99_999_999 }), (number) => {
        const accepted = [...'0123456789K'].filter((digit) => checkTaxId('cl', `${number}${digit}`).ok);
        expect(accepted).toEqual([mod11(number)]);
      }),
    );
  });
});

test('masked tax ids keep too little to name a person', () => {
  expect(maskTaxId('GODE561231GR8')).toBe('GO••••••••GR8');
  expect(maskTaxId('BOXW310820HNERXN09')).toBe('BO•••••••••••••N09');
  expect(maskTaxId('12345678-5')).toBe('•••••678-5');
  expect(maskTaxId('')).toBe('');
});

function mod11(number: number): string {
  const sum = [...String(number)]
    .reverse()
    .reduce((total, digit, i) => total + Number(digit) * (2 + (i % 6)), 0);
  return '0123456789K'[(11 - (sum % 11)) % 11] ?? '';
}
