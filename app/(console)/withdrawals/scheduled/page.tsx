import { CalendarClock } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { readSchedules } from '~/app/(console)/withdrawals/scheduled/params';
import { ScheduleTable } from '~/app/(console)/withdrawals/scheduled/schedule-table';
import { WithdrawalTabs } from '~/app/(console)/withdrawals/withdrawal-tabs';
import { WithdrawalsHeader } from '~/app/(console)/withdrawals/withdrawals-header';
import { EmptyState } from '~/components/list/empty-state';
import { FilterBar } from '~/components/list/filter-bar';
import { Pager } from '~/components/list/pager';
import { listAsRead } from '~/components/list/read-address';
import { Live } from '~/components/live/live';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { followed } from '~/lib/live';
import { can } from '~/lib/roles';
import { listSchedules, SCHEDULE_EVERY, SCHEDULE_STATES } from '~/lib/schedules/read';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('schedules'))('title') };
}

/** Withdrawals that are planned, and what became of the last day of each. `?wallet=<id>` narrows it to one wallet's. */
export default async function SchedulesPage({ searchParams }: PageProps<'/withdrawals/scheduled'>) {
  const operator = await requireOperator('console:read');
  const read = readSchedules(await searchParams);
  const live = await followed('schedules');
  const [t, states, { items, nextCursor }] = await Promise.all([
    getTranslations('schedules'),
    getTranslations('status.schedule'),
    listAsRead(read, (filter) => listSchedules(operator, filter)),
  ]);
  return (
    <>
      <WithdrawalsHeader role={operator.role} list="withdrawals-scheduled" />
      <WithdrawalTabs />
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-2xl text-muted-foreground text-sm">{t('description')}</p>
        {can(operator.role, 'withdrawals:request') ? (
          <Button asChild>
            <Link href="/withdrawals/scheduled/new">{t('new.action')}</Link>
          </Button>
        ) : null}
      </div>
      <FilterBar
        search={t('search')}
        read={read}
        filters={[
          {
            kind: 'select',
            name: 'state',
            label: t('columns.status'),
            options: SCHEDULE_STATES.map((value) => ({ value, label: states(value) })),
          },
          {
            kind: 'select',
            name: 'every',
            label: t('columns.every'),
            options: SCHEDULE_EVERY.map((value) => ({ value, label: t(`every.${value}`) })),
          },
        ]}
      />
      <ScheduleTable
        schedules={items}
        filtered={read.filtered}
        role={operator.role}
        empty={
          <EmptyState icon={CalendarClock} title={t('empty.title')} description={t('empty.description')} />
        }
      />
      <Pager nextCursor={nextCursor} count={items.length} />
      <Live {...live} />
    </>
  );
}
