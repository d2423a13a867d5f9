import { describe, expect, it } from 'vitest';
import { Dice } from './dice.ts';

const throws = (dice: Dice) => Array.from({ length: 20 }, () => dice.int(1, 1_000));

describe('dice', () => {
  it('fall the same way for the same seed, and another for another', () => {
    expect(throws(new Dice(7))).toEqual(throws(new Dice(7)));
    expect(throws(new Dice(7))).not.toEqual(throws(new Dice(8)));
  });

  it('of one name fall as they do, whatever other dice were thrown before', () => {
    const [quiet, busy] = [new Dice(7), new Dice(7)];
    throws(busy);
    throws(busy.for('others'));
    expect(throws(busy.for('kills'))).toEqual(throws(quiet.for('kills')));
    expect(throws(quiet.for('kills'))).not.toEqual(throws(quiet.for('faults')));
  });

  it('fall on every key by its weight, and on every item of a list', () => {
    const dice = new Dice(7);
    const counts = { often: 0, seldom: 0 };
    for (let nth = 0; nth < 1_000; nth += 1) counts[dice.weighted({ often: 9, seldom: 1 })] += 1;
    expect(counts.often).toBeGreaterThan(850);
    expect(counts.seldom).toBeGreaterThan(50);
    expect(dice.shuffled([1, 2, 3, 4, 5]).sort()).toEqual([1, 2, 3, 4, 5]);
  });
});
