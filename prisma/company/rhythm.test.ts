import { describe, expect, it } from 'vitest';
import { daysUntil, isPayday, momentOf, momentsOf, weightOf } from '~/prisma/company/rhythm';

const day = (text: string) => new Date(`${text}T12:00:00Z`);

describe('the demo company’s days', () => {
  it('end with today in Mexico, whatever day it is in Greenwich', () => {
    const days = daysUntil(new Date('2026-11-27T04:00:00Z'), 3);
    expect(days.map((each) => each.toISOString().slice(0, 10))).toEqual([
      '2026-11-24',
      '2026-11-25',
      '2026-11-26',
    ]);
  });

  it('begin at Mexico’s midnight', () => {
    expect(momentOf(day('2026-11-26'), 90).toISOString()).toBe('2026-11-26T07:30:00.000Z');
  });

  it('have wages on the 15th and the last, on the Friday before where that is a weekend', () => {
    const paid = Array.from({ length: 30 }, (_, nth) => new Date(Date.UTC(2026, 10, nth + 1, 12))).filter(
      isPayday,
    );
    // 15 November 2026 is a Sunday, the 30th a Monday.
    expect(paid.map((each) => each.getUTCDate())).toEqual([13, 30]);
  });

  it('are quiet on Sundays and busy on paydays', () => {
    const [sunday, monday, payday] = ['2026-11-22', '2026-11-23', '2026-11-30'].map((text) =>
      weightOf(day(text)),
    );
    expect(sunday).toBeLessThan(monday ?? 0);
    expect(payday).toBeGreaterThan(monday ?? 0);
  });

  it('have their moments in order, none twice, and few at night', () => {
    let drawn = 0;
    const moments = momentsOf(400, (below) => {
      drawn = (drawn * 7_919 + 104_729) % 1_000_003;
      return drawn % below;
    });
    expect(moments).toEqual([...new Set(moments)].sort((one, other) => one - other));
    const between = (from: number, to: number) =>
      moments.filter((minute) => minute >= from * 60 && minute < to * 60).length;
    expect(between(1, 6)).toBeLessThan(between(9, 14) / 4);
  });
});
