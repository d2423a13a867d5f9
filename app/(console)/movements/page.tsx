import { ArrowLeftRight } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { readMovements } from '~/app/(console)/movements/params';
import { EmptyState } from '~/components/empty-state';
import { ExportMenu } from '~/components/export-menu';
import { getWalletName } from '~/components/get-wallet-name';
import { Live } from '~/components/live';
import { MovementFilters } from '~/components/movement-filters';
import { MovementTable } from '~/components/movement-table';
import { PageHeader } from '~/components/page-header';
import { Pager } from '~/components/pager';
import { listAsRead } from '~/components/read-address';
import { liveToken } from '~/lib/live';
import { listMovements } from '~/lib/movements/movements';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('movements'))('title') };
}

export default async function MovementsPage({ searchParams }: PageProps<'/movements'>) {
  const operator = await requireOperator('console:read');
  const params = await searchParams;
  // The token first: what changes while the list is read is then seen as a change.
  const token = await liveToken('movements');
  const { wallet, ...read } = await readMovements(params, operator.timeZone);
  const [t, nameOf, { items, nextCursor }] = await Promise.all([
    getTranslations('movements'),
    getWalletName(),
    listAsRead(read, (filter) => listMovements({ ...filter, wholeOnly: !can(operator.role, 'people:read') })),
  ]);
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={<ExportMenu list="movements" role={operator.role} />}
      />
      <MovementFilters
        params={params}
        read={read}
        wallet={wallet ? nameOf(wallet) : null}
        {...(wallet?.asset && { asset: wallet.asset })}
      />
      <MovementTable
        movements={items}
        scope="global"
        operator={operator}
        filtered={read.filtered}
        empty={
          <EmptyState icon={ArrowLeftRight} title={t('empty.title')} description={t('empty.description')} />
        }
      />
      <Pager nextCursor={nextCursor} count={items.length} />
      <Live topic="movements" {...(token === null ? {} : { token })} />
    </>
  );
}
