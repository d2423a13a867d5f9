import { getTranslations } from 'next-intl/server';
import { PageHeader } from '~/components/layout/page-header';
import { DataTable } from '~/components/list/data-table';
import { Pager } from '~/components/list/pager';
import { AddressReader, listAsRead } from '~/components/list/read-address';
import { Timestamp } from '~/components/record/timestamp';
import { to } from '~/components/ui/to';
import { getCustomer } from '~/lib/people/customers';
import { listLooks } from '~/lib/people/looks';
import { orNotFound, requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('customers.looks'))('title') };
}

/** Everybody who saw a customer's data. */
export default async function LooksPage({ params, searchParams }: PageProps<'/customers/[id]/looks'>) {
  const operator = await requireOperator('audit:read');
  const { id } = await params;
  const read = new AddressReader(await searchParams).done({});
  const customer = await orNotFound(getCustomer(operator, id));
  const [t, customers, { items, nextCursor }] = await Promise.all([
    getTranslations('customers.looks'),
    getTranslations('customers'),
    listAsRead(read, ({ cursor }) => listLooks(operator, { customerId: id, cursor })),
  ]);
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        breadcrumbs={[
          { label: customers('title'), href: '/customers' },
          { label: customer.name, href: to(`/customers/${id}`) },
        ]}
      />
      <DataTable
        label={t('title')}
        rows={items}
        rowKey={({ id }) => String(id)}
        filtered={read.filtered}
        columns={[
          { key: 'at', header: t('columns.at'), cell: ({ at }) => <Timestamp at={at} /> },
          {
            key: 'who',
            header: t('columns.who'),
            cell: ({ actorName }) => <span className="font-medium">{actorName}</span>,
          },
          { key: 'way', header: t('columns.way'), cell: ({ way }) => t(`ways.${way}`) },
          {
            key: 'ip',
            header: t('columns.ip'),
            phoneLabel: true,
            cell: ({ ip }) => <span className="font-mono">{ip || t('unknown')}</span>,
          },
          {
            key: 'reason',
            header: t('columns.reason'),
            className: 'sm:max-w-80 sm:whitespace-normal',
            cell: ({ reason }) => reason ?? '—',
          },
        ]}
      />
      <Pager nextCursor={nextCursor} count={items.length} />
    </>
  );
}
