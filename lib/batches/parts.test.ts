import fc from 'fast-check';
import { expect, it } from 'vitest';
import { partsOfAmount } from '~/lib/batches/parts';

const MOST = 7_000_000n;

it.each([
  [1n, 1],
  [7_000_000n, 1],
  [7_000_001n, 2],
  [13_999_999n, 2],
  [14_000_000n, 3],
  [45_000_000n, 7],
])('%s pesos go in %s parts', (whole, count) => {
  expect(partsOfAmount(whole, MOST)).toHaveLength(count);
});

it('what would take too many parts is not cut', () => {
  expect(partsOfAmount(10n ** 15n, MOST)).toBeNull();
});

it('parts come to the whole, each is carried, and no two are alike', () => {
  const amount = fc.bigInt(1n, 1_300_000_000n);
  fc.assert(
    fc.property(amount, fc.bigInt(7_000_000n, 9_000_000n), (whole, most) => {
      const parts = partsOfAmount(whole, most) ?? [];
      expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(whole);
      expect(parts.every((part) => part > 0n && part <= most)).toBe(true);
      expect(new Set(parts).size).toBe(parts.length);
    }),
  );
});
