import { describe, expect, it } from 'vitest';
import { describedIn } from '~/components/layout/find/described';

const TODAY = '2026-11-27';
const read = (text: string) => {
  const said = describedIn(text, TODAY);
  return said && { ...said, bank: said.bank?.name ?? null };
};

describe('payments as people speak of them', () => {
  it('are read by amount, bank and day, in any order and either language', () => {
    const all = { way: null, amount: 59_013n, bank: 'BBVA', day: '2026-11-26' };
    for (const text of [
      '590.13 bbva ayer',
      'Ayer $590.13 BBVA',
      '$590.13 from Bancomer yesterday',
      'bbva 26/11/2026 590.13 mxn',
      '590.13 de BBVA, del 26 de noviembre de 2026',
      '590.13 bbva 26 nov',
      '590.13 MXN, banco bbva, ayer',
    ])
      expect(read(text), text).toEqual(all);
    expect(read('depósito de 590.13 de bbva ayer')).toEqual({ ...all, way: 'in' });
    expect(read('retiros banorte hoy')).toEqual({
      ...{ way: 'out', amount: null, bank: 'Banorte', day: TODAY },
    });
    expect(read('1,250.50 mercado pago')).toEqual({
      ...{ way: null, amount: 125_050n, bank: 'Mercado Pago', day: null },
    });
    expect(read('590.13 ayer')).toEqual({ ...all, bank: null });
    expect(read('26 nov 5000 bbva')).toEqual({ ...all, amount: 500_000n });
    expect(read('5,000 santander')).toEqual({ way: null, amount: 500_000n, bank: 'Santander', day: null });
    expect(read('deposits yesterday')).toEqual({ way: 'in', amount: null, bank: null, day: '2026-11-26' });
    for (const text of ['bank of america hoy', 'hoy BofA'])
      expect(read(text)?.bank, text).toBe('Bank of America');
  });

  it('are not read out of one fact alone, which all else is looked for by', () => {
    for (const text of ['590.13', '590', 'bbva', 'ayer', 'depósito', '']) expect(read(text), text).toBeNull();
  });

  it('are not read where a word says something else, nor of two amounts, two ways or several banks', () => {
    for (const text of [
      '590.13 bbva ayer renta',
      'Ana López 590.13',
      '590.13 100.00 bbva',
      '590.13 200 bbva',
      '012180000000000014 ayer',
      'depósito retiro 590.13 bbva',
      '590.13 ban',
      'ayer ana',
    ])
      expect(read(text), text).toBeNull();
  });
});
