import { describe, expect, it } from 'vitest';
import { SETUP_STEPS, type SetupFacts, type SetupStepName, setupSteps } from '~/lib/overview/setup-steps';

const EMPTY: SetupFacts = {
  read: null,
  accounts: 0,
  registered: false,
  delivered: 0,
  deciders: 0,
  ruled: false,
  customers: 0,
  deposits: 0,
  backedUpAt: null,
};
const WORKING: SetupFacts = {
  read: { finished: true, error: null },
  accounts: 1,
  registered: true,
  delivered: 1,
  deciders: 2,
  ruled: true,
  customers: 1,
  deposits: 1,
  backedUpAt: new Date('2026-11-26T12:00:00Z'),
};

const missingOf = (name: SetupStepName, facts: SetupFacts) =>
  setupSteps(facts).find((step) => step.name === name)?.missing;

describe('the steps from an empty installation to a working one', () => {
  it('are none done where there is nothing, and all where everything is', () => {
    expect(setupSteps(EMPTY).map(({ name }) => name)).toEqual([...SETUP_STEPS]);
    expect(setupSteps(EMPTY).filter(({ missing }) => missing === null)).toEqual([]);
    expect(setupSteps(WORKING).filter(({ missing }) => missing !== null)).toEqual([]);
  });

  const failed = { finished: true, error: 'invalid_api_key' };
  it.each([
    ['fintoc', { accounts: 0, read: null }, 'fintoc.never'],
    ['fintoc', { accounts: 0, read: failed }, 'fintoc.refused'],
    ['fintoc', { read: failed }, null],
    ['sync', { read: null }, 'sync.never'],
    ['sync', { read: { finished: false, error: null } }, 'sync.running'],
    ['sync', { read: failed }, 'sync.failed'],
    ['webhook', { registered: false }, 'webhook.unregistered'],
    ['webhook', { delivered: 0 }, 'webhook.silent'],
    ['approver', { deciders: 0 }, 'approver.nobody'],
    ['approver', { deciders: 1 }, 'approver.alone'],
    ['rule', { ruled: false }, 'rule.none'],
    ['customer', { customers: 0 }, 'customer.none'],
    ['deposit', { deposits: 0 }, 'deposit.none'],
    ['backup', { backedUpAt: null }, 'backup.never'],
  ] as const)('%s with %j lacks %s, and no other step with it', (name, facts, missing) => {
    const steps = setupSteps({ ...WORKING, ...facts });
    expect(missingOf(name, { ...WORKING, ...facts })).toBe(missing);
    const related = name === 'fintoc' || name === 'sync' ? ['fintoc', 'sync'] : [name];
    expect(steps.filter((step) => step.missing && !related.includes(step.name))).toEqual([]);
  });
});
