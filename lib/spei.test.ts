import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SPEI_MAX, speiText } from '~/lib/spei';

describe('what a bank prints', () => {
  it.each([
    ['José Núñez', 'Jose Nunez'],
    ['Jose\u0301 Nun\u0303ez', 'Jose Nunez'],
    ['ÁÉÍÓÚÜÑ áéíóúüñ', 'AEIOUUN aeiouun'],
    ['Café & Té, S.A. de C.V.', 'Cafe Te S A de C V'],
    ['Straße Ærø', 'Strasse AEro'],
    ['  Renta\t“mayo”  2026 ', 'Renta mayo 2026'],
    ['１２３ ﬁn', '123 fin'],
    ['Ana\u202e\u200bLópez', 'AnaLopez'],
    ['😀', ''],
    ['李明', ''],
    ['Renta de mayo', 'Renta de mayo'],
    ['x'.repeat(41), 'x'.repeat(40)],
    [`${'x'.repeat(39)} fin`, 'x'.repeat(39)],
    [`${'ß'.repeat(21)}`, 's'.repeat(40)],
  ])('of "%s" is "%s"', (text, printed) => {
    expect(speiText(text)).toBe(printed);
  });

  it('fits, whatever it is of, and is printed as it stands', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (text) => {
        expect(speiText(text)).toMatch(new RegExp(`^(?=.{0,${SPEI_MAX}}$)([A-Za-z0-9]+( [A-Za-z0-9]+)*)?$`));
        expect(speiText(speiText(text))).toBe(speiText(text));
      }),
    );
  });
});
