import { expect, it } from 'vitest';
import { destinationOf } from '~/lib/batches/destination-cells';
import { checkDestination, SPEI_INSTITUTIONS, TEF_INSTITUTIONS } from '~/lib/rails/fintoc/destinations';

const CARD = '4152 3133 1234 1238';

it.each([
  [{ destination: '012969100000000118', bank: 'Lo que sea' }, '012969100000000118'],
  [{ destination: CARD, bank: 'BBVA' }, `40012/4152313312341238`],
  [{ destination: CARD, bank: 'BBVA México' }, `40012/4152313312341238`],
  [{ destination: CARD, bank: 'Bancomer' }, `40012/4152313312341238`],
  [{ destination: '55 1234 5678', bank: '40012' }, '40012/5512345678'],
  [{ destination: `40012/${CARD}` }, `40012/${CARD}`],
  [{ destination: '123' }, '123'],
])('in Mexico %j is paid as typed, a card and a mobile number at their bank', (cells, text) => {
  expect(destinationOf(cells, SPEI_INSTITUTIONS)).toEqual({ text, faults: {} });
});

it('a card or a mobile number without a bank that is known is not paid', () => {
  const faults = (bank?: string) =>
    destinationOf({ destination: CARD, ...(bank !== undefined && { bank }) }, SPEI_INSTITUTIONS).faults;
  expect(faults()).toEqual({ bank: 'required' });
  expect(faults('Banco del Ahorro')).toEqual({ bank: 'bank_unknown' });
  // Several are.
  expect(faults('ban')).toEqual({ bank: 'bank_unknown' });
});

const CHILEAN = { destination: '000-123456', bank: 'Banco Estado', accountType: 'Cuenta RUT' };

it.each([
  [{}, '12345678-5/cl_banco_estado/sight/000123456'],
  [{ bank: 'BancoEstado' }, '12345678-5/cl_banco_estado/sight/000123456'],
  [{ bank: 'Banco de Chile', accountType: 'CORRIENTE' }, '12345678-5/cl_banco_de_chile/checking/000123456'],
  [{ bank: 'Santander', accountType: 'ahorro' }, '12345678-5/cl_banco_santander/savings/000123456'],
])('in Chile %j is an account by whose it is', (cells, destination) => {
  const { text, faults } = destinationOf({ ...CHILEAN, taxId: '12.345.678-5', ...cells }, TEF_INSTITUTIONS);
  expect(faults).toEqual({});
  expect(checkDestination(text)).toMatchObject({ ok: true, kind: 'tef', destination });
});

it('what an account in Chile lacks is told at its cell', () => {
  expect(destinationOf({ destination: '123' }, TEF_INSTITUTIONS).faults).toEqual({
    bank: 'required',
    accountType: 'required',
    taxId: 'required',
  });
  const strange = { destination: '123', bank: 'Banco Lunar', accountType: 'dorada', taxId: '12345678-5' };
  expect(destinationOf(strange, TEF_INSTITUTIONS).faults).toEqual({
    bank: 'bank_unknown',
    accountType: 'account_type_unknown',
  });
});
