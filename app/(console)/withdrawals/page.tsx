import { CircleCheck } from 'lucide-react';
import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { ApprovalInbox } from '~/app/(console)/withdrawals/approval-inbox';
import { INBOX_STATUSES, readInbox, waitingItem } from '~/app/(console)/withdrawals/approval-items';
import { WithdrawalFilters } from '~/app/(console)/withdrawals/withdrawal-filters';
import { WithdrawalTabs } from '~/app/(console)/withdrawals/withdrawal-tabs';
import { WithdrawalsHeader } from '~/app/(console)/withdrawals/withdrawals-header';
import { AmountTotals } from '~/components/approval-totals';
import { EmptyState } from '~/components/empty-state';
import { Live } from '~/components/live';
import { Pager } from '~/components/pager';
import { listAsRead } from '~/components/read-address';
import { type SearchParams, textParam } from '~/components/search-params';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Card } from '~/components/ui/card';
import { Link } from '~/components/ui/link';
import { adjustmentTotals } from '~/lib/adjustments/read';
import { ACTIONS } from '~/lib/approvals/actions';
import { liveToken } from '~/lib/live';
import { can } from '~/lib/roles';
import type { AssetTotal } from '~/lib/search/money';
import { requireOperator } from '~/lib/session';
import { awaitingTotals, listAwaiting, recentDecisions } from '~/lib/withdrawals/approvals';

/** A morning's worth on one page: what is approved together is chosen together. */
const INBOX_SIZE = 200;
const NONE = { totals: [], decidable: 0 };

export async function generateMetadata() {
  return { title: (await getTranslations('withdrawals'))('title') };
}

export default async function WithdrawalsPage({ searchParams }: PageProps<'/withdrawals'>) {
  const operator = await requireOperator('console:read');
  const params = await searchParams;
  sendStatusesToAll(params);
  const read = readInbox(params, operator);
  const token = await liveToken('withdrawals');
  const [{ totals, decidable }, adjustments, { items, nextCursor }, decisions] = await Promise.all([
    read.unreadable.length > 0 ? NONE : awaitingTotals(read.filter, operator.id),
    adjustmentTotals(),
    listAsRead(read, (filter) => listAwaiting({ ...filter, size: INBOX_SIZE })),
    recentDecisions(),
  ]);
  const { filtered } = read;
  return (
    <>
      <WithdrawalsHeader role={operator.role} list="withdrawals-waiting" />
      <WithdrawalTabs />
      <AlsoWaiting adjustments={adjustments} />
      <WithdrawalFilters params={params} read={read} statuses={INBOX_STATUSES} />
      <ApprovalInbox
        key={viewOf(params)}
        page={read.cursor ?? ''}
        withdrawals={items.map((item) => waitingItem(item, operator))}
        filtered={filtered}
        decidable={decidable}
        decisions={decisions}
        now={new Date()}
        canApprove={can(operator.role, 'withdrawals:approve')}
        summary={<Summary totals={totals} filtered={filtered} />}
        empty={<Empty filtered={filtered} />}
      />
      <Pager nextCursor={nextCursor} count={items.length} />
      <Live topic="withdrawals" {...(token === null ? {} : { token })} />
    </>
  );
}

/** Another filter is another list: what was chosen in the one is not carried unseen into the other. */
function viewOf(params: SearchParams): string {
  const { cursor: _page, trail: _way, ...filters } = params;
  return JSON.stringify(Object.entries(filters).sort());
}

function Summary({ totals, filtered }: { totals: readonly AssetTotal[]; filtered: boolean }) {
  const t = useTranslations('approvals');
  const count = totals.reduce((sum, total) => sum + total.count, 0);
  return (
    <p className="flex flex-wrap gap-x-2 text-muted-foreground text-sm">
      {t(filtered ? 'waitingFiltered' : 'waiting', { count })}
      <AmountTotals of={totals} />
      <span>{t('expiry', { days: ACTIONS['withdrawal.pay'].waitsDays })}</span>
    </p>
  );
}

function Empty({ filtered }: { filtered: boolean }) {
  const t = useTranslations('withdrawals.empty');
  return (
    <Card>
      <EmptyState
        icon={CircleCheck}
        title={filtered ? t('filtered.title') : t('approval.title')}
        description={filtered ? t('filtered.description') : t('approval.description')}
      />
    </Card>
  );
}

/** Whoever comes to approve finds the adjustments too. */
function AlsoWaiting({ adjustments }: { adjustments: readonly AssetTotal[] }) {
  const t = useTranslations('approvals');
  if (adjustments.length === 0) return null;
  return (
    <Alert
      tone="warning"
      className="mb-4"
      action={
        <Button asChild size="sm">
          <Link href={'/adjustments' as Route}>{t('toAdjustments')}</Link>
        </Button>
      }
    >
      <span className="flex flex-wrap gap-x-2">
        {t('alsoAdjustments', { count: adjustments.reduce((sum, { count }) => sum + count, 0) })}
        <AmountTotals of={adjustments} />
      </span>
    </Alert>
  );
}

/** A link may ask for other states: they are listed elsewhere. */
function sendStatusesToAll(params: SearchParams): void {
  const status = textParam(params, 'status');
  if (status && status !== 'awaiting_approval')
    redirect(`/withdrawals/all?status=${encodeURIComponent(status)}`);
}
