import { describe, expect, it } from 'vitest';
import { toggledColumn } from '~/components/list/columns-query';
import { AddressReader } from '~/components/list/read-address';
import { viewAddress, viewQuery } from '~/components/list/view-query';

describe('the columns that a list leaves out', () => {
  it('are said by its address, beside its filters, and come back one by one', () => {
    const one = toggledColumn('status=failed', 'trackingKey', false);
    const two = toggledColumn(one, 'concept', false);
    expect(new URLSearchParams(two).get('hide')).toBe('concept,trackingKey');
    expect(toggledColumn(toggledColumn(two, 'concept', true), 'trackingKey', true)).toBe('status=failed');
  });

  it('narrow nothing, and what is no column is passed over', () => {
    const read = new AddressReader({ hide: 'concept,<b>, trackingKey' }).done({});
    expect(read).toMatchObject({ hidden: ['concept'], filtered: false, unknown: [], unreadable: [] });
  });

  it('are kept by a saved view, and what is seen beside the list is not', () => {
    const kept = viewQuery('hide=concept&peek=tr_1&q=Ana', '2026-11-27');
    expect(viewAddress('/movements', kept, '2026-11-27')).toBe('/movements?hide=concept&q=Ana');
  });
});
