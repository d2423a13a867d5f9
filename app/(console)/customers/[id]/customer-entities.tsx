import { useTranslations } from 'next-intl';
import { Section } from '~/components/layout/section';
import { type Column, DataTable } from '~/components/list/data-table';
import { SyncedAt } from '~/components/live/synced-at';
import { TaxId } from '~/components/record/personal-facts';
import { StatusBadge } from '~/components/record/status-badge';
import { to } from '~/components/ui/to';
import type { EntityOfCustomer } from '~/lib/entities/links';

type CustomerEntitiesProps = { entities: readonly EntityOfCustomer[] };

/** The legal holders at Fintoc under which this customer's own accounts stand, with their KYB. */
export function CustomerEntities({ entities }: CustomerEntitiesProps) {
  const t = useTranslations('customers');
  const kyb = useTranslations('entities');
  if (entities.length === 0)
    return (
      <Section title={t('page.entities')} description={t('page.entitiesHint')}>
        <p className="text-muted-foreground text-sm">{t('page.noEntities')}</p>
      </Section>
    );
  const columns: Column<EntityOfCustomer>[] = [
    { key: 'name', header: t('columns.name'), cell: ({ holderName }) => holderName },
    {
      key: 'taxId',
      header: t('columns.taxId'),
      cell: ({ holderId }) => <TaxId value={holderId} />,
    },
    {
      key: 'kyb',
      header: 'KYB',
      phone: 'end',
      cell: ({ onboardings: [onboarding], status }) =>
        onboarding ? (
          <StatusBadge kind="onboarding" status={onboarding.status} />
        ) : (
          <span className="text-muted-foreground">
            {kyb(status === 'operational' ? 'notNeeded' : 'noKyb')}
          </span>
        ),
    },
    {
      key: 'fintoc',
      header: t('page.atFintoc'),
      phone: 'end',
      cell: ({ status, syncedAt }) => (
        <span className="inline-flex items-center gap-2">
          {status ? <StatusBadge kind="entity" status={status} /> : null}
          <SyncedAt at={syncedAt} />
        </span>
      ),
    },
  ];
  return (
    <Section title={t('page.entities')} description={t('page.entitiesHint')} flush>
      <DataTable
        label={t('page.entities')}
        columns={columns}
        rows={entities}
        rowKey={({ id }) => id}
        rowHref={({ id }) => to(`/entities/${id}`)}
      />
    </Section>
  );
}
