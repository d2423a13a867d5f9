import { clabe as validator } from 'clabe-validator';
import { describe, expect, test } from 'vitest';
import { BANKS, bankName, banksCalled } from '~/lib/banks';

describe('banks as people call them', () => {
  test('every institution that a CLABE may name has a short name', () => {
    const codes = Object.entries(validator.banksMap).flatMap(([code, bank]) =>
      bank?.name === 'N/A' ? [] : [code.padStart(3, '0')],
    );
    expect(codes.length).toBeGreaterThan(100);
    expect(codes.filter((code) => !bankName(code))).toEqual([]);
    for (const { name } of BANKS) expect(name.length, name).toBeLessThan(30);
  });

  test('a bank is found by what people call it, however it is written', () => {
    const called: [string, string][] = [
      ['BBVA', '012'],
      ['bancomer', '012'],
      ['Banorte', '072'],
      ['banamex', '002'],
      ['stp', '646'],
      ['Nu', '638'],
      ['mercado pago', '722'],
      ['mercadopago', '722'],
      ['banco azteca', '127'],
      ['Mercado P', '722'],
      ['klar', '661'],
      ['uala', '138'],
      ['Ualá', '138'],
      ['ALBO', '721'],
      ['fondeadora', '699'],
      ['Cuenca', '723'],
      ['spin', '728'],
      ['hey', '167'],
      ['Fintoc', '738'],
      ['banbajio', '030'],
      ['ve por mas', '113'],
      ['Plata', '171'],
      ['revolut', '170'],
    ];
    for (const [typed, code] of called) expect(banksCalled(typed), typed).toContain(code);
  });

  test('a beginning finds, half a word of two letters does not', () => {
    expect(banksCalled('scotia')).toEqual(['044']);
    expect(banksCalled('ba')).toEqual([]);
    expect(banksCalled('')).toEqual([]);
    expect(banksCalled('Juan Pérez')).toEqual([]);
  });

  test('a bank with several codes is chosen once', () => {
    expect(BANKS.filter(({ name }) => name === 'BBVA')).toEqual([{ name: 'BBVA', codes: ['012', '812'] }]);
  });
});
