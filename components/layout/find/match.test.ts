import { describe, expect, it } from 'vitest';
import { fitOf } from '~/components/layout/find/match';

describe('a page or an act', () => {
  it('is found by the beginnings of its words in any order, without accents and capitals', () => {
    for (const typed of ['conci', 'CONCILIACION', 'conciliación'])
      expect(fitOf('Conciliación', typed), typed).toBe(0);
    expect(fitOf('Retiros · Fallidos y devueltos', 'devueltos reti')).toBe(0);
  });

  it('is found with a slip in a word, after what is spelt so', () => {
    for (const typed of ['concliacion', 'conciliacoin', 'concilliacion', 'komciliacion'.replace('m', 'n')])
      expect(fitOf('Conciliación', typed), typed).toBe(1);
  });

  it('is not found by words that are another’s, nor by a slip in a short one', () => {
    expect(fitOf('Conciliación', 'retiros')).toBeNull();
    expect(fitOf('Nuevo retiro', 'nuevo caso')).toBeNull();
    expect(fitOf('Casos', 'cas u')).toBeNull();
    expect(fitOf('Casos', 'cus')).toBeNull();
  });
});
