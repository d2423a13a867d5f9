import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inCausalOrder, inserted, type PostedItem, type TimelineItem } from '~/lib/timeline';

const START = Date.parse('2026-11-26T18:00:00Z');

function act(kind: string, ms: number): TimelineItem {
  return { at: new Date(START + ms), kind, actor: 'Ana', reason: null, transactionId: null };
}

function posted(cause: string, kind: string, ms: number): PostedItem {
  const [causeKind = '', step = ''] = cause.split(':');
  const item = { at: new Date(START + ms), kind, actor: null, reason: null, transactionId: BigInt(ms) };
  return { ...item, causeKind, step };
}

/** The life of a withdrawal that somebody approves and a bank returns, with the database's clock off by so much. */
const life = (skewMs: number, gapMs: number) => ({
  acts: [
    act('withdrawal.requested', 0),
    act('withdrawal.approved', gapMs),
    act('note.added', 20 * gapMs + 60_000),
  ],
  postings: [
    posted('withdrawal:hold', 'withdrawal_hold', skewMs + 3),
    posted('transfer:accept', 'payout_accepted', skewMs + gapMs + 5),
    posted('transfer:settle', 'payout_settled', skewMs + gapMs + 9),
    posted('transfer:take_back', 'withdrawal_return', skewMs + 40 * gapMs + 200_000),
  ],
});

describe('the timeline of one thing', () => {
  it('is by what caused what, however far the clocks are apart and however close the acts', () => {
    const skew = fc.integer({ min: -30_000, max: 30_000 });
    fc.assert(
      fc.property(skew, fc.integer({ min: 1, max: 3_600_000 }), (skewMs, gapMs) => {
        const { acts, postings } = life(skewMs, gapMs);
        const kinds = inCausalOrder(acts, postings).map(({ kind }) => kind);
        expect(kinds.filter((kind) => kind !== 'note.added')).toEqual([
          'withdrawal.requested',
          'withdrawal_hold',
          'withdrawal.approved',
          'payout_accepted',
          'payout_settled',
          'withdrawal_return',
        ]);
        expect(kinds).toHaveLength(7);
      }),
    );
  });

  it('tells an ending before the money that it gives back, though the money was booked first', () => {
    const acts = [act('withdrawal.requested', 0), act('withdrawal.declined', 60_010)];
    const postings = [
      posted('withdrawal:hold', 'withdrawal_hold', 4),
      posted('withdrawal:release', 'withdrawal_release', 60_002),
    ];
    expect(inCausalOrder(acts, postings).map(({ kind }) => kind)).toEqual([
      'withdrawal.requested',
      'withdrawal_hold',
      'withdrawal.declined',
      'withdrawal_release',
    ]);
  });

  it('has a deposit before the act that assigns it, and the assignment’s own posting after', () => {
    const acts = [act('deposit.assigned', 900)];
    const postings = [posted('transfer:credit', 'deposit', 300), posted('transfer:assign', 'deposit', 880)];
    const ordered = inCausalOrder(acts, postings);
    expect(ordered.map(({ transactionId }) => transactionId)).toEqual([300n, null, 880n]);
  });

  it('keeps the acts and the postings each in their own order, whatever they are', () => {
    const anyAct = fc.constantFrom(
      'withdrawal.requested',
      'withdrawal.approved',
      'withdrawal.failed',
      'note.added',
    );
    const anyCause = fc.constantFrom('withdrawal:hold', 'withdrawal:release', 'transfer:settle', 'x');
    const ms = fc.integer({ min: 0, max: 400_000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(anyAct, ms)), fc.array(fc.tuple(anyCause, ms)), (some, others) => {
        const acts = some.map(([kind, at]) => act(kind, at));
        const postings = others.map(([cause, at], nth) => ({
          ...posted(cause, cause, at),
          transactionId: BigInt(nth),
        }));
        const ordered = inCausalOrder(acts, postings);
        expect(ordered.filter(({ transactionId }) => transactionId === null)).toEqual(acts);
        expect(ordered.flatMap(({ transactionId }) => transactionId ?? [])).toEqual(
          postings.map(({ transactionId }) => transactionId),
        );
      }),
    );
  });

  it('takes in by its time what nothing caused, without disturbing the rest', () => {
    const { acts, postings } = life(-4_000, 1_000);
    const history = inCausalOrder(acts, postings);
    const whole = inserted(history, [act('person.revealed', 100_000), act('person.revealed', -10_000)]);
    expect(whole.filter(({ kind }) => kind !== 'person.revealed')).toEqual(history);
    expect(whole[0]?.kind).toBe('person.revealed');
  });
});
