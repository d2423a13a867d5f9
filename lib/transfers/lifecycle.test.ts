import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noteOf, wordOf } from '~/lib/rails/fintoc/words';
import { moveOf, type Signal, type Step, signalOf } from '~/lib/transfers/lifecycle';
import type { TransferState } from '~/prisma/generated/enums';

type Direction = 'inbound' | 'outbound';
type Life = { direction: Direction; words: Signal[]; ends: TransferState; does: Step[] };

/** Every life that a transfer can lead, in the order in which it leads it, and what it comes to. */
const LIVES: Life[] = [
  { direction: 'inbound', words: ['succeeded'], ends: 'succeeded', does: ['credit'] },
  { direction: 'inbound', words: ['rejected'], ends: 'rejected', does: [] },
  {
    direction: 'inbound',
    words: ['succeeded', 'returned'],
    ends: 'returned',
    does: ['credit', 'return_at_once'],
  },
  { direction: 'inbound', words: ['succeeded', 'return_failed'], ends: 'succeeded', does: ['credit'] },
  { direction: 'outbound', words: ['accepted', 'succeeded'], ends: 'succeeded', does: ['accept', 'settle'] },
  { direction: 'outbound', words: ['accepted', 'failed'], ends: 'failed', does: ['accept', 'fail'] },
  { direction: 'outbound', words: ['accepted', 'rejected'], ends: 'rejected', does: ['accept', 'fail'] },
  { direction: 'outbound', words: ['accepted', 'bounced'], ends: 'returned', does: ['accept', 'fail'] },
  {
    direction: 'outbound',
    words: ['accepted', 'returned'],
    ends: 'returned',
    does: ['accept', 'settle', 'take_back'],
  },
  {
    direction: 'outbound',
    words: ['accepted', 'succeeded', 'returned'],
    ends: 'returned',
    does: ['accept', 'settle', 'take_back'],
  },
];

function live(direction: Direction, words: Signal[]): { ends: TransferState; does: Step[] } {
  let ends: TransferState = 'seen';
  const does: Step[] = [];
  for (const word of words) {
    const move = moveOf(direction, ends, word);
    if (!move) continue;
    ends = move.to;
    does.push(...move.steps);
  }
  return { ends, does };
}

