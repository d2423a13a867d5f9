import { CircleCheck, Plus, Scale } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { AdjustmentFilters } from '~/app/(console)/adjustments/adjustment-filters';
import { AdjustmentTable } from '~/app/(console)/adjustments/adjustment-table';
import { ADJUSTMENT_STATUSES, readAdjustments } from '~/app/(console)/adjustments/params';
import { PageHeader } from '~/components/layout/page-header';
import { ToApprovals } from '~/components/layout/to-approvals';
import { EmptyState } from '~/components/list/empty-state';
import { ExportMenu } from '~/components/list/export-menu';
import { Pager } from '~/components/list/pager';
import { listAsRead } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { TabLinks } from '~/components/list/tab-links';
import { Live } from '~/components/live/live';
import { AmountTotals } from '~/components/money/approval-totals';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { adjustmentTotals, listAdjustments } from '~/lib/adjustments/read';
import { followed } from '~/lib/live';
import { can } from '~/lib/roles';
import type { Operator } from '~/lib/session';

type AdjustmentListProps = { view: 'waiting' | 'all'; params: SearchParams; operator: Operator };

/** Adjustments that wait for a second person, longest waiting first; or all, newest first. */
export async function AdjustmentList({ view, params, operator }: AdjustmentListProps) {
  const live = await followed('adjustments');
  const statuses = view === 'waiting' ? (['awaiting_approval'] as const) : ADJUSTMENT_STATUSES;
  const read = readAdjustments(params, statuses, operator.timeZone);
  const [t, totals, { items, nextCursor }] = await Promise.all([
    getTranslations('adjustments'),
    adjustmentTotals(),
    listAsRead(read, (filter) => listAdjustments(operator, { ...filter, oldestFirst: view === 'waiting' })),
  ]);
  const waiting = totals.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <>
            <ExportMenu
              list={view === 'waiting' ? 'adjustments-waiting' : 'adjustments'}
              role={operator.role}
            />
            {can(operator.role, 'adjustments:request') ? (
              <Button asChild variant="primary">
                <Link href="/adjustments/new">
                  <Plus aria-hidden />
                  {t('new.action')}
                </Link>
              </Button>
            ) : null}
          </>
        }
      />
      <Views waiting={waiting} />
      {view === 'waiting' && items.length > 0 ? <ToApprovals of="adjustments" role={operator.role} /> : null}
      <AdjustmentFilters params={params} read={read} statuses={statuses} />
      {view === 'waiting' && items.length > 0 ? (
        <p className="mb-3 flex flex-wrap gap-x-2 text-muted-foreground text-sm">
          {t('waiting', { count: waiting })}
          <AmountTotals of={totals} />
        </p>
      ) : null}
      <AdjustmentTable
        adjustments={items}
        filtered={read.filtered}
        empty={
          <EmptyState
            icon={view === 'waiting' ? CircleCheck : Scale}
            title={t(`empty.${view}.title`)}
            description={t(`empty.${view}.description`)}
          />
        }
      />
      <Pager
        nextCursor={nextCursor}
        count={items.length}
        totals={
          read.filtered ? { list: view === 'waiting' ? 'adjustments-waiting' : 'adjustments' } : undefined
        }
      />
      <Live {...live} />
    </>
  );
}

async function Views({ waiting }: { waiting: number }) {
  const t = await getTranslations('adjustments');
  return (
    <TabLinks
      label={t('title')}
      tabs={[
        {
          href: '/adjustments',
          label: (
            <>
              {t('tabs.waiting')}{' '}
              {waiting > 0 ? (
                <span className="rounded-md bg-warning-soft px-1.5 text-warning text-xs tabular-nums">
                  {waiting}
                </span>
              ) : null}
            </>
          ),
        },
        { href: '/adjustments/all', label: t('tabs.all') },
      ]}
    />
  );
}
