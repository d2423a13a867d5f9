import { expect, test } from 'vitest';
import { counterpartyOf, holderOf, maskEmail, maskPhone } from '~/lib/people/masking';

test('a masked e-mail keeps too little to write to', () => {
  expect(maskEmail('ana@ejemplo.mx')).toBe('a••@ejemplo.mx');
  expect(maskEmail('a@ejemplo.mx')).toBe('a@ejemplo.mx');
  expect(maskEmail('no address')).toBe('••••••••••');
});

test('a masked phone keeps too little to call', () => {
  expect(maskPhone('+52 55 1234 5678')).toBe('+•• •• •••• ••78');
  expect(maskPhone('')).toBe('');
});

test('stands for the customer behind an entity, and for the beneficiary of a payout of ours', () => {
  expect(holderOf({ id: 'ent_1', customerId: 'c' })).toEqual({ subject: 'customer', id: 'c' });
  expect(holderOf({ id: 'ent_1', customerId: null })).toEqual({ subject: 'entity', id: 'ent_1' });
  expect(counterpartyOf({ id: 'tr_1', withdrawal: { id: 'w' } })).toEqual({ subject: 'withdrawal', id: 'w' });
  expect(counterpartyOf({ id: 'tr_1', withdrawal: null })).toEqual({ subject: 'transfer', id: 'tr_1' });
});
