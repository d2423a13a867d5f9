import { describe, expect, test } from 'vitest';
import {
  amountsParam,
  choicesParam,
  dayOf,
  daysParam,
  startOfDay,
  textParam,
} from '~/components/search-params';

const MEXICO = 'America/Mexico_City';

describe('filters in the address', () => {
  test('a day is whole in the operator’s zone: its last moment is in, the next midnight is out', () => {
    const { since, before } = daysParam({ from: '2026-11-20', to: '2026-11-20' }, MEXICO);
    expect(since?.toISOString()).toBe('2026-11-20T06:00:00.000Z');
    expect(before?.toISOString()).toBe('2026-11-21T06:00:00.000Z');
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

  test('what is no day, no amount or no known choice filters nothing', () => {
    expect(daysParam({ from: '2026-13-01', to: 'tomorrow' }, MEXICO)).toEqual({});
    expect(amountsParam({ min: 'mucho', max: '1e9' }, 'MXN')).toEqual({});
    expect(choicesParam({ status: 'openish' }, 'status', ['open', 'frozen'])).toBeUndefined();
    expect(textParam({ q: '   ' }, 'q')).toBeUndefined();
  });

  test('amounts and choices are read as typed', () => {
    expect(amountsParam({ min: '1,250.50' }, 'MXN')).toEqual({ min: 125050n });
    expect(choicesParam({ status: 'frozen,open' }, 'status', ['open', 'frozen', 'closed'])).toEqual([
      'open',
      'frozen',
    ]);
  });
});
