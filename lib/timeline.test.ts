import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { merged, type PostedItem, type TimelineItem, type ToldItem, withPostings } from '~/lib/timeline';

const START = Date.parse('2026-11-26T18:00:00Z');

function event(eventId: number, kind: string, ms: number, attempt = 0): ToldItem {
  const item = { eventId: BigInt(eventId), at: new Date(START + ms), kind, actor: 'Ana', reason: null };
  return { ...item, transactionId: null, attempt };
}

/** What a rail told of. */
const told = (...of: Parameters<typeof event>): ToldItem => ({ ...event(...of), actor: null });

function posted(cause: string, kind: string, ms: number, round = 0): PostedItem {
  const [causeKind = '', step = ''] = cause.split(':');
  const item = { eventId: null, at: new Date(START + ms), kind, actor: null, reason: null };
  return { ...item, transactionId: BigInt(ms), causeKind, step, round };
}

const kindsOf = (items: readonly TimelineItem[]) => items.map(({ kind }) => kind);
const bookedOf = (items: readonly TimelineItem[]) => items.map(({ transactionId }) => transactionId);

describe('the timeline of one thing', () => {
  it('is in the order of its events, each with what it booked, however far the clocks are apart', () => {
    const skew = fc.integer({ min: -30_000, max: 30_000 });
    fc.assert(
      fc.property(skew, fc.integer({ min: 1, max: 3_600_000 }), (skewMs, gapMs) => {
        const events = [
          event(1, 'withdrawal.requested', 0),
          event(4, 'withdrawal.approved', gapMs),
          told(5, 'withdrawal.submitted', gapMs - 900),
          told(6, 'withdrawal.succeeded', gapMs),
          told(9, 'withdrawal.returned', 40 * gapMs),
          event(12, 'note.added', 20 * gapMs + 60_000),
        ];
        const at = (ms: number) => skewMs + ms + 100_000;
        const history = withPostings(events, [
          posted('withdrawal:hold', 'withdrawal_hold', at(3)),
          posted('transfer:accept', 'payout_accepted', at(gapMs + 5)),
          posted('transfer:settle', 'payout_settled', at(gapMs + 9)),
          posted('transfer:take_back', 'withdrawal_return', at(40 * gapMs + 200_000)),
        ]);
        expect(kindsOf(history)).toEqual(events.map(({ kind }) => kind));
        const [hold, accept, settle, back] = [3, gapMs + 5, gapMs + 9, 40 * gapMs + 200_000].map((ms) =>
          BigInt(at(ms)),
        );
        expect(bookedOf(history)).toEqual([hold, null, accept, settle, back, null]);
      }),
    );
  });

  it('tells an ending together with the money that it gives back, though the money was booked first', () => {
    const events = [event(1, 'withdrawal.requested', 0), event(2, 'withdrawal.declined', 60_010)];
    const history = withPostings(events, [
      posted('withdrawal:hold', 'withdrawal_hold', 4),
      posted('withdrawal:release', 'withdrawal_release', 60_002),
    ]);
    expect(kindsOf(history)).toEqual(['withdrawal.requested', 'withdrawal.declined']);
    expect(bookedOf(history)).toEqual([4n, 60_002n]);
  });

  it('has a deposit before the act that assigns it, each with its own posting', () => {
    const events = [told(1, 'deposit.suspended', 0), event(2, 'deposit.assigned', 900)];
    const history = withPostings(events, [
      posted('transfer:credit', 'deposit', 300),
      posted('transfer:assign', 'deposit', 880),
    ]);
    expect(bookedOf(history)).toEqual([300n, 880n]);
    expect(history[0]?.at, 'when it came to us').toEqual(new Date(START + 300));
  });

  it('tells the rounds of a return apart, also where one of them moved no money', () => {
    const events = [
      told(1, 'deposit.return_pending', 0, 1),
      told(2, 'deposit.return_failed', 10, 1),
      told(3, 'deposit.return_pending', 20, 2),
      told(4, 'deposit.returned', 30, 2),
    ];
    const history = withPostings(events, [
      posted('transfer:reserve_return', 'deposit_return', 21, 2),
      posted('transfer:complete_return', 'deposit_return_settled', 31, 2),
    ]);
    expect(bookedOf(history)).toEqual([null, null, 21n, 31n]);
  });

  it('has every event once in its order, and every posting once, whatever they are', () => {
    const anyKind = fc.constantFrom(
      'withdrawal.requested',
      'withdrawal.failed',
      'note.added',
      'deposit.returned',
    );
    const anyCause = fc.constantFrom(
      'withdrawal:hold',
      'withdrawal:release',
      'transfer:return_at_once',
      'x:y',
    );
    const ms = fc.integer({ min: 0, max: 400_000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(anyKind, ms)), fc.array(fc.tuple(anyCause, ms)), (some, others) => {
        const events = some.map(([kind, at], nth) => event(nth + 1, kind, at));
        const postings = others.map(([cause, at], nth) => ({
          ...posted(cause, cause, at),
          transactionId: BigInt(nth),
        }));
        const history = withPostings(events, postings);
        expect(history.flatMap(({ eventId }) => eventId ?? [])).toEqual(events.map(({ eventId }) => eventId));
        const booked = bookedOf(history).flatMap((id) => id ?? []);
        expect(booked.sort((a, b) => Number(a - b))).toEqual(
          postings.map(({ transactionId }) => transactionId),
        );
      }),
    );
  });

  it('of two things is one by the order of their events, and a posting stays behind its own', () => {
    const [first, third, last] = [event(1, 'a.a', 0), event(5, 'a.b', 90), event(9, 'a.c', 95)];
    const debt = posted('transfer:assign_debt', 'debt_repaid', 91);
    const history = withPostings([first, third, last], [debt]);
    const looks = [event(2, 'person.revealed', 5_000), event(7, 'person.revealed', -10_000)];
    expect(merged(history, looks).map(({ eventId }) => eventId)).toEqual([1n, 2n, 5n, null, 7n, 9n]);
  });
});
