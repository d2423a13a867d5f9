import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { DataTable } from '~/components/list/data-table';
import { Money } from '~/components/money/money';
import { WalletName } from '~/components/money/wallet-name';
import { Timestamp } from '~/components/record/timestamp';
import { Badge } from '~/components/ui/badge';
import { to } from '~/components/ui/to';
import type { DepositRequestRow } from '~/lib/deposits/requests-read';

type RequestTableProps = { requests: readonly DepositRequestRow[]; operatorId: string; empty: ReactNode };

export function RequestTable({ requests, operatorId, empty }: RequestTableProps) {
  const t = useTranslations('deposits');
  return (
    <DataTable
      label={t('tabs.requests')}
      rows={requests}
      rowKey={({ id }) => id}
      rowHref={({ transferId }) => to(`/deposits/${transferId}`)}
      filtered={false}
      empty={empty}
      columns={[
        {
          key: 'asked',
          header: t('columns.asked'),
          cell: ({ createdAt }) => <Timestamp at={createdAt} />,
        },
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
        {
          key: 'wallet',
          header: t('columns.wallet'),
          cell: ({ wallet }) => <WalletName wallet={wallet} customer={wallet.customer?.name ?? null} />,
          className: 'sm:max-w-48',
        },
        {
          key: 'reason',
          header: t('columns.reason'),
          cell: ({ reason }) => (
            <span className="block truncate text-muted-foreground" title={reason}>
              {reason}
            </span>
          ),
          className: 'sm:max-w-56',
          hideBelow: 'lg',
        },
        {
          key: 'requestedBy',
          header: t('columns.requestedBy'),
          cell: ({ requestedBy, requestedById }) =>
            requestedById === operatorId ? <Badge>{t('request.ownBadge')}</Badge> : requestedBy,
          hideBelow: 'lg',
        },
        {
          key: 'loss',
          header: t('columns.loss'),
          align: 'end',
          cell: ({ acceptedLoss, transfer }) =>
            acceptedLoss > 0n ? <Money amount={acceptedLoss} asset={transfer.asset} /> : null,
          hideBelow: 'lg',
        },
        {
          key: 'amount',
          header: t('columns.amount'),
          align: 'end',
          cell: ({ transfer }) => (
            <Money amount={transfer.amount} asset={transfer.asset} className="font-medium" />
          ),
        },
      ]}
    />
  );
}
