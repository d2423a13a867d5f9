import { ArrowUpFromLine } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { readWithdrawals, type WithdrawalStatusName } from '~/app/(console)/withdrawals/params';
import { WithdrawalSelection } from '~/app/(console)/withdrawals/selection';
import { WithdrawalFilters } from '~/app/(console)/withdrawals/withdrawal-filters';
import { WithdrawalPeek } from '~/app/(console)/withdrawals/withdrawal-peek';
import { WithdrawalTable } from '~/app/(console)/withdrawals/withdrawal-table';
import { WithdrawalTabs } from '~/app/(console)/withdrawals/withdrawal-tabs';
import { WithdrawalsHeader } from '~/app/(console)/withdrawals/withdrawals-header';
import { ToApprovals } from '~/components/layout/to-approvals';
import { EmptyState } from '~/components/list/empty-state';
import { Pager } from '~/components/list/pager';
import { Peeked } from '~/components/list/peek/peeked';
import { listAsRead } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { Live } from '~/components/live/live';
import { to } from '~/components/ui/to';
import { followed } from '~/lib/live';
import type { Operator } from '~/lib/session';
import { listWithdrawals } from '~/lib/withdrawals/read';

type WithdrawalListProps = {
  view: 'waiting' | 'inFlight' | 'failed' | 'all';
  statuses: readonly WithdrawalStatusName[];
  params: SearchParams;
  operator: Operator;
};

const LISTS = {
  waiting: 'withdrawals-waiting',
  inFlight: 'withdrawals-in-flight',
  failed: 'withdrawals-failed',
  all: 'withdrawals',
} as const;

/** One view of withdrawals, newest first; of those that wait, the longest waiting. `?wallet=<id>` narrows it to one wallet's. */
export async function WithdrawalList({ view, statuses, params, operator }: WithdrawalListProps) {
  const live = await followed('withdrawals');
  const read = readWithdrawals(params, statuses, operator.timeZone);
  const [t, { items, nextCursor }] = await Promise.all([
    getTranslations('withdrawals'),
    listAsRead(read, (filter) => listWithdrawals(operator, { ...filter, oldestFirst: view === 'waiting' })),
  ]);
  return (
    <>
      <WithdrawalsHeader role={operator.role} list={LISTS[view]} />
      <WithdrawalTabs />
      {view === 'waiting' && items.length > 0 ? <ToApprovals of="withdrawals" role={operator.role} /> : null}
      <WithdrawalFilters params={params} read={read} statuses={statuses} />
      <Peeked
        of={read}
        page={(id) => to(`/withdrawals/${id}`)}
        panel={(id) => <WithdrawalPeek id={id} operator={operator} />}
      >
        <WithdrawalSelection withdrawals={items} role={operator.role}>
          <WithdrawalTable
            withdrawals={items}
            reasons={view === 'failed'}
            role={operator.role}
            filtered={read.filtered}
            view={read}
            empty={
              <EmptyState
                icon={ArrowUpFromLine}
                title={t(`empty.${view}.title`)}
                description={t(`empty.${view}.description`)}
              />
            }
          />
        </WithdrawalSelection>
      </Peeked>
      <Pager
        nextCursor={nextCursor}
        count={items.length}
        totals={read.filtered ? { list: LISTS[view] } : undefined}
      />
      <Live {...live} />
    </>
  );
}
