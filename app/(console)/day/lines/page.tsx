import { ArrowLeftRight } from 'lucide-react';
import { getFormatter, getTranslations } from 'next-intl/server';
import { useHourWords } from '~/app/(console)/day/hour-strip';
import { DayTable } from '~/app/(console)/day/lines/day-table';
import { dayQuery, readDayLines } from '~/app/(console)/day/params';
import { PageHeader } from '~/components/layout/page-header';
import { EmptyState } from '~/components/list/empty-state';
import { ExportMenu } from '~/components/list/export-menu';
import { FilterBar } from '~/components/list/filter-bar';
import { Pager } from '~/components/list/pager';
import { listAsRead } from '~/components/list/read-address';
import { Live } from '~/components/live/live';
import { Money } from '~/components/money/money';
import { known } from '~/components/ui/to';
import { getAccountWord } from '~/components/words/get-account-word';
import { listDayAccounts } from '~/lib/books/day';
import { listDayLines } from '~/lib/books/day-lines';
import { sumFlowEntries } from '~/lib/ledger/flow-entries';
import { followed } from '~/lib/live';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('day'))('lines.title') };
}

/** The entries that a number of the day is the sum of. */
export default async function DayLinesPage({ searchParams }: PageProps<'/day/lines'>) {
  const operator = await requireOperator('console:read');
  const { look, until, ...read } = readDayLines(await searchParams, new Date());
  const { filter } = read;
  const { asset, accountId } = look;
  const live = await followed('movements');
  const isRead = read.unreadable.length === 0;
  const [t, accountWord, sum, { items, nextCursor }, accounts] = await Promise.all([
    getTranslations('day'),
    getAccountWord(),
    isRead ? sumFlowEntries(filter) : { amount: 0n, entries: 0 },
    listAsRead(read, (asked) => listDayLines(operator, asked)),
    accountId ? listDayAccounts(operator, asset, accountId) : [],
  ]);
  const account = accounts.find(({ id }) => id === accountId);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t('title'), href: known(`/day?${dayQuery(look, look)}`) }]}
        actions={<ExportMenu list="day-lines" role={operator.role} />}
        here={t(`figures.${filter.figure}`)}
        title={
          <span className="flex flex-wrap items-baseline gap-x-3">
            {t(`figures.${filter.figure}`)}
            <Money amount={sum.amount} asset={asset} size="lg" />
          </span>
        }
        description={
          <When
            count={sum.entries}
            look={look}
            filter={filter}
            until={until}
            account={account ? accountWord(account) : null}
          />
        }
      />
      <FilterBar read={read} />
      <DayTable
        lines={items}
        asset={asset}
        empty={<EmptyState icon={ArrowLeftRight} title={t('lines.empty')} />}
      />
      <Pager nextCursor={nextCursor} count={items.length} />
      <Live {...live} />
    </>
  );
}

type WhenProps = Pick<ReturnType<typeof readDayLines>, 'look' | 'filter' | 'until'> & {
  count: number;
  account: string | null;
};

/** Of which days, at what hour, up to when, and how many. */
async function When({ count, look, filter, until, account }: WhenProps) {
  const [t, formatter] = await Promise.all([getTranslations('day.lines'), getFormatter()]);
  const day = (text: string) =>
    formatter.dateTime(new Date(`${text}T00:00:00Z`), {
      ...{ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' },
    });
  const { from, to, timeZone } = look;
  return (
    <>
      {t('count', { count })}
      {' · '}
      {from === to ? day(from) : t('range', { from: day(from), to: day(to) })}
      {until
        ? ` · ${t('until', { at: formatter.dateTime(until, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }) })}`
        : null}
      <Hour weekday={filter.weekday} hour={filter.hour} />
      {account ? ` · ${account}` : null}
    </>
  );
}

function Hour({ weekday, hour }: { weekday: number | undefined; hour: number | undefined }) {
  const words = useHourWords();
  return [
    ...(weekday === undefined ? [] : [words.weekday(weekday, 'long')]),
    ...(hour === undefined ? [] : [words.time(hour)]),
  ].map((word) => ` · ${word}`);
}
