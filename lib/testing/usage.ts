import { expect } from 'vitest';
import { db } from '~/lib/db';

/** What stands of each day's use of limits is the sum of what its transactions used, and nothing more. */
export async function expectSoundUsage(): Promise<void> {
  const wrong = await db().$queryRaw`
    SELECT * FROM (
      SELECT used_wallet_id AS wallet_id, used_asset AS asset, used_direction AS direction, used_day AS day,
        sum(used_amount) AS amount, sum(used_count) AS count
      FROM ledger_transactions WHERE used_day IS NOT NULL GROUP BY 1, 2, 3, 4) u
    FULL JOIN ledger_usage_days d USING (wallet_id, asset, direction, day)
    WHERE u.amount IS DISTINCT FROM d.amount OR u.count IS DISTINCT FROM d.count`;
  expect(wrong).toEqual([]);
}
