import { expect, it } from 'vitest';
import { feeOf, NO_FEE } from '~/lib/terms/fees';

it.each([
  ['nothing', NO_FEE, 100_000n, 0n],
  ['a fixed amount', { ...NO_FEE, fixed: 580n }, 1n, 580n],
  ['basis points', { ...NO_FEE, bps: 150 }, 100_000n, 1_500n],
  ['half of a cent and more as a whole one', { ...NO_FEE, bps: 50 }, 100n, 1n],
  ['less than half of a cent as none', { ...NO_FEE, bps: 50 }, 99n, 0n],
  ['both together', { ...NO_FEE, fixed: 100n, bps: 100 }, 10_000n, 200n],
  ['no less than the least', { ...NO_FEE, bps: 100, min: 500n }, 10_000n, 500n],
  ['no more than the most', { ...NO_FEE, bps: 100, max: 50n }, 10_000n, 50n],
  [
    'exactly, where a float would not',
    { ...NO_FEE, bps: 1 },
    9_007_199_254_740_993_000n,
    900_719_925_474_099n,
  ],
])('a fee takes %s', (_what, rule, amount, fee) => {
  expect(feeOf(rule, amount)).toBe(fee);
});
