import { expect, test } from 'vitest';
import { safePath } from '~/app/login/safe-path';

test('after sign-in one comes back to the page one wanted', () => {
  expect(safePath('/wallets?status=open')).toBe('/wallets?status=open');
  expect(safePath('http://127.0.0.1:3000/wallets?q=ana')).toBe('/wallets?q=ana');
});

test('no address leads out of the console', () => {
  const addresses = [
    undefined,
    '',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https:evil.example',
    'javascript:alert(1)',
    'evil.example',
    '/\t/evil.example',
    'https://evil.example//evil.example',
    'https://evil.example/\\evil.example',
  ];
  for (const address of addresses) {
    const path = safePath(address);
    expect(new URL(path, 'http://console.invalid').host, String(address)).toBe('console.invalid');
    expect(path, String(address)).toMatch(/^\/(?![/\\])/);
  }
});

test('the sign-in page never leads to itself', () => {
  expect(safePath('/login?callbackUrl=/login')).toBe('/');
});
