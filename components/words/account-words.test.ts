import { expect, it } from 'vitest';
import { accountSaid, inOneLine } from '~/components/words/account-words';

const ACCOUNT = {
  ...{ id: 'acc_1', description: 'Ventas · a6b9c25823b', rootAccountNumber: '646180000000001234' },
  ...{ isShared: false, wallet: null },
};
const WALLET = { id: 'w', name: 'Ventas', houseRole: null, customer: { id: 'c', name: 'Zoé Ibarra' } };
const said = (account: Partial<Parameters<typeof accountSaid>[2]>) =>
  inOneLine(accountSaid('Cuenta compartida', ({ name }) => name, { ...ACCOUNT, ...account }));

it('says whose an account is first, and what is told of it at its rail only where it is nobody’s', () => {
  expect(said({ wallet: WALLET })).toBe('Zoé Ibarra · Ventas');
  expect(said({ wallet: { ...WALLET, name: 'Zoé Ibarra' } })).toBe('Zoé Ibarra · ••1234');
  expect(said({ wallet: { ...WALLET, customer: null } })).toBe('Ventas · ••1234');
  expect(said({ isShared: true })).toBe('Cuenta compartida · ••1234');
  expect(said({})).toBe('Ventas · a6b9c25823b · ••1234');
  expect(said({ description: null })).toBe('646 180 00000000123 4');
});
