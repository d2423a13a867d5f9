import { CircleCheck, Clock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { DataTable } from '~/components/list/data-table';
import { Badge } from '~/components/ui/badge';
import type { Kept } from '~/lib/retention';

/** What is not kept for good, for how long, and whether it goes in time. */
export function KeptTable({ kept }: { kept: readonly Kept[] }) {
  const t = useTranslations('health.kept');
  return (
    <DataTable
      label={t('title')}
      rows={kept}
      rowKey={({ table }) => table}
      columns={[
        {
          key: 'what',
          header: t('columns.what'),
          className: 'sm:whitespace-normal sm:py-2',
          cell: ({ table }) => t(`tables.${table}`),
        },
        {
          key: 'days',
          header: t('columns.days'),
          align: 'end',
          cell: ({ days }) => <span className="tabular-nums">{t('days', { days })}</span>,
        },
        {
          key: 'deleted',
          header: t('columns.deleted'),
          phone: 'end',
          cell: ({ isBehind }) =>
            isBehind ? (
              <Badge tone="warning" icon={Clock}>
                {t('behind')}
              </Badge>
            ) : (
              <Badge tone="success" icon={CircleCheck}>
                {t('inTime')}
              </Badge>
            ),
        },
      ]}
    />
  );
}
