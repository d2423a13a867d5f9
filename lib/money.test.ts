import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ASSETS, exponentOf, formatAmount, MAX_AMOUNT, parseAmount, toDecimal } from '~/lib/money';

const asset = fc.constantFrom(...Object.keys(ASSETS));
const amount = fc.bigInt(0n, MAX_AMOUNT);

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
  ])('%s %s is %d', (text, code, value) => {
    expect(parseAmount(text, code)).toBe(value);
  });

  it.each([
    ['', 'MXN'],
    ['abc', 'MXN'],
    ['1.234', 'MXN'],
    ['-5', 'MXN'],
    ['1e3', 'MXN'],
    ['1,23', 'MXN'],
    ['1,2345.00', 'MXN'],
    ['12.5', 'CLP'],
    ['1.250,50', 'MXN'],
    ['0x10', 'MXN'],
    ['٣', 'MXN'],
    ['9'.repeat(30), 'MXN'],
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
