/** Where our operators sit, north to south; offered before all the others. */
const COMMON = [
  'America/Mexico_City',
  'America/Tijuana',
  'America/Hermosillo',
  'America/Cancun',
  'America/Santiago',
  'America/Punta_Arenas',
  'UTC',
];

/** Every zone that one can choose, the common ones first; also the one that is set, whatever it is. */
export function timeZones(current: string): string[] {
  const known = [...COMMON, ...Intl.supportedValuesOf('timeZone').filter((zone) => !COMMON.includes(zone))];
  return known.includes(current) ? known : [current, ...known];
}

/** Whether this is the name of a zone that times can be shown in. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    // An offset such as +05:30 passes for a zone, and knows no summer time.
    return name.length <= 64 && /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
