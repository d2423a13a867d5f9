import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { batchOf, decision, MOST_AT_ONCE, reasonOf } from '~/app/(console)/withdrawals/decision-input';

describe('several withdrawals, declined at once', () => {
  it('are those that the screen sends, and none at all of anything else', () => {
    const ids = Array.from({ length: MOST_AT_ONCE }, () => randomUUID());
    expect(batchOf(ids)).toEqual(ids);
    for (const strange of [
      [...ids, randomUUID()],
      [ids[0], 'x'],
      [ids[0], null],
      ids[0],
      { 0: ids[0] },
      null,
    ])
      expect(batchOf(strange)).toEqual([]);
  });

  it('need a reason that says something, kept as one of a single withdrawal is', () => {
    expect(reasonOf('  Pagado\u200b dos veces  \r\n')).toBe('Pagado dos veces');
    for (const nothing of [
      '',
      '  \n ',
      'no',
      '\u200b\u200b\u200b',
      'x'.repeat(501),
      null,
      undefined,
      7,
      ['Dos veces'],
    ])
      expect(reasonOf(nothing)).toBeNull();
    const one = decision.parse({ withdrawalId: randomUUID(), reason: ' Pagado  dos veces ' });
    expect(reasonOf(' Pagado  dos veces ')).toBe(one.reason);
  });
});
