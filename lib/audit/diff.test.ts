import { describe, expect, it } from 'vitest';
import { differenceOf } from '~/lib/audit/diff';

describe('the difference that an audit row shows', () => {
  it('names the fields that changed and counts those that did not', () => {
    const before = { id: 'w', status: 'open', reason: null, updatedAt: '1' };
    const after = { id: 'w', status: 'frozen', reason: 'court order', updatedAt: '2' };
    expect(differenceOf(before, after)).toEqual({
      changes: [
        { field: 'status', before: 'open', after: 'frozen' },
        { field: 'reason', before: null, after: 'court order' },
      ],
      unchanged: 1,
    });
  });

  it('shows every value of something new, also nested ones, and leaves out what is empty', () => {
    const { changes } = differenceOf(null, { name: 'Ana', note: null, limits: { day: '500' }, list: ['a'] });
    expect(changes).toEqual([
      { field: 'name', before: null, after: 'Ana' },
      { field: 'limits.day', before: null, after: '500' },
      { field: 'list.0', before: null, after: 'a' },
    ]);
  });

  it('does not say that a field was emptied when the later side does not speak of it', () => {
    const { changes, unchanged } = differenceOf({ status: 'queued', attempts: 3 }, { status: 'failed' });
    expect(changes).toEqual([{ field: 'status', before: 'queued', after: 'failed' }]);
    expect(unchanged).toBe(1);
  });

  it('has nothing to show without two sides', () => {
    expect(differenceOf(null, null)).toEqual({ changes: [], unchanged: 0 });
  });
});
