/** How a moment is written where a sentence names it: 21 nov 2026, 12:04. On a day of 24 hours, as everywhere. */
export const MOMENT = {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const;
