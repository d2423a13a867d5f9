import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { DataTable } from '~/components/list/data-table';
import { Money } from '~/components/money/money';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { to } from '~/components/ui/to';
import type { BatchListed } from '~/lib/batches/read';

type BatchTableProps = { batches: readonly BatchListed[]; filtered: boolean; empty: ReactNode };

export function BatchTable({ batches, filtered, empty }: BatchTableProps) {
  const t = useTranslations('batches');
  const formatter = useFormatter();
  return (
    <DataTable
      label={t('title')}
      rows={batches}
      rowKey={({ id }) => id}
      rowHref={({ id }) => to(`/withdrawals/batches/${id}`)}
      filtered={filtered}
      empty={empty}
      columns={[
        {
          key: 'file',
          header: t('columns.file'),
          cell: ({ fileName }) => <span className="break-words">{fileName}</span>,
          className: 'sm:max-w-72',
        },
        {
          key: 'uploaded',
          header: t('columns.uploaded'),
          cell: ({ createdAt }) => <Timestamp at={createdAt} />,
        },
        {
          key: 'requestedBy',
          header: t('columns.requestedBy'),
          cell: ({ requestedBy }) => requestedBy,
          hideBelow: 'lg',
        },
        {
          key: 'rows',
          header: t('columns.rows'),
          cell: ({ state, rows, held, paid }) =>
            state === 'approved'
              ? t('paidOf', { paid: formatter.number(paid), rows: formatter.number(held) })
              : formatter.number(rows),
          phone: 'start',
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
          cell: ({ state }) => <StatusBadge kind="batch" status={state} />,
          phone: 'end',
        },
      ]}
    />
  );
}
