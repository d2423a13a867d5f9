import { describe, expect, it } from 'vitest';
import { COUNTRIES, countryName, countryOptions } from '~/lib/countries';
import { readCodes, readRange, writeRange } from '~/lib/entities/kyb-choices';

describe('the choices of a KYB', () => {
  it('turn two ends as people type them into a range, and nothing else', () => {
    expect(writeRange('1', '500,000')).toBe('1_500000');
    expect(writeRange('$ 500 001', '1,000,000')).toBe('500001_1000000');
    expect(writeRange('1\u202f000', '\u200b25\u00a0000 ')).toBe('1000_25000');
    expect(writeRange('30,000', '15,001')).toBeNull();
    for (const bad of ['', 'mil', '1,50', '12 34', '-1', '1.5', '1,000.50', '1,000.500', '1\t000', '15\n200'])
      expect(writeRange(bad, '9999')).toBeNull();
  });

  it('read a range back as its ends', () => {
    expect(readRange('1_15000')).toEqual({ from: 1, to: 15_000 });
    for (const bad of ['', '1-15000', '15000_1', '_1']) expect(readRange(bad)).toBeNull();
  });

  it('take codes as a person separates them', () => {
    expect(readCodes(' Loans; trusts,\nloans ')).toEqual(['loans', 'trusts']);
    expect(readCodes('')).toEqual([]);
    expect(readCodes('venta de ropa 2ª')).toBeNull();
  });
});

describe('countries', () => {
  it.each(['es-MX', 'en'])('are named in %s, each by a name of its own', (locale) => {
    const options = countryOptions(locale);
    expect(options).toHaveLength(249);
    expect(new Set(options.map(({ label }) => label)).size).toBe(249);
    // A name that is the code is a country that the language doesn't know.
    expect(options.filter(({ label, value }) => label.toLowerCase() === value)).toEqual([]);
  });

  it('begin with Mexico and go on as a person of the language sorts them', () => {
    const labels = countryOptions('es-MX').map(({ label }) => label);
    expect(labels.slice(0, 2)).toEqual(['México', 'Estados Unidos']);
    const rest = labels.slice(5);
    expect(rest).toEqual(rest.toSorted(new Intl.Collator('es-MX').compare));
    expect(countryName('de', 'es-MX')).toBe('Alemania');
    expect(countryName('DE', 'en')).toBe('Germany');
    expect(countryName('zz', 'en')).toBe('ZZ');
    expect(COUNTRIES).toContain('mx');
  });
});
