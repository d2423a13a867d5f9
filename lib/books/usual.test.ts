import { describe, expect, it } from 'vitest';
import { medianOf, readUsual } from '~/lib/books/usual';
import { transaction } from '~/lib/db';
import { cash, suspense } from '~/lib/ledger/chart';
import { foldEntries } from '~/lib/ledger/moment';
import { credit, debit, postTransaction } from '~/lib/ledger/post';
import { someCause } from '~/lib/testing/causes';
import { withTestDatabase } from '~/lib/testing/database';

withTestDatabase();

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

/** A zone in which it is now between noon and one, whenever this runs. */
const offset = 12 - new Date().getUTCHours();
const ZONE = `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
const noon = new Date().setUTCMinutes(0, 0, 0);

let serial = 0;
async function came(amount: bigint, { weeksAgo = 0, hour }: { weeksAgo?: number; hour: number }) {
  serial += 1;
  await transaction((tx) =>
    postTransaction(tx, {
      ...{ cause: someCause(`usual:${serial}`), kind: 'deposit' },
      effectiveAt: new Date(noon - weeksAgo * WEEK_MS + (hour - 12) * HOUR_MS),
      lines: [debit(cash('acc_usual', 'CLP'), amount), credit(suspense('CLP'), amount)],
    }),
  );
}

describe('today against a usual day', () => {
  it('says nothing of what is usual while there are too few weeks', async () => {
    await came(70n, { hour: 9 });
    expect(await readUsual('CLP', ZONE)).toEqual({
      hours: 12,
      in: { now: 70n, untilHour: 70n, usual: null },
      out: { now: 0n, untilHour: 0n, usual: null },
    });
  });

  it('is beside the median of the same weekday by the same hour, a day without anything among them', async () => {
    for (const [weeksAgo, amount] of [
      [4, 900n],
      [2, 300n],
      [1, 500n],
    ] as const) {
      await came(amount, { weeksAgo, hour: 10 });
      // After this hour, and on another day.
      await came(10_000n, { weeksAgo, hour: 15 });
      await came(20_000n, { weeksAgo, hour: -14 });
      await foldEntries();
    }
    // What happened within the hour that is not over yet is today's, and not yet compared.
    await came(5n, { hour: 12 });
    const { in: told, out } = await readUsual('CLP', ZONE);
    // Of 900, 0, 300 and 500.
    expect(told).toEqual({ now: 75n, untilHour: 70n, usual: 400n });
    expect(out.usual).toBe(0n);
  });

  it('takes what is in the middle, and between two', () => {
    expect([[], [7n], [9n, 1n, 5n], [4n, 1n, 9n, 2n]].map(medianOf)).toEqual([0n, 7n, 5n, 3n]);
  });
});
