import { describe, expect, it } from 'vitest';
import { daysOfBucket, linesHref, lookBackAt, readDayLines, readDayLook } from '~/app/(console)/day/params';
import { momentOf } from '~/components/list/search-params';
import { withTestDatabase } from '~/lib/testing/database';

withTestDatabase();

/** 14:30 on a Friday in Mexico City. */
const NOW = new Date('2026-11-27T20:30:00Z');
const look = (params: Record<string, string>) => readDayLook(params, NOW).look;
const days = ({ from, to }: { from: string; to: string }) => `${from}/${to}`;

describe('the days that an address asks for', () => {
  it.each([
    [{}, '2026-11-27/2026-11-27', '2026-11-26/2026-11-26', 'hour'],
    [{ from: '2026-11-26', to: '2026-11-26' }, '2026-11-26/2026-11-26', '2026-11-25/2026-11-25', 'hour'],
    [{ from: '2026-11-21', to: '2026-11-27' }, '2026-11-21/2026-11-27', '2026-11-14/2026-11-20', 'day'],
    // A month under way beside the same days of the one before, and a whole month beside a whole one.
    [{ from: '2026-11-01', to: '2026-11-27' }, '2026-11-01/2026-11-27', '2026-10-01/2026-10-27', 'day'],
    [{ from: '2026-03-01', to: '2026-03-31' }, '2026-03-01/2026-03-31', '2026-02-01/2026-02-28', 'day'],
    [{ from: '2026-01-01', to: '2026-06-30' }, '2026-01-01/2026-06-30', '2025-07-04/2025-12-31', 'week'],
    [{ to: '2026-11-03' }, '2026-11-03/2026-11-03', '2026-11-02/2026-11-02', 'hour'],
    [{ from: '2026-11-25' }, '2026-11-25/2026-11-27', '2026-11-22/2026-11-24', 'day'],
  ])('%o are %s, beside %s, by the %s', (params, told, before, stride) => {
    const found = look(params);
    expect([days(found), days(found.before), found.stride]).toEqual([told, before, stride]);
  });

  it('are the rail’s, and beside those under way stand as much of the ones before', () => {
    const today = look({});
    expect(today.span.since.toISOString()).toBe('2026-11-27T06:00:00.000Z');
    expect(today.before).toMatchObject({
      isPart: true,
      span: { since: new Date('2026-11-26T06:00:00Z'), before: new Date('2026-11-26T20:30:00Z') },
    });
    expect(look({ from: '2026-11-26', to: '2026-11-26' }).before.isPart).toBe(false);
  });

  it('are not read where they end before they begin, or are more than a year', () => {
    for (const params of [
      { from: '2026-11-27', to: '2026-11-26' },
      { from: '2025-01-01', to: '2026-11-26' },
    ])
      expect(readDayLook(params, NOW).read.done({}).unreadable).toEqual(['to']);
  });
});

describe('the list of a figure', () => {
  it('is read from the address that leads to it', () => {
    const until = '2026-11-26T20:30:00.000Z';
    const href = linesHref(look({}), { from: '2026-11-26', to: '2026-11-26' }, 'withdrawals', {
      ...{ weekday: 4, hour: 9, until },
    });
    const params = Object.fromEntries(new URL(href, 'https://a.test').searchParams);
    const read = readDayLines(params, NOW);
    expect(read.unreadable).toEqual([]);
    expect(read.unknown).toEqual([]);
    expect(read.filter).toMatchObject({
      ...{ asset: 'MXN', figure: 'withdrawals', weekday: 4, hour: 9 },
      span: { since: new Date('2026-11-26T06:00:00Z'), before: new Date(until) },
    });
    expect(readDayLines({ ...params, until: '2026-12-01T00:00:00.000Z' }, NOW).unreadable).toEqual(['until']);
  });

  it('of a bar is of its days alone', () => {
    const half = look({ from: '2026-01-01', to: '2026-06-30' });
    expect(daysOfBucket(new Date('2025-12-29T06:00:00Z'), half)).toEqual({
      ...{ from: '2026-01-01', to: '2026-01-04' },
    });
    expect(daysOfBucket(new Date('2026-11-27T15:00:00Z'), look({}))).toEqual({
      ...{ from: '2026-11-27', to: '2026-11-27', hour: 9 },
    });
  });
});

describe('a look back from a day', () => {
  it('is the same moment in any reader’s zone', () => {
    const { since } = look({}).span;
    for (const zone of ['America/Mexico_City', 'America/Santiago', 'UTC', 'Asia/Kolkata'])
      expect(momentOf(lookBackAt(since, zone), zone)).toEqual(since);
    expect(lookBackAt(since, 'America/Mexico_City')).toBe('2026-11-26');
  });
});
