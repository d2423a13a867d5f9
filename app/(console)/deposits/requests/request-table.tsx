import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { DataTable } from '~/components/list/data-table';
import { useMoneyColumns } from '~/components/money/columns';
import { Money } from '~/components/money/money';
import { Badge } from '~/components/ui/badge';
import { to } from '~/components/ui/to';
import type { DepositRequestRow } from '~/lib/deposits/requests-read';

type RequestTableProps = { requests: readonly DepositRequestRow[]; operatorId: string; empty: ReactNode };

export function RequestTable({ requests, operatorId, empty }: RequestTableProps) {
  const t = useTranslations('deposits');
  const columns = useMoneyColumns<DepositRequestRow>();
  return (
    <DataTable
      label={t('tabs.requests')}
      rows={requests}
      rowKey={({ id }) => id}
      rowHref={({ transferId }) => to(`/deposits/${transferId}`)}
      filtered={false}
      empty={empty}
      columns={[
        columns.requested(({ createdAt }) => createdAt),
        {
          key: 'what',
          header: t('columns.what'),
          cell: ({ kind, acceptedLoss, acceptsNotOpen }) => (
            <span className="flex flex-wrap gap-1.5">
              <Badge>{t(`request.kind.${kind}`)}</Badge>
              {acceptedLoss > 0n ? <Badge tone="danger">{t('request.withLoss')}</Badge> : null}
              {acceptsNotOpen ? <Badge tone="danger">{t('request.fromNotOpen')}</Badge> : null}
            </span>
          ),
        },
        columns.wallet(({ wallet }) => wallet),
        columns.reason(({ reason }) => reason),
        columns.requestedBy(
          ({ requestedBy, requestedById }) =>
            requestedById === operatorId ? <Badge>{t('request.ownBadge')}</Badge> : requestedBy,
          { hideBelow: 'lg' },
        ),
        {
          key: 'loss',
          header: t('columns.loss'),
          align: 'end',
          cell: ({ acceptedLoss, transfer }) =>
            acceptedLoss > 0n ? <Money amount={acceptedLoss} asset={transfer.asset} /> : null,
          hideBelow: 'lg',
        },
        columns.amount(({ transfer: { amount, asset } }) => ({ amount, asset, strong: true })),
      ]}
    />
  );
}
