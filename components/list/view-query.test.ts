import { describe, expect, it } from 'vitest';
import { LIST_PATH, viewAddress, viewQuery } from '~/components/list/view-query';

const TODAY = '2026-11-27';

describe('a saved view', () => {
  it('keeps the filters of an address and not its page', () => {
    const kept = viewQuery('status=failed&cursor=abc&trail=x~y&q=Ana', TODAY);
    expect(kept).toBe('q=Ana&status=failed');
    expect(viewAddress('/withdrawals/all', kept, TODAY)).toBe('/withdrawals/all?q=Ana&status=failed');
  });

  it('keeps days by the name that they have, so that it shows those of the day on which it is opened', () => {
    const kept = viewQuery('from=2026-11-26&to=2026-11-26', TODAY);
    expect(kept).toBe('days=yesterday');
    expect(viewAddress('/deposits/all', kept, '2026-12-01')).toBe(
      '/deposits/all?from=2026-11-30&to=2026-11-30',
    );
    const month = viewQuery('from=2026-11-01&to=2026-11-27&min=100', TODAY);
    expect(viewAddress('/deposits/all', month, '2026-12-03')).toBe(
      '/deposits/all?min=100&from=2026-12-01&to=2026-12-03',
    );
  });

  it('keeps days without a name as they are', () => {
    const kept = viewQuery('from=2026-11-03&to=2026-11-05', TODAY);
    expect(viewAddress('/audit', kept, '2026-12-03')).toBe('/audit?from=2026-11-03&to=2026-11-05');
  });

  it('without filters is the list itself', () => {
    expect(viewAddress('/audit', viewQuery('cursor=1', TODAY), TODAY)).toBe('/audit');
  });

  it('is of a list alone, and not of what stands on one record’s page', () => {
    expect(['/withdrawals/all', '/account-numbers', '/'].map((path) => LIST_PATH.test(path))).toEqual([
      ...[true, true, false],
    ]);
    expect(LIST_PATH.test('/wallets/01890a5d-ac96-774b-bcce-b302099a8057')).toBe(false);
  });
});
