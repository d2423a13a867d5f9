import { useFormatter } from 'next-intl';
import { Timestamp } from '~/components/record/timestamp';
import { cn } from '~/components/ui/cn';

/** When we last heard of a record, for lists: the time of today, else the day. */
export function SyncedAt({ at, className }: { at: Date; className?: string }) {
  const formatter = useFormatter();
  const dayOf = (moment: Date) => formatter.dateTime(moment, { dateStyle: 'short' });
  const format = dayOf(at) === dayOf(new Date()) ? 'clock' : 'day';
  return <Timestamp at={at} format={format} className={cn('text-muted-foreground text-xs', className)} />;
}
