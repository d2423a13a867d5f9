import { describe, expect, it } from 'vitest';
import { type HolidayCountry, isHoliday } from '~/lib/holidays';

const holidaysOf = (country: HolidayCountry, year: number) =>
  Array.from({ length: 366 }, (_, nth) =>
    new Date(Date.UTC(year, 0, 1 + nth)).toISOString().slice(0, 10),
  ).filter((day) => day.startsWith(String(year)) && isHoliday(country, day));

/** As the CNBV and the Diario Oficial of Chile published them. */
describe('days on which banks are closed', () => {
  it('in Mexico in 2024, with a new president, and in 2026', () => {
    expect(holidaysOf('MX', 2024)).toEqual(
      (
        '2024-01-01 2024-02-05 2024-03-18 2024-03-28 2024-03-29 2024-05-01 2024-09-16 2024-10-01 ' +
        '2024-11-02 2024-11-18 2024-12-12 2024-12-25'
      ).split(' '),
    );
    expect(holidaysOf('MX', 2026)).toEqual(
      (
        '2026-01-01 2026-02-02 2026-03-16 2026-04-02 2026-04-03 2026-05-01 2026-09-16 2026-11-02 ' +
        '2026-11-16 2026-12-12 2026-12-25'
      ).split(' '),
    );
  });

  it('in Chile in 2025 and 2026', () => {
    expect(holidaysOf('CL', 2025)).toEqual(
      (
        '2025-01-01 2025-04-18 2025-04-19 2025-05-01 2025-05-21 2025-06-20 2025-06-29 2025-07-16 2025-08-15 ' +
        '2025-09-18 2025-09-19 2025-10-12 2025-10-31 2025-11-01 2025-12-08 2025-12-25 2025-12-31'
      ).split(' '),
    );
    expect(holidaysOf('CL', 2026)).toEqual(
      (
        '2026-01-01 2026-04-03 2026-04-04 2026-05-01 2026-05-21 2026-06-21 2026-06-29 2026-07-16 2026-08-15 ' +
        '2026-09-18 2026-09-19 2026-10-12 2026-10-31 2026-11-01 2026-12-08 2026-12-25 2026-12-31'
      ).split(' '),
    );
  });

  it('in Chile where a law moves or bridges them', () => {
    for (const day of [
      '2023-01-02',
      '2023-06-26',
      '2023-10-09',
      '2023-10-27',
      '2024-09-20',
      '2021-09-17',
      '2022-06-27',
    ])
      expect(isHoliday('CL', day), day).toBe(true);
    for (const day of ['2023-06-29', '2023-10-12', '2023-10-31'])
      expect(isHoliday('CL', day), day).toBe(false);
  });
});