describe('the words of a transfer', () => {
  it.each(LIVES.map((life) => ({ ...life, said: life.words.join(', ') })))(
    '$direction $said: every order, every word twice, ends as $ends',
    ({ direction, words, ends, does }) => {
      for (const order of permutations([...words, ...words])) {
        expect(live(direction, order)).toEqual({ ends, does });
      }
    },
  );

  it.each(LIVES.map((life) => ({ ...life, said: life.words.join(', ') })))(
    '$direction $said: shuffled with up to six repeats each, does the same steps',
    (life) => {
      const heard = fc
        .tuple(
          ...life.words.map((word) =>
            fc.integer({ min: 1, max: 6 }).map((times) => Array<Signal>(times).fill(word)),
          ),
        )
        .chain((words) => fc.shuffledSubarray(words.flat(), { minLength: words.flat().length }));
      fc.assert(
        fc.property(heard, (words) => {
          expect(live(life.direction, words)).toEqual({ ends: life.ends, does: life.does });
        }),
      );
    },
  );

  it('a return that is heard of from its start sets the money aside, and only then takes it', () => {
    const steps = ['credit', 'reserve_return', 'complete_return'];
    expect(live('inbound', ['succeeded', 'return_pending', 'returned']).does).toEqual(steps);
    for (const order of permutations<Signal>(['succeeded', 'return_pending', 'returned'])) {
      expect(live('inbound', order).ends).toBe('returned');
    }
  });

  it('a return can fail and be asked for again', () => {
    const twice: Signal[] = ['succeeded', 'return_pending', 'return_failed', 'return_pending', 'returned'];
    expect(live('inbound', twice)).toEqual({
      ends: 'returned',
      does: ['credit', 'reserve_return', 'undo_return', 'reserve_return', 'complete_return'],
    });
  });

  it('whatever is said, a step that moves money is not done twice without one that undoes it between', () => {
    const signals: Signal[] = [
      'accepted',
      'succeeded',
      'failed',
      'rejected',
      'returned',
      'return_pending',
      'return_failed',
    ];
    const heard = fc.array(fc.constantFrom(...signals), { maxLength: 30 });
    fc.assert(
      fc.property(fc.constantFrom<Direction>('inbound', 'outbound'), heard, (direction, words) => {
        const { does } = live(direction, words);
        for (const step of [
          'credit',
          'accept',
          'settle',
          'fail',
          'take_back',
          'return_at_once',
          'complete_return',
        ]) {
          expect(does.filter((done) => done === step).length).toBeLessThanOrEqual(1);
        }
        const reserved = does.filter((step) => step === 'reserve_return').length;
        const ended = does.filter((step) => step === 'undo_return' || step === 'complete_return').length;
        expect(reserved - ended).toBeLessThanOrEqual(1);
        expect(ended).toBeLessThanOrEqual(reserved);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['inbound', 'rejected', 'succeeded'],
    ['inbound', 'succeeded', 'rejected'],
    ['inbound', 'return_pending', 'rejected'],
    ['inbound', 'returned', 'rejected'],
    ['outbound', 'failed', 'succeeded'],
    ['outbound', 'rejected', 'succeeded'],
  ] as const)('%s: %s and then %s is for a person, not for the books', (direction, first, then) => {
    const from = live(direction, [first]).ends;
    expect(moveOf(direction, from, then)).toBeNull();
  });
});

describe('what Fintoc says', () => {
  it.each([
    ['inbound', 'pending', undefined, 'announced'],
    ['inbound', 'succeeded', 'transfer.inbound.succeeded', 'succeeded'],
    ['inbound', 'rejected', 'transfer.inbound.rejected', 'rejected'],
    ['inbound', 'reject_failed', undefined, 'rejected'],
    ['inbound', 'failed', undefined, 'rejected'],
    ['inbound', 'return_pending', undefined, 'return_pending'],
    ['inbound', 'returned', 'transfer.inbound.returned', 'returned'],
    ['inbound', 'succeeded', 'transfer.inbound.return_failed', 'return_failed'],
    ['inbound', 'return_pending', 'transfer.inbound.return_failed', 'return_failed'],
    ['inbound', 'returned', 'transfer.inbound.return_failed', 'returned'],
    ['inbound', 'succeeded', 'transfer.inbound.reversed', 'returned'],
    ['inbound', 'reversed', undefined, 'returned'],
    ['outbound', 'pending', undefined, 'accepted'],
    ['outbound', 'succeeded', 'transfer.outbound.succeeded', 'succeeded'],
    ['outbound', 'failed', 'transfer.outbound.failed', 'failed'],
    // Fintoc's pages give three names to one refusal: the status in the transfer decides.
    ['outbound', 'rejected', 'transfer.outbound.returned', 'rejected'],
    ['outbound', 'returned', 'transfer.outbound.rejected', 'returned'],
    ['outbound', 'failed', 'transfer.outbound.rejected', 'failed'],
    ['outbound', 'returned', 'transfer.outbound.reversed', 'returned'],
    ['outbound', 'return_pending', undefined, null],
    ['outbound', 'something_new', 'transfer.outbound.something_new', null],
  ] as const)('%s %s by %s is %s', (direction, status, type, signal) => {
    expect(signalOf(direction, wordOf(status), type && noteOf(type))).toBe(signal);
  });
});

function permutations<Item>(items: Item[]): Item[][] {
  if (items.length === 0) return [[]];
  const first = new Set<Item>();
  return items.flatMap((item, place) => {
    if (first.has(item)) return [];
    first.add(item);
    return permutations(items.toSpliced(place, 1)).map((rest) => [item, ...rest]);
  });
}
