import { useTranslations } from 'next-intl';
import { Timestamp } from '~/components/record/timestamp';

/** Webhooks take seconds; what is known later than this after it happened deserves a word. */
export const LATE_AFTER_MS = 60_000;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

type Booked = { id: bigint; effectiveAt: Date; postedAt: Date };
type BookedTimeProps = { effectiveAt: Date; postedAt: Date; seconds: boolean; late: boolean };
export type BookedTimes = (row: Booked) => BookedTimeProps;

/**
 * How the times of a list are told, the latest first: to the second where rows share a minute, and with the moment of
 * booking where that was later than it happened, or where the order of booking is not that of happening.
 */
export function bookedTimes(rows: readonly Booked[]): BookedTimes {
  const inMinute = new Map<number, number>();
  for (const { effectiveAt } of rows)
    inMinute.set(minuteOf(effectiveAt), (inMinute.get(minuteOf(effectiveAt)) ?? 0) + 1);
  const overtaken = new Set(
    rows
      .filter(({ effectiveAt }, at) => effectiveAt < (rows[at + 1]?.effectiveAt ?? effectiveAt))
      .map(({ id }) => id),
  );
  return ({ id, effectiveAt, postedAt }) => {
    const late = overtaken.has(id) || postedAt.getTime() - effectiveAt.getTime() > LATE_AFTER_MS;
    return { effectiveAt, postedAt, late, seconds: (inMinute.get(minuteOf(effectiveAt)) ?? 0) > 1 };
  };
}

function minuteOf(at: Date): number {
  return Math.floor(at.getTime() / MINUTE_MS);
}

/** When something happened at the bank, and, where that says too little of its place in the list, when it was booked. */
export function BookedTime({ effectiveAt, postedAt, seconds, late }: BookedTimeProps) {
  const t = useTranslations('common');
  if (!late) return <Timestamp at={effectiveAt} format={seconds ? 'seconds' : 'datetime'} />;
  // Booked within the day: the hour says enough.
  const sameDay = Math.abs(postedAt.getTime() - effectiveAt.getTime()) < DAY_MS / 2;
  return (
    <span className="grid leading-tight">
      <Timestamp at={effectiveAt} format="seconds" />
      <span className="font-normal text-muted-foreground text-xs">
        {t.rich('booked', { at: () => <Timestamp at={postedAt} format={sameDay ? 'time' : 'seconds'} /> })}
      </span>
    </span>
  );
}
