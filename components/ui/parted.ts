const PARTED = /[\t\n\v\f\r\u0085\u2028\u2029]/;
const BREAKS = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/g;
const TABS = /\t/g;

/**
 * What is pasted or dropped, with what parts cells made seen; null where nothing does. A browser makes one line of it, so
 * that two cells of a column would look like one number.
 */
export function partedText(data: Pick<DataTransfer, 'getData'>): string | null {
  const text = data.getData('text/plain').trim();
  return PARTED.test(text) ? text.replace(BREAKS, '↵').replace(TABS, '⇥') : null;
}
