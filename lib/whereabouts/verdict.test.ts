import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AbsenceFacts,
  absenceOf,
  type Facts,
  NUMBER_RULES,
  ruleOf,
  VERDICTS,
  type Verdict,
  verdictOf,
} from '~/lib/whereabouts/verdict';
import { TransferState, WithdrawalStatus } from '~/prisma/generated/enums';

const at = new Date('2026-11-26T15:00:00Z');
const later = new Date('2026-11-26T15:04:00Z');
const plain: Facts = {
  ...{
    kind: 'deposit',
    state: 'succeeded',
    hasWallet: true,
    suspenseReason: null,
    suspenseSince: null,
    asked: null,
  },
  ...{
    returnRequestedAt: null,
    why: null,
    heldReason: null,
    numberRule: null,
    purpose: null,
    at,
    bookedAt: null,
    changedAt: later,
  },
};

const CASES: [what: string, facts: Partial<Facts>, is: Partial<Verdict>][] = [
  ['a deposit that was booked', { bookedAt: later }, { word: 'credited', since: later, waitsHere: false }],
  ['one that is announced', { state: 'seen' }, { word: 'coming', since: at }],
  ['one on its way', { state: 'pending' }, { word: 'coming' }],
  [
    'one for nobody',
    { suspenseReason: 'unknown_number', suspenseSince: at, hasWallet: false },
    { word: 'suspense', since: at, reason: { of: 'suspense', code: 'unknown_number' }, waitsHere: true },
  ],
  [
    'one that somebody wants assigned',
    { suspenseReason: 'wallet_closed', asked: 'assignment' },
    { word: 'assignment_asked' },
  ],
  ['one that somebody wants back', { asked: 'return' }, { word: 'return_asked', waitsHere: true }],
  ['one whose return was asked for at Fintoc', { returnRequestedAt: at }, { word: 'returning', since: at }],
  ['one that goes back', { state: 'return_pending' }, { word: 'returning' }],
  [
    'one that went back',
    { state: 'returned', why: '03' },
    { word: 'returned', reason: { of: 'failure', code: '03' } },
  ],
  [
    'one that the number refused',
    { state: 'rejected', numberRule: 'number_disabled' },
    { word: 'refused', reason: { of: 'number', code: 'number_disabled' } },
  ],
  [
    'one that was refused, nobody says why',
    { state: 'rejected' },
    { word: 'refused', reason: { of: 'failure', code: 'rejected' } },
  ],
  [
    'a withdrawal nobody decided on',
    { kind: 'withdrawal', state: 'awaiting_approval' },
    { word: 'waits_approval', since: at },
  ],
  [
    'one that the gate holds',
    { kind: 'withdrawal', state: 'queued', heldReason: 'proof_late' },
    { word: 'waits_gate', reason: { of: 'gate', code: 'proof_late' }, waitsHere: true },
  ],
  [
    'one that once was held',
    { kind: 'withdrawal', state: 'succeeded', heldReason: 'proof_late' },
    { word: 'paid' },
  ],
  ['one in its turn', { kind: 'withdrawal', state: 'queued' }, { word: 'queued' }],
  ['one being sent', { kind: 'withdrawal', state: 'submitting' }, { word: 'sending' }],
  ['one at the bank', { kind: 'withdrawal', state: 'pending' }, { word: 'in_transit' }],
  ['one that failed', { kind: 'withdrawal', state: 'failed', why: 'insufficient_funds' }, { word: 'failed' }],
  [
    'one that the bank refused',
    { kind: 'withdrawal', state: 'rejected' },
    { word: 'failed', reason: { of: 'failure', code: 'rejected' } },
  ],
  ['one that came back', { kind: 'withdrawal', state: 'returned', why: '01' }, { word: 'came_back' }],
  [
    'one that came back to a closed wallet',
    { kind: 'withdrawal', state: 'returned', suspenseReason: 'wallet_closed', suspenseSince: at },
    { word: 'came_back_suspense', since: at, waitsHere: true },
  ],
  [
    'one that was declined',
    { kind: 'withdrawal', state: 'declined' },
    { word: 'not_sent', reason: { of: 'ending', code: 'declined' } },
  ],
  [
    'a payout of nobody’s',
    { kind: 'payout', purpose: 'unexplained' },
    { word: 'unexplained', waitsHere: true },
  ],
  ['a payout that was explained', { kind: 'payout', purpose: 'external' }, { word: 'platform' }],
  ['a payout that failed', { kind: 'payout', state: 'failed', purpose: 'unexplained' }, { word: 'failed' }],
];

