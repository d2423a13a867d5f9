import { ArrowLeftRight } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { MovementPeek } from '~/app/(console)/movements/movement-peek';
import { readMovements } from '~/app/(console)/movements/params';
import { PageHeader } from '~/components/layout/page-header';
import { EmptyState } from '~/components/list/empty-state';
import { ExportMenu } from '~/components/list/export-menu';
import { MovementFilters } from '~/components/list/movement-filters';
import { MovementTable, movementPage, transactionOf } from '~/components/list/movement-table';
import { Pager } from '~/components/list/pager';
import { Peeked } from '~/components/list/peek/peeked';
import { listAsRead } from '~/components/list/read-address';
import { Live } from '~/components/live/live';
import { getWalletName } from '~/components/words/get-wallet-name';
import { followed } from '~/lib/live';
import { listMovements } from '~/lib/movements/movements';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('movements'))('title') };
}

export default async function MovementsPage({ searchParams }: PageProps<'/movements'>) {
  const operator = await requireOperator('console:read');
  const params = await searchParams;
  // The token first: what changes while the list is read is then seen as a change.
  const live = await followed('movements');
  const { wallet, customer, ...read } = await readMovements(operator, params, operator.timeZone);
  const [t, nameOf, { items, nextCursor }] = await Promise.all([
    getTranslations('movements'),
    getWalletName(),
    listAsRead(read, (filter) => listMovements(operator, filter)),
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
        customer={customer?.name ?? null}
        wallet={wallet ? nameOf(wallet) : null}
        {...(wallet?.asset && { asset: wallet.asset })}
      />
      <Peeked
        of={read}
        page={(key) => movementPage(items, key)}
        panel={(key) => (
          <MovementPeek
            transactionId={transactionOf(key)}
            page={movementPage(items, key)}
            operator={operator}
          />
        )}
      >
        <MovementTable
          movements={items}
          scope="global"
          filtered={read.filtered}
          view={read}
          empty={
            <EmptyState icon={ArrowLeftRight} title={t('empty.title')} description={t('empty.description')} />
          }
        />
      </Peeked>
      <Pager
        nextCursor={nextCursor}
        count={items.length}
        totals={read.filtered ? { list: 'movements' } : undefined}
      />
      <Live {...live} />
    </>
  );
}
