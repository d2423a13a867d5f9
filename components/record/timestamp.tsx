import { useFormatter, useTimeZone } from 'next-intl';
import { cn } from '~/components/ui/cn';
import { MOMENT } from '~/components/words/moment';

const FORMATS = {
  /** 21 nov 2026, 12:04 */
  datetime: MOMENT,
  /** 21 nov 2026, 12:04:05 */
  seconds: { ...MOMENT, second: '2-digit' },
  /** 21 nov 2026 */
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  /** 21 nov */
  day: { day: 'numeric', month: 'short' },
  /** 12:04 */
  clock: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  /** 12:04:05 */
  time: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
} as const;

type TimestampProps = { at: Date | string; format?: keyof typeof FORMATS; className?: string };

/** A moment in the operator's time zone. The title says it in full, with the zone. */
export function Timestamp({ at, format = 'datetime', className }: TimestampProps) {
  const formatter = useFormatter();
  const zone = useTimeZone();
  const moment = typeof at === 'string' ? new Date(at) : at;
  const full = formatter.dateTime(moment, { ...FORMATS.seconds, timeZoneName: 'short' } as const);
  return (
    <time
      dateTime={moment.toISOString()}
      title={`${full} · ${zone}`}
      className={cn('whitespace-nowrap tabular-nums', className)}
      // Node's and the browser's calendars differ in abbreviations now and then.
      suppressHydrationWarning
    >
      {formatter.dateTime(moment, FORMATS[format])}
    </time>
  );
}
