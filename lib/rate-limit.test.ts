import { beforeEach, describe, expect, it } from 'vitest';
import { db } from '~/lib/db';
import { backingOff, reserveSlot, reserveSpareSlot } from '~/lib/rate-limit';
import { withTestDatabase } from '~/lib/testing/database';

withTestDatabase();

beforeEach(() => db().rateSlot.deleteMany());

const PER_SECOND = 50;
const many = <Result>(count: number, work: () => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, work));

describe('a limited resource', () => {
  it('lets as many through per second as it may, whoever asks and however', async () => {
    const began = performance.now();
    await Promise.all([
      many(20, () => reserveSlot('calls', PER_SECOND)),
      many(20, () => reserveSpareSlot('calls', PER_SECOND, 5_000)),
    ]);
    expect(performance.now() - began).toBeGreaterThan((39 / PER_SECOND) * 1_000 - 20);
  });

  it('lets those who reserve go before those who take what is spare, also when they come later', async () => {
    // The next free moment is in two seconds, by when all have asked.
    await reserveSlot('calls', 0.5);
    const { nextAt } = await db().rateSlot.findUniqueOrThrow({ where: { key: 'calls' } });
    const through: number[] = [];
    const spare = many(3, () =>
      reserveSpareSlot('calls', PER_SECOND, 10_000).then(() => through.push(Date.now())),
    );
    await Promise.all([spare, many(20, () => reserveSlot('calls', PER_SECOND))]);
    // By the moments that were given: when who has one hears of it is the machine's affair.
    expect(Math.min(...through)).toBeGreaterThanOrEqual(nextAt.getTime() + 20 * (1_000 / PER_SECOND) - 1);
  });

  it('starves nobody: who has waited long enough takes a turn like the others', async () => {
    let over = false;
    const busy = many(5, async () => {
      while (!over) await reserveSlot('calls', PER_SECOND);
    });
    const began = performance.now();
    await reserveSpareSlot('calls', PER_SECOND, 300);
    over = true;
    expect(performance.now() - began).toBeLessThan(2_000);
    await busy;
  });
});

describe('a limit that was met', () => {
  it('is waited for a second at first, and anything else is not', async () => {
    let asked = 0;
    const began = performance.now();
    const answer = await backingOff(
      async () => {
        asked += 1;
        if (asked === 1) throw new Error('too much');
        return 'done';
      },
      (error) => String(error).includes('too much'),
    );
    expect(answer).toBe('done');
    expect(performance.now() - began).toBeGreaterThan(740);
    await expect(
      backingOff(
        () => Promise.reject(new Error('broken')),
        (error) => String(error).includes('too much'),
      ),
    ).rejects.toThrow('broken');
  });
});
