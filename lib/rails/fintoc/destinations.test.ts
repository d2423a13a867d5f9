import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupsOf, isCardNumber, joinedDestination, numberIn, partsOf } from '~/lib/rails/destination';
import { checkDestination, SPEI_INSTITUTIONS } from '~/lib/rails/fintoc/destinations';

const CARD = '4152313312341238';
const kindOf = (text: string) => {
  const checked = checkDestination(text);
  return checked.ok ? checked.kind : checked.reason;
};

describe('where Fintoc pays to', () => {
  it.each([
    ['012969100000000110', 'clabe'],
    ['012 969 10000000011 0', 'clabe'],
    [`40012/${CARD}`, 'card'],
    ['40012/4152 3133 1234 1238', 'card'],
    ['90638/55 1234 5678', 'phone'],
    [CARD, 'destination_bank'],
    ['5512345678', 'destination_bank'],
    [`99999/${CARD}`, 'destination_bank'],
    [`/${CARD}`, 'destination_bank'],
    ['40012/4152313312341237', 'card_check_digit'],
    ['40012/551234567', 'destination_digits'],
    ['40012/55-ABCD-5678', 'destination_digits'],
    ['40012/012969100000000110', 'destination_digits'],
    ['40012/5512345678/1', 'clabe_characters'],
    ['12.345.678-5/cl_banco_estado/sight/000 123', 'tef'],
    ['12345678-9/cl_banco_estado/sight/123', 'destination_rut'],
    ['/cl_banco_estado/sight/123', 'destination_rut'],
    ['12345678-5/40012/sight/123', 'destination_bank'],
    ['12345678-5/cl_banco_estado/clabe/123', 'destination_type'],
    ['12345678-5/cl_banco_estado/sight/', 'account_digits'],
    ['12345678-5/cl_banco_estado/sight/123456789012345678901', 'account_digits'],
    ['012969100000000111', 'clabe_check_digit'],
    ['', 'clabe_length'],
  ])('%s: %s', (text, kind) => {
    expect(kindOf(text)).toBe(kind);
  });

  it('is told with the bank that people know, each bank once', () => {
    expect(checkDestination(`40012/${CARD}`)).toEqual({
      ...{ ok: true, kind: 'card', destination: `40012/${CARD}`, bank: 'BBVA' },
    });
    expect(checkDestination('12.345.678-5/cl_banco_de_chile/checking/000123')).toEqual({
      ...{ ok: true, kind: 'tef', bank: 'Banco de Chile' },
      destination: '12345678-5/cl_banco_de_chile/checking/000123',
    });
    const ids = SPEI_INSTITUTIONS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^(40|37|90)\d{3}$/.test(id))).toEqual([]);
    expect(ids).toEqual(expect.arrayContaining(['40012', '37166', '90638']));
  });

  it('of fields of their own is one text, and comes apart into the same', () => {
    const bank = fc.constantFrom(...SPEI_INSTITUTIONS.map(({ id }) => id));
    const digits = fc.stringMatching(/^\d{10}$/);
    fc.assert(
      fc.property(bank, digits, (id, number) => {
        const spaced = `${number.slice(0, 2)} ${number.slice(2, 6)}-${number.slice(6)}`;
        const text = joinedDestination({ bank: id, number: spaced });
        expect(partsOf(text)).toEqual({ bank: id, number });
        expect(numberIn(text)).toBe(number);
        expect(kindOf(text)).toBe('phone');
        expect(groupsOf(text)?.join('')).toBe(number);
      }),
    );
  });

  it('takes no card of which one digit is another', () => {
    fc.assert(
      fc.property(fc.nat({ max: 15 }), fc.integer({ min: 1, max: 9 }), (place, by) => {
        const digit = (Number(CARD[place]) + by) % 10;
        expect(isCardNumber(CARD)).toBe(true);
        expect(isCardNumber(`${CARD.slice(0, place)}${digit}${CARD.slice(place + 1)}`)).toBe(false);
      }),
    );
  });
});
