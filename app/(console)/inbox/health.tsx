import type { Route } from 'next';
import { useFormatter, useTranslations } from 'next-intl';
import { type Bar, Bars } from '~/components/money/bars';
import { Card } from '~/components/ui/card';
import { cn } from '~/components/ui/cn';
import { Link } from '~/components/ui/link';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '~/components/ui/table';
import { known } from '~/components/ui/to';
import { HEALTH_VIEWS, type HealthBucket, type HealthView } from '~/lib/inbox/health';

type Series = {
  key: 'received' | 'duplicates' | 'late' | 'recovered' | 'dead';
  tone: 'primary' | 'neutral' | 'warning' | 'info' | 'danger';
  /** The list behind the number. */
  list: string;
};

const SERIES: readonly Series[] = [
  { key: 'received', tone: 'primary', list: '/inbox?origin=webhook' },
  { key: 'duplicates', tone: 'neutral', list: '/inbox?mark=duplicated' },
  { key: 'late', tone: 'warning', list: '/inbox?mark=late' },
  { key: 'recovered', tone: 'info', list: '/inbox?origin=poll' },
  { key: 'dead', tone: 'danger', list: '/inbox?state=dead' },
];

type HealthProps = {
  view: HealthView;
  buckets: readonly HealthBucket[];
  hrefOf: (view: HealthView) => Route;
};

/** How deliveries fare: what came, twice, late, not at all, and to a stop. */
export function Health({ view, buckets, hrefOf }: HealthProps) {
  const t = useTranslations('inbox.health');
  return (
    <section aria-label={t('title')} className="mb-6">
      <Card className="overflow-hidden">
        <div className="flex flex-wrap items-center justify-between gap-2 border-b px-4 py-2">
          <h2 className="font-medium text-sm">{t('title')}</h2>
          <nav aria-label={t('period')} className="flex gap-1">
            {HEALTH_VIEWS.map((each) => (
              <Link
                key={each}
                href={hrefOf(each)}
                scroll={false}
                aria-current={each === view ? 'true' : undefined}
                className="rounded-md px-2 py-1 text-muted-foreground text-xs hover:bg-accent hover:text-foreground aria-[current]:bg-accent aria-[current]:font-medium aria-[current]:text-foreground max-sm:py-2.5"
              >
                {t(`views.${each}`)}
              </Link>
            ))}
          </nav>
        </div>
        <dl className="-mr-px -mb-px grid grid-cols-2 sm:grid-cols-3 lg:grid-cols-5">
          {SERIES.map((series) => (
            <SeriesCell key={series.key} series={series} view={view} buckets={buckets} />
          ))}
        </dl>
        <HealthTable view={view} buckets={buckets} />
      </Card>
    </section>
  );
}

function SeriesCell({
  series,
  view,
  buckets,
}: {
  series: Series;
  view: HealthView;
  buckets: readonly HealthBucket[];
}) {
  const t = useTranslations('inbox.health');
  const formatter = useFormatter();
  const moment = useMoment(view);
  const { key, tone, list } = series;
  const total = buckets.reduce((sum, bucket) => sum + bucket[key], 0);
  const days = `from=${buckets[0]?.day}&to=${buckets.at(-1)?.day}`;
  const bars = buckets.map(
    (bucket): Bar => ({
      key: bucket.start.toISOString(),
      value: bucket[key],
      label: `${moment(bucket)} · ${formatter.number(bucket[key])}`,
    }),
  );
  return (
    <div
      className={cn(
        'relative grid content-start gap-1 border-r border-b px-4 py-3 transition-colors hover:bg-muted/50',
        key === 'received' && 'max-lg:col-span-2 sm:max-lg:col-span-2',
      )}
    >
      <dt className="text-muted-foreground text-xs">
        <Link href={known(`${list}&${days}`)} className="rounded-sm after:absolute after:inset-0">
          {t(`series.${key}`)}
        </Link>
      </dt>
      <dd className="grid gap-2">
        <span className={cn('font-semibold text-lg tabular-nums', total === 0 && 'text-muted-foreground')}>
          {formatter.number(total)}
        </span>
        <Bars bars={bars} tone={tone} label={t('chart', { series: t(`series.${key}`), total, view })} />
      </dd>
    </div>
  );
}

/** The same numbers to read. Rows in which nothing happened are left out. */
function HealthTable({ view, buckets }: { view: HealthView; buckets: readonly HealthBucket[] }) {
  const t = useTranslations('inbox.health');
  const formatter = useFormatter();
  const moment = useMoment(view);
  const rows = buckets.filter((bucket) => SERIES.some(({ key }) => bucket[key] > 0)).reverse();
  return (
    <details className="border-t">
      <summary className="w-fit px-4 py-2 text-muted-foreground text-xs hover:text-foreground max-sm:py-3.5">
        {t('asTable')}
      </summary>
      <section
        aria-label={t('asTable')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus, or keys can't scroll it.
        tabIndex={0}
        className="max-h-80 overflow-auto border-t"
      >
        <Table aria-label={t('title')}>
          <TableHead>
            <TableRow>
              <TableHeader className="pl-4">{t(`moment.${view}`)}</TableHeader>
              {SERIES.map(({ key }) => (
                <TableHeader key={key} className="text-right last:pr-4">
                  {t(`series.${key}`)}
                </TableHeader>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map((bucket) => (
              <TableRow key={bucket.start.toISOString()}>
                <TableCell className="pl-4 tabular-nums">{moment(bucket)}</TableCell>
                {SERIES.map(({ key }) => (
                  <TableCell key={key} className="text-right tabular-nums last:pr-4">
                    {formatter.number(bucket[key])}
                  </TableCell>
                ))}
              </TableRow>
            ))}
            {rows.length === 0 ? (
              <TableRow>
                <TableCell colSpan={SERIES.length + 1} className="pl-4 text-muted-foreground">
                  {t('nothing')}
                </TableCell>
              </TableRow>
            ) : null}
          </TableBody>
        </Table>
      </section>
    </details>
  );
}

function useMoment(view: HealthView): (bucket: HealthBucket) => string {
  const formatter = useFormatter();
  return ({ start }) =>
    formatter.dateTime(
      start,
      view === 'hours'
        ? { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
        : { day: 'numeric', month: 'short' },
    );
}