describe('the answer', () => {
  it.each(CASES)('of %s', (_, facts, is) => {
    expect(verdictOf({ ...plain, ...facts })).toMatchObject(is);
  });

  it('is each of its words for something', () => {
    const said = new Set(CASES.map(([, facts]) => verdictOf({ ...plain, ...facts }).word));
    expect([...said].sort()).toEqual([...VERDICTS].sort());
  });

  it('is one whatever the state, and never that money arrived which stands in suspense', () => {
    const anyFacts = fc.record({
      ...{ kind: fc.constantFrom<Facts['kind']>('deposit', 'withdrawal', 'payout'), hasWallet: fc.boolean() },
      state: fc.constantFrom<string>(
        ...Object.values(TransferState),
        ...Object.values(WithdrawalStatus),
        'new_word',
      ),
      ...{
        suspenseReason: fc.option(fc.constant('unknown_number')),
        suspenseSince: fc.option(fc.constant(at)),
      },
      ...{
        asked: fc.option(fc.constantFrom<'return' | 'assignment'>('return', 'assignment')),
        why: fc.option(fc.string()),
      },
      ...{ returnRequestedAt: fc.option(fc.constant(at)), heldReason: fc.option(fc.constant('proof_late')) },
      numberRule: fc.option(fc.constantFrom(...NUMBER_RULES)),
      ...{
        purpose: fc.option(fc.constantFrom('unexplained', 'external')),
        bookedAt: fc.option(fc.constant(later)),
      },
      ...{ at: fc.constant(at), changedAt: fc.constant(later) },
    });
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { word, reason } = verdictOf(facts);
        expect(VERDICTS).toContain(word);
        if (facts.suspenseReason) expect(word).not.toBe('credited');
        if (word === 'waits_gate') expect(reason?.code).toBe(facts.heldReason);
      }),
    );
  });
});

it.each([
  ['wallet_closed', { numberStatus: 'disabled', walletStatus: 'closed', frozenDeposits: null }],
  ['wallet_frozen', { numberStatus: 'disabled', walletStatus: 'frozen', frozenDeposits: 'refuse' }],
  ['number_disabled', { numberStatus: 'disabled', walletStatus: 'open', frozenDeposits: null }],
  ['limits', { numberStatus: 'enabled', walletStatus: 'open', frozenDeposits: null }],
] as const)('a number refuses by %s', (rule, facts) => {
  expect(ruleOf(facts)).toBe(rule);
});

describe('that nothing is here', () => {
  const now = new Date('2026-11-26T20:00:00Z');
  const today = { since: new Date('2026-11-26T06:00:00Z'), before: new Date('2026-11-27T06:00:00Z') };
  const past = { since: new Date('2026-11-24T06:00:00Z'), before: new Date('2026-11-25T06:00:00Z') };
  const open = { numberStatus: 'enabled', walletStatus: 'open', frozenDeposits: null };
  const known: AbsenceFacts = { number: open, day: past, readUntil: now, now };
  it.each<[string, Partial<AbsenceFacts>, string]>([
    ['a disabled number', { number: { ...open, numberStatus: 'disabled' } }, 'number_refuses'],
    [
      'a frozen wallet that refuses',
      { number: { ...open, walletStatus: 'frozen', frozenDeposits: 'refuse' } },
      'number_refuses',
    ],
    [
      'a frozen wallet that takes in',
      { number: { ...open, walletStatus: 'frozen', frozenDeposits: 'suspend' } },
      'not_here',
    ],
    ['a number of nobody', { number: 'none' }, 'number_unknown'],
    ['another bank’s number', { number: 'elsewhere' }, 'clabe_elsewhere'],
    ['a list that was never read', { readUntil: null }, 'not_read_yet'],
    ['a list that was read up to before', { readUntil: past.since }, 'not_read_yet'],
    ['a payment of today', { day: today }, 'too_soon'],
    ['all that was read', {}, 'not_here'],
    ['no day', { day: null, number: null }, 'not_here'],
  ])('is told of %s', (_, facts, is) => {
    expect(absenceOf({ ...known, ...facts })).toBe(is);
  });
});
