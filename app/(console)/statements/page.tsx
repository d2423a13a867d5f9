import { FileText } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { MonthlyTable } from '~/app/(console)/statements/monthly-table';
import { readStatements } from '~/app/(console)/statements/params';
import { StatementTable } from '~/app/(console)/statements/statement-table';
import { PageHeader } from '~/components/layout/page-header';
import { EmptyState } from '~/components/list/empty-state';
import { FilterBar } from '~/components/list/filter-bar';
import { Pager } from '~/components/list/pager';
import { listAsRead } from '~/components/list/read-address';
import { Live } from '~/components/live/live';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { followed } from '~/lib/live';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';
import { listOrders } from '~/lib/statements/orders';
import { listStatements, STATEMENT_FORMATS, STATEMENT_STATES } from '~/lib/statements/read';

export async function generateMetadata() {
  return { title: (await getTranslations('statements'))('title') };
}

/** Statements that were asked for: how far each is, until when its file stands, and who asked. */
export default async function StatementsPage({ searchParams }: PageProps<'/statements'>) {
  const operator = await requireOperator('lists:export');
  const read = readStatements(await searchParams);
  const live = await followed('statements');
  const [t, states, orders, { items, nextCursor }] = await Promise.all([
    getTranslations('statements'),
    getTranslations('status.statement'),
    read.unreadable.length === 0 ? listOrders(operator, read.filter) : [],
    listAsRead(read, (filter) => listStatements(operator, filter)),
  ]);
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <Button asChild variant="primary">
            <Link href="/statements/new">{t('new.submit')}</Link>
          </Button>
        }
      />
      <MonthlyTable orders={orders} mayEnd={can(operator.role, 'people:read')} />
      <FilterBar
        read={read}
        filters={[
          {
            kind: 'select',
            name: 'state',
            label: t('columns.state'),
            options: STATEMENT_STATES.map((value) => ({ value, label: states(value) })),
          },
          {
            kind: 'select',
            name: 'format',
            label: t('columns.format'),
            options: STATEMENT_FORMATS.map((value) => ({ value, label: t(`formats.${value}`) })),
          },
        ]}
      />
      <StatementTable
        statements={items}
        filtered={read.filtered}
        empty={<EmptyState icon={FileText} title={t('empty.title')} description={t('empty.description')} />}
      />
      <Pager nextCursor={nextCursor} count={items.length} />
      <Live {...live} />
    </>
  );
}
