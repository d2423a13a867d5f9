import { describe, expect, it } from 'vitest';
import type { RuleFacts } from '~/lib/approvals/conditions';
import {
  boundsOf,
  defaultParts,
  isLooser,
  judge,
  type KeptRule,
  needsOfRules,
  payoutConditionsOf,
  type Thresholds,
  thresholdsOf,
  whyFires,
} from '~/lib/approvals/rules';
import { peopleNeeded, roleNext, stepsOf, strictest } from '~/lib/approvals/steps';

const THRESHOLDS = { amount: 5_000n, firstPayment: 1_000n };
const NOTHING = { requester: 0n, wallet: 0n, beneficiary: 0n };
const AT = new Date('2026-11-25T18:00:00Z');
const known = (amount: bigint, sums: Partial<typeof NOTHING> = {}) => ({
  amount,
  sums: { ...NOTHING, ...sums },
  isNewBeneficiary: false,
});
const whyPayoutWaits = (
  thresholds: Thresholds,
  { amount, sums, isNewBeneficiary }: ReturnType<typeof known>,
) =>
  whyFires(defaultParts('MXN', thresholds), {
    ...{ at: AT, asset: 'MXN', amount, wallet: null, customer: null },
    sums: { requester_day: sums.requester, wallet_day: sums.wallet, beneficiary_day: sums.beneficiary },
    beneficiary: { since: isNewBeneficiary ? null : new Date('2026-01-01'), changedAt: null },
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

  it('has the amounts of its asset, and asks always where nobody set any', () => {
    const amount = { MXN: '5000', CLP: null };
    const bitcoin = { at: AT, asset: 'BTC', amount: 1n };
    const conditions = payoutConditionsOf({ amount, firstPayment: { MXN: '0', CLP: '7' } });
    expect(thresholdsOf(conditions, 'MXN')).toEqual({ amount: 5_000n, firstPayment: 0n });
    expect(thresholdsOf(conditions, 'CLP')).toEqual({ amount: null, firstPayment: 7n });
    expect(thresholdsOf(conditions, 'BTC')).toEqual({ amount: 0n, firstPayment: 0n });
    expect(whyFires(defaultParts('BTC', thresholdsOf(conditions, 'BTC')), bitcoin)).toBe('amount');
    expect(isLooser(conditions, { ...conditions, amount: { ...amount, BTC: '1' } })).toBe(true);
    expect(isLooser(conditions, { ...conditions, amount: { ...amount, BTC: '0' } })).toBe(false);
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

const kept = (conditions: unknown, facts: Partial<KeptRule> = {}): KeptRule => ({
  ...{ action: 'adjustment.post', rule: 'r', version: 3, mode: 'on', conditions, steps: [{ people: 1 }] },
  ...facts,
});
const FACTS: RuleFacts = {
  ...{ at: AT, asset: 'MXN', amount: 700n, sums: { customer_month: 300n } },
  wallet: { kind: 'customer', pattern: 'B', terms: 'Básico' },
  beneficiary: { since: new Date('2026-11-20T18:00:00Z'), changedAt: new Date('2026-11-24T18:00:00Z') },
  customer: { since: new Date('2026-11-01T00:00:00Z') },
};
const isAsked = (conditions: unknown, facts: Partial<RuleFacts> = {}) =>
  judge([kept(conditions)], { ...FACTS, ...facts }).why !== null;

describe('a rule that somebody made fires', () => {
  it.each([
    ['without conditions', {}, true],
    ['by its asset', { asset: 'MXN' }, true],
    ['by no other asset', { asset: 'CLP' }, false],
    ['by an amount, both ends included', { asset: 'MXN', amount: { from: '700', to: '700' } }, true],
    ['below no amount', { asset: 'MXN', amount: { from: '701' } }, false],
    ['above no amount', { asset: 'MXN', amount: { to: '699' } }, false],
    [
      'by a sum with this one',
      { asset: 'MXN', sum: { of: 'customer', within: 'month', from: '1000' } },
      true,
    ],
    ['by no lower sum', { asset: 'MXN', sum: { of: 'customer', within: 'month', from: '1001' } }, false],
    ['by kind of wallet', { walletKinds: ['house', 'customer'] }, true],
    ['by no other kind', { walletKinds: ['house'] }, false],
    ['by pattern', { patterns: ['B'] }, true],
    ['by no other pattern', { patterns: ['A', 'C'] }, false],
    ['by terms', { terms: 'Básico' }, true],
    ['by no other terms', { terms: 'Premium' }, false],
    ['by a beneficiary first paid lately', { beneficiary: { is: 'new', days: 5 } }, true],
    ['by none paid before', { beneficiary: { is: 'new', days: 4 } }, false],
    ['by a name that changed lately', { beneficiary: { is: 'changed', days: 1 } }, true],
    ['by a young customer', { customerYoungerDays: 30 }, true],
    ['by no older one', { customerYoungerDays: 20 }, false],
    ['in no business hours', { outside: { country: 'MX', from: '09:00', to: '18:00' } }, false],
    ['outside them', { outside: { country: 'MX', from: '13:00', to: '18:00' } }, true],
    ['by all of it together', { asset: 'MXN', patterns: ['B'], beneficiary: { is: 'new', days: 4 } }, false],
  ])('%s', (_how, conditions, asked) => {
    expect(isAsked(conditions)).toBe(asked);
  });

  it('outside business hours at night, on Saturdays and on holidays of the country, by its own clocks', () => {
    const outside = { country: 'MX', from: '09:00', to: '18:00' };
    const at = (moment: string) => isAsked({ outside }, { at: new Date(moment) });
    expect([at('2026-11-25T14:59:00Z'), at('2026-11-25T15:00:00Z'), at('2026-11-25T23:59:00Z')]).toEqual([
      true,
      false,
      false,
    ]);
    expect([at('2026-11-26T00:00:00Z'), at('2026-11-28T18:00:00Z'), at('2026-11-16T18:00:00Z')]).toEqual([
      true,
      true,
      true,
    ]);
    const inChile = { outside: { ...outside, country: 'CL' } };
    expect(isAsked(inChile, { at: new Date('2026-09-18T15:00:00Z') })).toBe(true);
    expect(isAsked(inChile, { at: new Date('2026-11-16T15:00:00Z') })).toBe(false);
  });

  it('where nobody looked at what it asks about, and not where there is no such thing', () => {
    for (const conditions of [
      { walletKinds: ['house'] },
      { beneficiary: { is: 'new', days: 1 } },
      { customerYoungerDays: 1 },
    ]) {
      const { at, asset, amount } = FACTS;
      expect(judge([kept(conditions)], { at, asset, amount }).why).toBe('rule');
      expect(isAsked(conditions, { wallet: null, beneficiary: null, customer: null })).toBe(false);
    }
  });

  it('and says whom it takes: of several the strictest together', () => {
    const rules = [
      kept({}, { rule: 'default', version: 2 }),
      kept({ asset: 'MXN' }, { rule: 'a', steps: [{ people: 1 }, { people: 1, role: 'admin' }] }),
      kept({ asset: 'CLP' }, { rule: 'b', steps: [{ people: 9 }] }),
      kept({}, { rule: 'c', mode: 'shadow', steps: [{ people: 9 }] }),
      kept({}, { rule: 'd', mode: 'off' }),
    ];
    expect(judge(rules, FACTS)).toEqual({
      ...{ why: 'rule', version: 2, steps: [{ people: 1 }, { people: 1, role: 'admin' }] },
      fired: [
        { rule: 'default', version: 2, why: 'rule' },
        { rule: 'a', version: 3, why: 'rule' },
      ],
      shadows: [{ rule: 'c', version: 3, why: 'rule' }],
    });
  });

  it('has only read what the rules ask about', () => {
    const conditions = { asset: 'MXN', sum: { of: 'wallet', within: 'hour', from: '1' } };
    expect(
      needsOfRules([kept(conditions), kept({ customerYoungerDays: 1 }, { mode: 'off' })], 'MXN'),
    ).toEqual({
      ...{ terms: false, sums: ['wallet_hour'], paid: false, named: false, customer: false },
    });
  });
});

describe('steps', () => {
  it('of several rules add up to no more than the strictest wants', () => {
    expect(strictest([[{ people: 1 }], [{ people: 1, role: 'admin' }]])).toEqual([
      { people: 1, role: 'admin' },
    ]);
    expect(strictest([[{ people: 3 }], [{ people: 1, role: 'admin' }]])).toEqual([
      { people: 2 },
      { people: 1, role: 'admin' },
    ]);
    expect(strictest([])).toEqual([{ people: 1 }]);
  });

  it('say for which role the next decision is', () => {
    const steps = stepsOf([{ people: 2 }, { people: 1, role: 'admin' }]);
    expect([0, 1, 2, 3].map((approving) => roleNext(steps, approving))).toEqual([null, null, 'admin', null]);
  });
});

describe('the bounds of what was asked for before', () => {
  const kept = (rule: string, conditions: unknown): KeptRule => ({
    ...{ action: 'withdrawal.pay', rule, version: 1, mode: 'on', conditions, steps: [{ people: 1 }] },
  });
  const rules = [
    kept('default', { amount: { MXN: '5000' }, firstPayment: { MXN: '1000' } }),
    kept('much', { asset: 'MXN', sum: { of: 'requester', within: 'day', from: '3000' } }),
    {
      ...kept('tried', { asset: 'MXN', sum: { of: 'wallet', within: 'day', from: '2000' } }),
      mode: 'shadow' as const,
    },
    {
      ...kept('put aside', { asset: 'MXN', sum: { of: 'wallet', within: 'day', from: '100' } }),
      mode: 'off' as const,
    },
  ];
  const factsOf = (requester: bigint, wallet: bigint): RuleFacts => ({
    ...{ at: AT, asset: 'MXN', amount: 10n, wallet: null, customer: null },
    sums: { requester_day: requester, wallet_day: wallet, beneficiary_day: 0n },
    beneficiary: { since: null, changedAt: null },
  });

  it('are where the judgement becomes another, and within them it is the same', () => {
    const at = [0n, 1n, 1_989n, 1_990n, 1_991n, 2_989n, 2_990n, 4_989n, 4_990n, 9_999n];
    for (const requester of at)
      for (const wallet of at) {
        const facts = factsOf(requester, wallet);
        const bounds = boundsOf(rules, facts);
        const isWithin = (key: string, sum: bigint) => {
          const { least = null, below = null } = bounds.find((each) => each.key === key) ?? {};
          return (least === null || sum >= least) && (below === null || sum < below);
        };
        for (const other of at) {
          if (isWithin('requester_day', other))
            expect(judge(rules, factsOf(other, wallet))).toEqual(judge(rules, facts));
          if (isWithin('wallet_day', other))
            expect(judge(rules, factsOf(requester, other))).toEqual(judge(rules, facts));
        }
      }
    expect(boundsOf(rules, factsOf(0n, 2_500n))).toEqual([
      { key: 'requester_day', least: null, below: 2_990n },
      { key: 'wallet_day', least: 1_990n, below: 4_990n },
      { key: 'beneficiary_day', least: null, below: 990n },
    ]);
  });
});
