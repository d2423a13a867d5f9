import { describe, expect, it } from 'vitest';
import {
  payoutConditionsOf,
  peopleNeeded,
  stepsOf,
  thresholdsOf,
  whyPayoutWaits,
} from '~/lib/approvals/rules';

const THRESHOLDS = { amount: 5_000n, firstPayment: 1_000n };
const NOTHING = { requester: 0n, wallet: 0n, beneficiary: 0n };
const known = (amount: bigint, sums: Partial<typeof NOTHING> = {}) => ({
  amount,
  sums: { ...NOTHING, ...sums },
  isNewBeneficiary: false,
});

describe('a withdrawal', () => {
  it.each([
    ['below every amount', known(4_999n), null],
    ['of the amount', known(5_000n), 'amount'],
    ['with what went to its CLABE', known(1n, { beneficiary: 4_999n }), 'beneficiary_day'],
    ['with what left its wallet', known(1n, { wallet: 4_999n }), 'wallet_day'],
    ['with what one person asked for', known(1n, { requester: 4_999n }), 'requester_day'],
    ['to a new CLABE below the lower amount', { ...known(999n), isNewBeneficiary: true }, null],
    ['to a new CLABE', { ...known(1_000n), isNewBeneficiary: true }, 'first_payment'],
    [
      'to a new CLABE with what went there',
      { ...known(1n, { beneficiary: 999n }), isNewBeneficiary: true },
      'first_payment',
    ],
  ] as const)('%s', (_what, facts, why) => {
    expect(whyPayoutWaits(THRESHOLDS, facts)).toBe(why);
  });

  it('waits for nobody where no amount is set, and for the one that is', () => {
    const never = { amount: null, firstPayment: null };
    expect(whyPayoutWaits(never, { ...known(10n ** 15n), isNewBeneficiary: true })).toBe(null);
    expect(whyPayoutWaits({ ...never, firstPayment: 1n }, { ...known(1n), isNewBeneficiary: true })).toBe(
      'first_payment',
    );
  });

  it('has the amounts of its asset, and none where there is none', () => {
    const amount = { MXN: '5000', CLP: null };
    const conditions = payoutConditionsOf({ amount, firstPayment: { MXN: '0', CLP: '7' } });
    expect(thresholdsOf(conditions, 'MXN')).toEqual({ amount: 5_000n, firstPayment: 0n });
    expect(thresholdsOf(conditions, 'CLP')).toEqual({ amount: null, firstPayment: 7n });
    expect(thresholdsOf(conditions, 'BTC')).toEqual({ amount: null, firstPayment: null });
  });
});

describe('a rule', () => {
  it('of no steps, of nobody or of an amount that is no whole number is none', () => {
    for (const steps of [[], [{ people: 0 }], [{}], 'one', [{ people: 1.5 }]])
      expect(() => stepsOf(steps)).toThrow();
    for (const MXN of ['1.5', '-1', '', 5])
      expect(() => payoutConditionsOf({ amount: { MXN, CLP: null }, firstPayment: {} })).toThrow();
  });

  it('takes the people of all its steps', () => {
    expect(peopleNeeded(stepsOf([{ people: 1 }, { people: 2 }]))).toBe(3);
  });
});
