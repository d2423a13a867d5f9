import { expect, test } from 'vitest';
import { maskEmail, maskPhone } from '~/lib/personal-data';

test('a masked e-mail keeps too little to write to', () => {
  expect(maskEmail('ana@ejemplo.mx')).toBe('a••@ejemplo.mx');
  expect(maskEmail('a@ejemplo.mx')).toBe('a@ejemplo.mx');
  expect(maskEmail('no address')).toBe('••••••••••');
});

test('a masked phone keeps too little to call', () => {
  expect(maskPhone('+52 55 1234 5678')).toBe('+•• •• •••• ••78');
  expect(maskPhone('')).toBe('');
});
