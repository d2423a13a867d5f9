import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { DataTable } from '~/components/list/data-table';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { to } from '~/components/ui/to';
import type { CaseRow } from '~/lib/cases/read';

type CaseTableProps = { cases: readonly CaseRow[]; filtered: boolean; empty: ReactNode };

export function CaseTable({ cases, filtered, empty }: CaseTableProps) {
  const t = useTranslations('cases');
  const subjects = useTranslations('cases.subjects');
  return (
    <DataTable
      label={t('title')}
      rows={cases}
      rowKey={({ id }) => id}
      rowHref={({ id }) => to(`/cases/${id}`)}
      filtered={filtered}
      empty={empty}
      columns={[
        { key: 'type', header: t('columns.type'), cell: ({ type }) => t(`types.${type}`) },
        {
          key: 'customer',
          header: t('columns.customer'),
          cell: ({ customer, subjectType }) =>
            customer?.name ?? subjects(subjectType as Parameters<typeof subjects>[0]),
          className: 'sm:max-w-48 truncate',
        },
        { key: 'owner', header: t('columns.owner'), cell: ({ owner }) => owner.name, phoneLabel: true },
        {
          key: 'waitsFor',
          header: t('columns.waitsFor'),
          cell: ({ waitsFor, closedAt }) => (closedAt ? '—' : t(`waitsFor.${waitsFor}`)),
          hideBelow: 'md',
        },
        {
          key: 'opened',
          header: t('columns.opened'),
          cell: ({ openedAt }) => <Timestamp at={openedAt} />,
          hideBelow: 'lg',
        },
        {
          key: 'due',
          header: t('columns.due'),
          cell: ({ dueAt }) => <Timestamp at={dueAt} />,
          phoneLabel: true,
        },
        {
          key: 'state',
          header: t('columns.state'),
          cell: ({ state }) => <StatusBadge kind="case" status={state} />,
          phone: 'end',
        },
      ]}
    />
  );
}
