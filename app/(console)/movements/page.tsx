import { ArrowLeftRight } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { ExportButton } from '~/app/(console)/movements/export-button';
import {
  hasMovementFilters,
  MovementFilters,
  movementFilter,
} from '~/app/(console)/movements/movement-filters';
import { MovementTable } from '~/app/(console)/movements/movement-table';
import { EmptyState } from '~/components/empty-state';
import { Live } from '~/components/live';
import { PageHeader } from '~/components/page-header';
import { Pager } from '~/components/pager';
import { liveToken } from '~/lib/live';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';
import { listMovements } from '~/lib/transfers/movements';

export async function generateMetadata() {
  return { title: (await getTranslations('movements'))('title') };
}

export default async function MovementsPage({ searchParams }: PageProps<'/movements'>) {
  const operator = await requireOperator('console:read');
  const params = await searchParams;
  // The token first: what changes while the list is read is then seen as a change.
  const token = await liveToken('movements');
  const [t, { items, nextCursor }] = await Promise.all([
    getTranslations('movements'),
    listMovements(movementFilter(params, operator)),
  ]);
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={can(operator.role, 'movements:export') ? <ExportButton /> : null}
      />
      <MovementFilters params={params} />
      <MovementTable
        movements={items}
        scope="global"
        operator={operator}
        filtered={hasMovementFilters(params)}
        empty={
          <EmptyState icon={ArrowLeftRight} title={t('empty.title')} description={t('empty.description')} />
        }
      />
      <Pager nextCursor={nextCursor} count={items.length} />
      <Live topic="movements" {...(token === null ? {} : { token })} />
    </>
  );
}
