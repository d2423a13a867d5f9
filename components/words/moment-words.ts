import { useFormatter } from 'next-intl';
import { isDay, isMinute } from '~/components/list/search-params';

type Formatter = ReturnType<typeof useFormatter>;
export type MomentWords = (moment: string | undefined) => string | null;

/** A moment of the address as people write it: a day, or a minute; null for what is none. */
export function useMomentWords(): MomentWords {
  return momentWords(useFormatter());
}

export function momentWords(formatter: Formatter): MomentWords {
  return (moment = '') => {
    const whole = isDay(moment);
    if (!whole && !isMinute(moment)) return null;
    // A calendar has no zone; UTC on both sides keeps it from shifting.
    return formatter.dateTime(new Date(`${moment}${whole ? 'T00:00' : ''}:00Z`), {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      ...(whole ? {} : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
      timeZone: 'UTC',
    });
  };
}
