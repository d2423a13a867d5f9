import { describe, expect, test } from 'vitest';
import { dayOf, daysOf, momentOf, startOfDay, textParam } from '~/components/search-params';

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

  test('text is trimmed, and what cannot be stored is no part of it', () => {
    expect(textParam({ q: '   ' }, 'q')).toBeUndefined();
    expect(textParam({ q: ' \0\uD800 ' }, 'q')).toBeUndefined();
    expect(textParam({ q: ' a\0b ' }, 'q')).toBe('ab');
  });
});
