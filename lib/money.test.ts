import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ASSETS,
  type AssetCode,
  exponentOf,
  formatAmount,
  MAX_AMOUNT,
  parseAmount,
  readAmount,
  toDecimal,
} from '~/lib/money';

const asset = fc.constantFrom(...(Object.keys(ASSETS) as AssetCode[]));
const amount = fc.oneof(fc.bigInt(0n, MAX_AMOUNT), fc.bigInt(0n, 2_000_000n));

describe('money', () => {
  it.each([
    ['MXN', 2],
    ['CLP', 0],
    ['USD', 2],
    ['USDC', 6],
    ['USDT', 6],
    ['BTC', 8],
    ['ETH', 9],
    ['LTC', 8],
    ['BCH', 8],
    ['XRP', 6],
    ['SOL', 9],
  ])('%s is kept with %i decimals', (code, exponent) => {
    expect(exponentOf(code)).toBe(exponent);
  });

  it('any amount of any asset reads back as it was written', () => {
    fc.assert(
      fc.property(amount, asset, (value, code) => {
        expect(parseAmount(toDecimal(value, code), code)).toBe(value);
        // Grouped for Mexico, where a comma groups; es-CL groups pesos with dots.
        const shown = formatAmount(value, code, code === 'CLP' ? 'es-CL' : 'es-MX');
        expect(parseAmount(shown, code)).toBe(value);
      }),
    );
  });

  it('any amount reads back as each number format shows it, with every kind of blank between thousands', () => {
    const locales = fc.constantFrom('es-MX', 'en', 'es-CL', 'es-ES', 'fr', 'nb');
    const blank = fc.constantFrom(...' \u00a0\u2006\u2007\u2008\u2009\u200a\u202f\u205f');
    fc.assert(
      fc.property(amount, asset, locales, blank, (value, code, locale, space) => {
        const shown = formatAmount(value, code, locale);
        expect(parseAmount(shown.replace(/\s/gu, space), code)).toBe(value);
        expect(parseAmount(`${code} ${shown}\t`, code)).toBe(value);
        expect(parseAmount(formatAmount(-value - 1n, code, locale), code)).toBeNull();
      }),
      { numRuns: 400 },
    );
  });

  it('nothing that holds two numbers is an amount', () => {
    const apart = fc.constantFrom(
      ...[
        '\t',
        '\n',
        '\r\n',
        '\v',
        '\f',
        '\u0085',
        '\u2028',
        '  ',
        ' \u00a0',
        ';',
        '|',
        '/',
        '-',
        '\u2212',
        ' y ',
        '\0',
      ],
      ...[
        '\u200b',
        '\u2060',
        '\u00ad',
        '\u2003',
        '\u3000',
        ', ',
        '. ',
        '$',
        ' MXN ',
        "'",
        '\u202e',
        ':',
        'x',
        '+',
        'e',
      ],
    );
    fc.assert(
      fc.property(amount, amount, asset, apart, fc.boolean(), (one, other, code, between, shown) => {
        const write = (value: bigint) =>
          shown ? formatAmount(value, code, 'es-MX') : toDecimal(value, code);
        expect(parseAmount(`${write(one)}${between}${write(other)}`, code)).toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });

  it('a blank that groups leaves every digit where it was, or refuses', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,4}( \d{1,4}){1,3}$/), asset, (text, code) => {
        const groups = text.split(' ');
        const proper =
          /^[1-9]\d{0,2}$/.test(groups[0] ?? '') && groups.slice(1).every(({ length }) => length === 3);
        const whole = BigInt(groups.join('')) * 10n ** BigInt(exponentOf(code));
        expect(parseAmount(text, code)).toBe(proper && whole <= MAX_AMOUNT ? whole : null);
      }),
    );
  });

  it.each([
    ['1.234', 'MXN', 'ambiguous'],
    ['1,234', 'ETH', 'ambiguous'],
    ['1,234.567', 'MXN', 'decimals'],
    ['12.5', 'CLP', 'decimals'],
    ['-5', 'MXN', 'not_positive'],
    ['\u22125', 'MXN', 'not_positive'],
    ['9'.repeat(30), 'MXN', 'too_large'],
    ['15\t20', 'MXN', 'format'],
  ])('"%s" %s is refused as %s', (text, code, reason) => {
    expect(readAmount(text, code)).toEqual({ ok: false, reason });
  });

  it('the largest amount is exact as a JSON number, and one more is refused', () => {
    expect(BigInt(Number(MAX_AMOUNT))).toBe(MAX_AMOUNT);
    expect(parseAmount(toDecimal(MAX_AMOUNT, 'MXN'), 'MXN')).toBe(MAX_AMOUNT);
    expect(parseAmount(toDecimal(MAX_AMOUNT + 1n, 'MXN'), 'MXN')).toBeNull();
  });

  it.each([
    ['590.13', 'MXN', 59_013n],
    ['$ 1,250.50', 'MXN', 125_050n],
    ['1 000', 'MXN', 100_000n],
    ['0.5', 'MXN', 50n],
    ['0', 'MXN', 0n],
    ['12.500', 'CLP', 12_500n],
    ['12,500', 'CLP', 12_500n],
    ['0.000000001', 'ETH', 1n],
    ['1.250,50', 'MXN', 125_050n],
    ['1.234.567,8', 'MXN', 123_456_780n],
    ['15,20', 'MXN', 1_520n],
    ['15,2', 'MXN', 1_520n],
    ['1,234', 'MXN', 123_400n],
    ['1,234,567', 'MXN', 123_456_700n],
    ['1.234.567', 'MXN', 123_456_700n],
    ['1\u00a0234,56', 'MXN', 123_456n],
    ['1\u2009234\u2009567.89', 'MXN', 123_456_789n],
    ['1\u202f234', 'CLP', 1_234n],
    ['1.234.567', 'CLP', 1_234_567n],
    ['１,２３４．５６', 'MXN', 123_456n],
    ['＄１５', 'MXN', 1_500n],
    ['\t 1,520.00\r\n', 'MXN', 152_000n],
    ['\u202a1,520.00\u202c', 'MXN', 152_000n],
    ['MXN 1,520.00', 'MXN', 152_000n],
    ['$1,520.00 mxn', 'MXN', 152_000n],
    ['0,5', 'BTC', 50_000_000n],
    ['0.001', 'BTC', 100_000n],
    ['1,234.567', 'USDC', 1_234_567_000n],
    ['1234.567', 'USDC', 1_234_567_000n],
    ['1.234,567', 'USDC', 1_234_567_000n],
  ])('%s %s is %d', (text, code, value) => {
    expect(parseAmount(text, code)).toBe(value);
  });

  it.each([
    ['', 'MXN'],
    ['abc', 'MXN'],
    ['1.234', 'MXN'],
    ['-5', 'MXN'],
    ['1e3', 'MXN'],
    ['1,2345.00', 'MXN'],
    ['12.5', 'CLP'],
    ['0x10', 'MXN'],
    ['٣', 'MXN'],
    ['9'.repeat(30), 'MXN'],
    ['15\t20', 'MXN'],
    ['15\t200', 'MXN'],
    ['15\n200', 'MXN'],
    ['15\r\n200', 'MXN'],
    ['15\v200', 'MXN'],
    ['15\u2028200', 'MXN'],
    ['15\u200b200', 'MXN'],
    ['15  200', 'MXN'],
    ['15\u3000200', 'MXN'],
    ['12 34', 'MXN'],
    ['1 234\u00a0567', 'MXN'],
    ['1,234 567', 'MXN'],
    ['1,234.567.890', 'MXN'],
    ['1.234,567,890', 'MXN'],
    ['1 234.567', 'MXN'],
    ['1,234,56', 'MXN'],
    ["1'234.56", 'MXN'],
    ['01,234', 'MXN'],
    ['\u22125', 'MXN'],
    ['(5)', 'MXN'],
    ['5-', 'MXN'],
    ['15.', 'MXN'],
    ['.50', 'MXN'],
    ['15 USD', 'MXN'],
    ['$15', 'BTC'],
    ['15MXN20', 'MXN'],
    ['15\0', 'MXN'],
    ['15\ud800', 'MXN'],
    ['+15', 'MXN'],
    ['1,234', 'USDC'],
    ['1.234', 'BTC'],
  ])('"%s" %s is no amount', (text, code) => {
    expect(parseAmount(text, code)).toBeNull();
  });

  it('shows what a float would round, and a true minus', () => {
    expect(formatAmount(900_719_925_474_099_1n, 'MXN', 'es-MX')).toBe('90,071,992,547,409.91');
    expect(formatAmount(-5n, 'MXN', 'es-MX')).toBe('\u22120.05');
    expect(toDecimal(-5n, 'MXN')).toBe('-0.05');
    expect(toDecimal(-1_234n, 'CLP')).toBe('-1234');
  });

  it('knows no unknown asset', () => {
    expect(() => exponentOf('toString')).toThrow('Unknown asset');
  });
});
