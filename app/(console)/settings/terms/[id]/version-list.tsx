import { useFormatter, useTranslations } from 'next-intl';
import { Section } from '~/components/layout/section';
import { DataTable } from '~/components/list/data-table';
import { Badge } from '~/components/ui/badge';
import { to } from '~/components/ui/to';
import { MOMENT } from '~/components/words/moment';
import type { TermsRecord } from '~/lib/terms/terms';

/** All versions of the same terms, and how many wallets are under each. */
export function VersionList({ versions, current }: { versions: TermsRecord[]; current: string }) {
  const t = useTranslations('settings.terms');
  const format = useFormatter();
  return (
    <Section title={t('versions')} flush className="max-w-3xl">
      <DataTable
        label={t('versions')}
        rows={versions}
        rowKey={({ id }) => id}
        rowHref={({ id }) => to(`/settings/terms/${id}`)}
        empty={null}
        columns={[
          {
            key: 'version',
            header: t('columns.version'),
            cell: ({ id, version }) => (
              <span className={id === current ? 'font-semibold' : undefined}>
                {t('version', { version })} {id === versions[0]?.id ? <Badge>{t('newest')}</Badge> : null}
              </span>
            ),
          },
          {
            key: 'since',
            header: t('columns.since'),
            cell: ({ createdAt }) => format.dateTime(createdAt, MOMENT),
          },
          {
            key: 'wallets',
            header: t('columns.wallets'),
            align: 'end',
            cell: ({ _count }) => <span className="tabular-nums">{_count.wallets}</span>,
          },
        ]}
      />
    </Section>
  );
}
