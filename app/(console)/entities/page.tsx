import { Building2, RefreshCw } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { syncAction } from '~/app/(console)/entities/actions';
import { ENTITY_STATUSES, KYB_STATUSES, readEntities } from '~/app/(console)/entities/params';
import { Form, SubmitButton } from '~/components/form/form';
import { PageHeader } from '~/components/layout/page-header';
import { DataTable } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { ExportMenu } from '~/components/list/export-menu';
import { FilterBar } from '~/components/list/filter-bar';
import { Pager } from '~/components/list/pager';
import { listAsRead } from '~/components/list/read-address';
import { Live } from '~/components/live/live';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Badge } from '~/components/ui/badge';
import { to } from '~/components/ui/to';
import { currentOnboarding } from '~/lib/entities/kyb';
import { listEntities } from '~/lib/entities/list';
import { followed } from '~/lib/live';
import { textOf } from '~/lib/people/masking';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('entities'))('title') };
}

export default async function EntitiesPage({ searchParams }: PageProps<'/entities'>) {
  const operator = await requireOperator('console:read');
  const read = readEntities(await searchParams);
  const live = await followed('entities');
  const [t, { items, nextCursor }] = await Promise.all([
    getTranslations('entities'),
    listAsRead(read, (filter) => listEntities(operator, { ...filter })),
  ]);
  const sync = can(operator.role, 'fintoc:sync') ? (
    <Form act="sync" action={syncAction} success={t('syncDone')}>
      <SubmitButton variant="secondary">
        <RefreshCw aria-hidden />
        {t('sync')}
      </SubmitButton>
    </Form>
  ) : null;
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <>
            <ExportMenu list="entities" role={operator.role} />
            {sync}
          </>
        }
      />
      <EntityFilters read={read} />
      <DataTable
        label={t('title')}
        rows={items}
        rowKey={(entity) => entity.id}
        rowHref={(entity) => to(`/entities/${entity.id}`)}
        filtered={read.filtered}
        empty={<EmptyState icon={Building2} title={t('empty.title')} description={t('empty.description')} />}
        columns={[
          {
            key: 'holder',
            header: t('columns.holder'),
            cell: (entity) => (
              <span className="inline-flex items-center gap-2">
                {entity.holderName}
                {entity.isRoot ? <Badge tone="info">{t('root')}</Badge> : null}
              </span>
            ),
          },
          {
            key: 'taxId',
            header: t('columns.taxId'),
            className: 'font-mono',
            cell: ({ holderId }) => textOf(holderId),
          },
          {
            key: 'status',
            header: t('columns.status'),
            phone: 'end',
            cell: ({ status }) => (status ? <StatusBadge kind="entity" status={status} /> : '—'),
          },
          {
            key: 'kyb',
            header: t('columns.kyb'),
            phone: 'end',
            cell: (entity) => {
              const onboarding = currentOnboarding(entity.onboardings);
              if (onboarding) return <StatusBadge kind="onboarding" status={onboarding.status} />;
              return (
                <span className="text-muted-foreground">
                  {entity.isRoot || entity.status === 'operational' ? t('notNeeded') : t('noKyb')}
                </span>
              );
            },
          },
          {
            key: 'accounts',
            header: t('columns.accounts'),
            align: 'end',
            hideBelow: 'lg',
            phone: 'hide',
            cell: ({ _count }) => <span className="tabular-nums">{_count.accounts}</span>,
          },
          {
            key: 'wallets',
            header: t('columns.wallets'),
            align: 'end',
            hideBelow: 'lg',
            phone: 'hide',
            cell: ({ _count }) => <span className="tabular-nums">{_count.wallets}</span>,
          },
          {
            key: 'synced',
            header: t('columns.synced'),
            hideBelow: 'md',
            cell: ({ syncedAt }) => <Timestamp at={syncedAt} />,
          },
        ]}
      />
      <Pager nextCursor={nextCursor} count={items.length} />
      <Live {...live} />
    </>
  );
}

async function EntityFilters({ read }: { read: ReturnType<typeof readEntities> }) {
  const [t, words, common] = await Promise.all([
    getTranslations('entities'),
    getTranslations('status'),
    getTranslations('common.filters'),
  ]);
  return (
    <FilterBar
      search={t('search')}
      read={read}
      filters={[
        {
          kind: 'select',
          name: 'status',
          label: t('columns.status'),
          options: ENTITY_STATUSES.map((value) => ({ value, label: words(`entity.${value}`) })),
        },
        {
          kind: 'select',
          name: 'kyb',
          label: t('columns.kyb'),
          options: [
            { value: 'ours', label: t('kybOurs') },
            { value: 'none', label: t('noKyb') },
            ...KYB_STATUSES.map((value) => ({ value, label: words(`onboarding.${value}`) })),
          ],
        },
        {
          kind: 'select',
          name: 'sort',
          label: common('sort.label'),
          options: [{ value: 'name', label: common('sort.name') }],
        },
      ]}
    />
  );
}
