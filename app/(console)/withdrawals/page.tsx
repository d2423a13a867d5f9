import { CircleCheck } from 'lucide-react';
import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { ApprovalInbox, type WaitingWithdrawal } from '~/app/(console)/withdrawals/approval-inbox';
import { AmountTotals } from '~/app/(console)/withdrawals/approval-totals';
import { readWithdrawals } from '~/app/(console)/withdrawals/params';
import { WithdrawalFilters } from '~/app/(console)/withdrawals/withdrawal-filters';
import { WithdrawalTabs } from '~/app/(console)/withdrawals/withdrawal-tabs';
import { WithdrawalsHeader } from '~/app/(console)/withdrawals/withdrawals-header';
import { EmptyState } from '~/components/empty-state';
import { Live } from '~/components/live';
import { Pager } from '~/components/pager';
import { listAsRead } from '~/components/read-address';
import { type SearchParams, textParam } from '~/components/search-params';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Card } from '~/components/ui/card';
import { Link } from '~/components/ui/link';
import { maskClabe } from '~/lib/clabe';
import { liveToken } from '~/lib/live';
import { can } from '~/lib/roles';
import { type Operator, requireOperator } from '~/lib/session';
import { adjustmentTotals } from '~/lib/transfers/adjustments-read';
import { type AssetTotal, approvalEnds, approvalTotals } from '~/lib/transfers/inbox';
import { listWithdrawals } from '~/lib/transfers/read';

const STATUSES = ['awaiting_approval'] as const;
/** A morning's worth on one page: what is approved together is chosen together. */
const INBOX_SIZE = 200;
const EXPIRES_SOON_MS = 24 * 3_600_000;

export async function generateMetadata() {
  return { title: (await getTranslations('withdrawals'))('title') };
}

export default async function WithdrawalsPage({ searchParams }: PageProps<'/withdrawals'>) {
  const operator = await requireOperator('console:read');
  const params = await searchParams;
  sendStatusesToAll(params);
  const read = readWithdrawals(params, STATUSES, operator.timeZone);
  const token = await liveToken('withdrawals');
  const [t, totals, adjustments, { items, nextCursor }] = await Promise.all([
    getTranslations('withdrawals'),
    approvalTotals(),
    adjustmentTotals(),
    listAsRead(read, (filter) =>
      listWithdrawals({
        ...filter,
        wholeOnly: !can(operator.role, 'people:read'),
        oldestFirst: true,
        size: INBOX_SIZE,
      }),
    ),
  ]);
  const { filtered } = read;
  return (
    <>
      <WithdrawalsHeader role={operator.role} list="withdrawals-waiting" />
      <WithdrawalTabs />
      <AlsoWaiting adjustments={adjustments} />
      <WithdrawalFilters params={params} read={read} statuses={STATUSES} />
      {items.length > 0 ? (
        <>
          <p className="mb-3 flex flex-wrap gap-x-2 text-muted-foreground text-sm">
            {t('waiting', { count: totals.reduce((sum, { count }) => sum + count, 0) })}
            <AmountTotals of={totals} />
          </p>
          <ApprovalInbox
            withdrawals={items.map((item) => waiting(item, operator))}
            canApprove={can(operator.role, 'withdrawals:approve')}
          />
        </>
      ) : (
        <Card>
          <EmptyState
            icon={CircleCheck}
            title={filtered ? t('empty.filtered.title') : t('empty.approval.title')}
            description={filtered ? t('empty.filtered.description') : t('empty.approval.description')}
          />
        </Card>
      )}
      <Pager nextCursor={nextCursor} count={items.length} />
      <Live topic="withdrawals" {...(token === null ? {} : { token })} />
    </>
  );
}

/** Whoever comes to approve finds the adjustments too. */
function AlsoWaiting({ adjustments }: { adjustments: readonly AssetTotal[] }) {
  const t = useTranslations('withdrawals.approve');
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

type Item = Awaited<ReturnType<typeof listWithdrawals>>['items'][number];

/** What a row shows, and no more: it goes to the browser. */
function waiting(item: Item, operator: Operator): WaitingWithdrawal {
  const ends = approvalEnds(item);
  return {
    id: item.id,
    createdAt: item.createdAt,
    expiresAt: ends.getTime() - Date.now() < EXPIRES_SOON_MS ? ends : null,
    amount: item.amount,
    asset: item.asset,
    wallet: {
      id: item.wallet.id,
      name: item.wallet.name,
      houseRole: item.wallet.houseRole,
      customer: item.wallet.customer?.name ?? null,
    },
    beneficiaryName: item.beneficiaryName,
    beneficiaryNumber: can(operator.role, 'people:read')
      ? item.beneficiaryNumber
      : maskClabe(item.beneficiaryNumber),
    beneficiaryBank: item.beneficiaryBank,
    comment: item.comment,
    requestedBy: item.requestedBy,
    own: item.requestedById === operator.id,
    firstSeen: item.firstSeen,
    approvalReason: item.approvalReason,
  };
}
