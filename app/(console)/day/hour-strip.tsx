import { useFormatter, useTranslations } from 'next-intl';
import { type DayLook, linesHref } from '~/app/(console)/day/params';
import { Section } from '~/components/layout/section';
import { HeatStrip } from '~/components/money/heat-strip';
import { TwinTable } from '~/components/money/twin-table';
import { Card } from '~/components/ui/card';
import { Link } from '~/components/ui/link';
import { TableCell, TableRow } from '~/components/ui/table';
import { known } from '~/components/ui/to';
import type { DayHour } from '~/lib/books/day';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** At which hours of which days of the week money moves, by how many payments; and the same to read and follow. */
export function HourStrip({ hours, look }: { hours: readonly DayHour[]; look: DayLook }) {
  const t = useTranslations('day.hours');
  const { weekday, time } = useHourWords();
  const of = new Map(hours.map((each) => [each.weekday * 24 + each.hour, each]));
  const countOf = (day: number, hour: number) => {
    const found = of.get(day * 24 + hour);
    return found ? found.in.entries + found.out.entries : 0;
  };
  const days = WEEKDAYS.filter((day) => hours.some((each) => each.weekday === day));
  return (
    <Section title={t('title')} description={t('description')} flush>
      <Card className="overflow-hidden">
        <div className="p-4 sm:p-5">
          {days.length === 0 ? (
            <p className="text-muted-foreground text-sm">{t('nothing')}</p>
          ) : (
            <HeatStrip
              label={t('label')}
              columns={HOURS.map((hour) => (hour % 6 === 0 ? time(hour) : ''))}
              rows={days.map((day) => ({
                key: String(day),
                label: weekday(day, 'short'),
                cells: HOURS.map((hour) => ({
                  value: countOf(day, hour),
                  label: t('cell', {
                    ...{ day: weekday(day, 'long'), hour: time(hour), count: countOf(day, hour) },
                  }),
                })),
              }))}
            />
          )}
        </div>
        <TwinTable label={t('asTable')} heads={[t('when'), t('in'), t('out')]} empty={t('nothing')}>
          {hours.map((each) => (
            <TableRow key={`${each.weekday} ${each.hour}`}>
              <TableCell className="pl-4">
                {weekday(each.weekday, 'long')}, {time(each.hour)}
              </TableCell>
              <Linked hour={each} look={look} side="in" />
              <Linked hour={each} look={look} side="out" />
            </TableRow>
          ))}
        </TwinTable>
      </Card>
    </Section>
  );
}

function Linked({ hour, look, side }: { hour: DayHour; look: DayLook; side: 'in' | 'out' }) {
  const formatter = useFormatter();
  const { entries } = hour[side];
  return (
    <TableCell className="text-right tabular-nums last:pr-4">
      {entries === 0 ? (
        <span className="text-muted-foreground">—</span>
      ) : (
        <Link
          href={known(linesHref(look, look, side, { weekday: hour.weekday, hour: hour.hour }))}
          className="rounded-sm hover:text-link hover:underline max-sm:py-2"
        >
          {formatter.number(entries)}
        </Link>
      )}
    </TableCell>
  );
}

/** Days of the week and hours in the reader's words. */
export function useHourWords() {
  const formatter = useFormatter();
  return {
    // The 1st of January 2024 was a Monday.
    weekday: (day: number, length: 'short' | 'long') =>
      formatter.dateTime(new Date(Date.UTC(2024, 0, day)), { weekday: length, timeZone: 'UTC' }),
    time: (hour: number) => `${String(hour).padStart(2, '0')}:00`,
  };
}
