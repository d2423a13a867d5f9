import { describe, expect, test } from 'vitest';
import {
  dayOf,
  daysOf,
  momentOf,
  NAMED_DAYS,
  namedDays,
  startOfDay,
  textParam,
  textsParam,
} from '~/components/list/search-params';

const MEXICO = 'America/Mexico_City';

describe('filters in the address', () => {
  test('a day is whole in the operator’s zone: its last moment is in, the next midnight is out', () => {
    const whole = daysOf('2026-11-20', MEXICO);
    expect(whole?.since.toISOString()).toBe('2026-11-20T06:00:00.000Z');
    expect(whole?.before.toISOString()).toBe('2026-11-21T06:00:00.000Z');
  });

  test('a day begins on that day in every zone, also where clocks skip or repeat an hour at midnight', () => {
    for (const zone of [
      MEXICO,
      'America/Santiago',
      'America/Tijuana',
      'UTC',
      'Asia/Kolkata',
      'Pacific/Auckland',
    ]) {
      for (const day of [
        '2026-04-04',
        '2026-04-05',
        '2026-09-05',
        '2026-09-06',
        '2026-11-01',
        '2026-12-31',
      ]) {
        const start = startOfDay(day, zone);
        expect(dayOf(start, zone), `${day} in ${zone}`).toBe(day);
        expect(dayOf(new Date(start.getTime() - 1), zone), `before ${day} in ${zone}`).not.toBe(day);
      }
    }
  });

  test('a look back holds its whole day or minute in the operator’s zone, and ends with the first moment after it', () => {
    const at = (text: string, zone: string) => momentOf(text, zone)?.toISOString();
    expect(at('2026-10-31', MEXICO)).toBe('2026-11-01T06:00:00.000Z');
    expect(at('2026-10-31T12:04', MEXICO)).toBe('2026-10-31T18:05:00.000Z');
    // Santiago goes back at midnight of the 5th of April and skips the first hour of the 6th of September.
    expect(at('2026-04-04T23:30', 'America/Santiago')).toBe('2026-04-05T03:31:00.000Z');
    expect(at('2026-04-04', 'America/Santiago')).toBe('2026-04-05T04:00:00.000Z');
    expect(at('2026-09-06T00:30', 'America/Santiago')).toBe('2026-09-06T04:31:00.000Z');
    for (const text of ['2026-02-30', '0000-01-01', '2026-10-31T24:00', '2026-10-31T1:00', 'now', ''])
      expect(at(text, MEXICO), text).toBeUndefined();
  });

  test('today, yesterday and the months are those of the operator’s zone, also at the borders of months', () => {
    const at = (moment: string, zone: string) => {
      const today = dayOf(new Date(moment), zone);
      return Object.fromEntries(
        NAMED_DAYS.map((name) => [name, Object.values(namedDays(name, today)).join(' ')]),
      );
    };
    // The last hour of a month in Mexico, when the next has begun in UTC; and the first of the next.
    expect(at('2026-03-01T05:59:59Z', MEXICO)).toEqual({
      today: '2026-02-28 2026-02-28',
      yesterday: '2026-02-27 2026-02-27',
      last7Days: '2026-02-22 2026-02-28',
      last30Days: '2026-01-30 2026-02-28',
      thisMonth: '2026-02-01 2026-02-28',
      lastMonth: '2026-01-01 2026-01-31',
      sameDaysLastMonth: '2026-01-01 2026-01-28',
    });
    expect(at('2026-03-01T06:00:00Z', MEXICO)).toMatchObject({
      today: '2026-03-01 2026-03-01',
      yesterday: '2026-02-28 2026-02-28',
      thisMonth: '2026-03-01 2026-03-01',
      lastMonth: '2026-02-01 2026-02-28',
    });
    // A year's border, a leap February, and a zone whose summer clocks make the day end at 03:00 in UTC.
    expect(at('2027-01-01T05:00:00Z', MEXICO)).toMatchObject({
      today: '2026-12-31 2026-12-31',
      lastMonth: '2026-11-01 2026-11-30',
    });
    expect(at('2027-01-01T06:00:00Z', MEXICO)).toMatchObject({
      yesterday: '2026-12-31 2026-12-31',
      lastMonth: '2026-12-01 2026-12-31',
    });
    expect(at('2028-03-31T12:00:00Z', MEXICO)).toMatchObject({
      thisMonth: '2028-03-01 2028-03-31',
      lastMonth: '2028-02-01 2028-02-29',
      // Its 31st day is none of February.
      sameDaysLastMonth: '2028-02-01 2028-02-29',
    });
    expect(at('2026-12-01T02:59:59Z', 'America/Santiago')).toMatchObject({
      thisMonth: '2026-11-01 2026-11-30',
      lastMonth: '2026-10-01 2026-10-31',
    });
    expect(at('2026-12-01T03:00:00Z', 'America/Santiago')).toMatchObject({
      thisMonth: '2026-12-01 2026-12-01',
      lastMonth: '2026-11-01 2026-11-30',
    });
  });

  test('text is trimmed, and what cannot be stored is no part of it', () => {
    expect(textParam({ q: '   ' }, 'q')).toBeUndefined();
    expect(textParam({ q: ' \0\uD800 ' }, 'q')).toBeUndefined();
    expect(textParam({ q: ' a\0b ' }, 'q')).toBe('ab');
  });

  test('what can’t be stored is in no value, however often a parameter comes', () => {
    const half = '\uD83D';
    expect(textsParam({ id: ['a\0b', ` ${half} `, '\0', 'c'] }, 'id')).toEqual(['ab', 'c']);
    expect(textParam({ q: `${'x'.repeat(199)}\u{1F600}` }, 'q')).toBe('x'.repeat(199));
  });
});
