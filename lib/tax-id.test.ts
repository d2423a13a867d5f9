import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkTaxId, maskTaxId } from '~/lib/tax-id';

describe('RFC', () => {
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
