import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { DataTable } from '~/components/list/data-table';
import { SideName, sidesOf } from '~/components/money/adjustment-side';
import { useMoneyColumns } from '~/components/money/columns';
import { to } from '~/components/ui/to';
import type { AdjustmentRow } from '~/lib/adjustments/read';

type AdjustmentTableProps = {
  adjustments: readonly AdjustmentRow[];
  filtered: boolean;
  empty: ReactNode;
};

export function AdjustmentTable({ adjustments, filtered, empty }: AdjustmentTableProps) {
  const t = useTranslations('adjustments');
  const columns = useMoneyColumns<AdjustmentRow>();
  return (
    <DataTable
      label={t('title')}
      rows={adjustments}
      rowKey={({ id }) => id}
      rowHref={({ id }) => to(`/adjustments/${id}`)}
      filtered={filtered}
      empty={empty}
      columns={[
        columns.requested(({ createdAt }) => createdAt),
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
        columns.reason(({ reason }) => reason),
        columns.requestedBy(({ requestedBy }) => requestedBy),
        columns.amount(({ amount, asset }) => ({ amount, asset })),
        columns.status('adjustment', ({ status }) => status),
      ]}
    />
  );
}
