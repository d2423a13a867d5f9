import { describe, expect, test } from 'vitest';
import { batch, batchReason } from '~/app/(console)/approvals/decide/batch';
import { countsOf, selectionOf, sumsOf } from '~/app/(console)/approvals/decide/bulk';

const money = (asset: string, amount: bigint, fee = 0n) => ({ money: { asset, amount, fee } });

describe('a selection', () => {
  test('is called by its kind where it has one, else by none', () => {
    expect(selectionOf([{ group: 'withdrawals' }, { group: 'withdrawals' }])).toBe('withdrawals');
    expect(selectionOf([{ group: 'people' }])).toBe('people');
    expect(selectionOf([{ group: 'wallets' }, { group: 'people' }])).toBe('people');
    expect(selectionOf([{ group: 'withdrawals' }, { group: 'adjustments' }])).toBe('mixed');
    expect(selectionOf([])).toBe('mixed');
  });

  test('is counted by kind, in the order of the tabs', () => {
    const groups = ['people', 'withdrawals', 'deposits', 'withdrawals'] as const;
    expect(countsOf(groups.map((group) => ({ group })))).toEqual([
      ['withdrawals', 2],
      ['deposits', 1],
      ['people', 1],
    ]);
  });

  test('comes to one sum per asset, with the fees apart; what moves nothing adds nothing', () => {
    const items = [money('MXN', 100n, 5n), money('CLP', 7n), { money: null }, money('MXN', 1n, 5n)];
    expect(sumsOf(items)).toEqual({
      amounts: [
        { asset: 'MXN', amount: 101n },
        { asset: 'CLP', amount: 7n },
      ],
      fees: [{ asset: 'MXN', amount: 10n }],
    });
  });
});

describe('what the screen sends', () => {
  const id = '0198c2f0-0000-7000-8000-000000000001';

  test('is a batch of ids, and anything else decides nothing', () => {
    expect(batch.parse([id])).toEqual([id]);
    for (const sent of [['x'], [id, 5], Array(51).fill(id), 'all', null, undefined])
      expect(batch.parse(sent)).toEqual([]);
  });

  test('has one reason, cleaned as every note is; what says nothing is none', () => {
    expect(batchReason.parse('  No coincide con la factura ')).toBe('No coincide con la factura');
    for (const sent of ['', 'no', '   ', '\u200B', 'x'.repeat(501), 7, undefined])
      expect(batchReason.parse(sent)).toBeNull();
  });
});
