import { describe, expect, it } from 'vitest';
import { isTimeZone, timeZones } from '~/lib/time-zones';

describe('time zones', () => {
  it('are all real, none twice, the Mexican default first', () => {
    const zones = timeZones('America/Mexico_City');
    expect(zones[0]).toBe('America/Mexico_City');
    expect(new Set(zones).size).toBe(zones.length);
    expect(zones.filter((zone) => !isTimeZone(zone))).toEqual([]);
  });

  it('include the one that is set, even when this runtime would not list it', () => {
    expect(timeZones('Etc/GMT+6')).toContain('Etc/GMT+6');
  });

  it('are not taken from whoever makes one up', () => {
    for (const name of ['', 'Mars/Olympus', '+05:30', 'America', `Etc/${'A'.repeat(80)}`])
      expect(isTimeZone(name)).toBe(false);
  });
});
