import { ArrowUpFromLine } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import {
  hasWithdrawalFilters,
  WithdrawalFilters,
  withdrawalFilter,
} from '~/app/(console)/withdrawals/withdrawal-filters';
import { WithdrawalTable } from '~/app/(console)/withdrawals/withdrawal-table';
import { WithdrawalTabs } from '~/app/(console)/withdrawals/withdrawal-tabs';
import { WithdrawalsHeader } from '~/app/(console)/withdrawals/withdrawals-header';
import { EmptyState } from '~/components/empty-state';
import { Live } from '~/components/live';
import { Pager } from '~/components/pager';
import { type SearchParams, textParam } from '~/components/search-params';
import { liveToken } from '~/lib/live';
import { can } from '~/lib/roles';
import type { Operator } from '~/lib/session';
import { listWithdrawals } from '~/lib/transfers/read';

type WithdrawalListProps = {
  view: 'inFlight' | 'failed' | 'all';
  statuses: Parameters<typeof withdrawalFilter>[1];
  params: SearchParams;
  operator: Operator;
};

/** One view of withdrawals, newest first. `?wallet=<id>` narrows it to one wallet's. */
export async function WithdrawalList({ view, statuses, params, operator }: WithdrawalListProps) {
  const token = await liveToken('withdrawals');
  const walletId = textParam(params, 'wallet');
  const [t, { items, nextCursor }] = await Promise.all([
    getTranslations('withdrawals'),
    listWithdrawals({
      ...withdrawalFilter(params, statuses, operator.timeZone),
      walletId: isUuid(walletId) ? walletId : undefined,
      wholeOnly: !can(operator.role, 'people:read'),
      cursor: textParam(params, 'cursor'),
    }),
  ]);
  return (
    <>
      <WithdrawalsHeader role={operator.role} />
      <WithdrawalTabs />
      <WithdrawalFilters params={params} statuses={statuses} />
      <WithdrawalTable
        withdrawals={items}
        role={operator.role}
        filtered={hasWithdrawalFilters(params) || walletId !== undefined}
        empty={
          <EmptyState
            icon={ArrowUpFromLine}
            title={t(`empty.${view}.title`)}
            description={t(`empty.${view}.description`)}
          />
        }
      />
      <Pager nextCursor={nextCursor} count={items.length} />
      <Live topic="withdrawals" {...(token === null ? {} : { token })} />
    </>
  );
}

function isUuid(text: string | undefined): boolean {
  return text !== undefined && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}
