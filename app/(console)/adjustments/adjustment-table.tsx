import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { DataTable } from '~/components/list/data-table';
import { SideName, sidesOf } from '~/components/money/adjustment-side';
import { Money } from '~/components/money/money';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { to } from '~/components/ui/to';
import type { AdjustmentRow } from '~/lib/adjustments/read';

type AdjustmentTableProps = {
  adjustments: readonly AdjustmentRow[];
  filtered: boolean;
  empty: ReactNode;
};

export function AdjustmentTable({ adjustments, filtered, empty }: AdjustmentTableProps) {
  const t = useTranslations('adjustments');
  return (
    <DataTable
      label={t('title')}
      rows={adjustments}
      rowKey={({ id }) => id}
      rowHref={({ id }) => to(`/adjustments/${id}`)}
      filtered={filtered}
      empty={empty}
      columns={[
        {
          key: 'date',
          header: t('columns.requested'),
          cell: ({ createdAt }) => <Timestamp at={createdAt} />,
        },
        {
          key: 'from',
          header: t('columns.from'),
          cell: (adjustment) => <SideName side={sidesOf(adjustment).from} />,
          className: 'sm:max-w-48',
          phoneLabel: true,
        },
        {
          key: 'to',
          header: t('columns.to'),
          cell: (adjustment) => <SideName side={sidesOf(adjustment).to} />,
          className: 'sm:max-w-48',
          phoneLabel: true,
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
          cell: ({ requestedBy }) => requestedBy,
          hideBelow: 'xl',
        },
        {
          key: 'amount',
          header: t('columns.amount'),
          align: 'end',
          cell: ({ amount, asset }) => <Money amount={amount} asset={asset} />,
        },
        {
          key: 'status',
          header: t('columns.status'),
          cell: ({ status }) => <StatusBadge kind="adjustment" status={status} />,
          phone: 'end',
        },
      ]}
    />
  );
}
