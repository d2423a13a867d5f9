import { Plus, Users } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { CustomerPeek } from '~/app/(console)/customers/customer-peek';
import { readCustomers } from '~/app/(console)/customers/params';
import { PageHeader } from '~/components/layout/page-header';
import { type Column, DataTable } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { ExportMenu } from '~/components/list/export-menu';
import { FilterBar } from '~/components/list/filter-bar';
import { Pager } from '~/components/list/pager';
import { Peeked } from '~/components/list/peek/peeked';
import { listAsRead } from '~/components/list/read-address';
import { Identifier } from '~/components/record/identifier';
import { TaxId } from '~/components/record/personal-facts';
import { Timestamp } from '~/components/record/timestamp';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { CUSTOMER_COUNTRIES, CUSTOMER_KINDS, type CustomerRow, listCustomers } from '~/lib/people/customers';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('customers'))('title') };
}

export default async function CustomersPage({ searchParams }: PageProps<'/customers'>) {
  const operator = await requireOperator('console:read');
  const read = readCustomers(await searchParams);
  const [t, kinds, common, { items, nextCursor }] = await Promise.all([
    getTranslations('customers'),
    getTranslations('kinds.customer'),
    getTranslations('common.filters'),
    listAsRead(read, (filter) => listCustomers(operator, filter)),
  ]);
  const register = can(operator.role, 'customers:write') ? (
    <Button asChild variant="primary">
      <Link href="/customers/new">
        <Plus aria-hidden />
        {t('new')}
      </Link>
    </Button>
  ) : null;
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <>
            <ExportMenu list="customers" role={operator.role} />
            {register}
          </>
        }
      />
      <FilterBar
        search={t('search')}
        read={read}
        filters={[
          {
            kind: 'select',
            name: 'kind',
            label: t('columns.kind'),
            options: CUSTOMER_KINDS.map((value) => ({ value, label: kinds(value) })),
          },
          {
            kind: 'select',
            name: 'country',
            label: t('columns.country'),
            options: CUSTOMER_COUNTRIES.map((value) => ({ value, label: t(`countries.${value}`) })),
          },
          {
            kind: 'select',
            name: 'sort',
            label: common('sort.label'),
            options: [{ value: 'name', label: common('sort.name') }],
          },
        ]}
      />
      <Peeked
        of={read}
        page={(id) => to(`/customers/${id}`)}
        panel={(id) => <CustomerPeek id={id} operator={operator} />}
      >
        <DataTable
          label={t('title')}
          columns={await customerColumns()}
          rows={items}
          rowKey={({ id }) => id}
          rowHref={({ id }) => to(`/customers/${id}`)}
          filtered={read.filtered}
          view={read}
          empty={
            <EmptyState
              icon={Users}
              title={t('empty.title')}
              description={t('empty.description')}
              action={register}
            />
          }
        />
      </Peeked>
      <Pager nextCursor={nextCursor} count={items.length} />
    </>
  );
}

async function customerColumns(): Promise<Column<CustomerRow>[]> {
  const t = await getTranslations('customers');
  const kinds = await getTranslations('kinds.customer');
  return [
    {
      key: 'name',
      header: t('columns.name'),
      cell: ({ name }) => (
        <span className="block overflow-x-clip text-ellipsis whitespace-nowrap">{name}</span>
      ),
      className: 'sm:max-w-72',
    },
    {
      key: 'kind',
      header: t('columns.kind'),
      cell: ({ kind }) => kinds(kind),
      hideBelow: 'md',
    },
    {
      key: 'taxId',
      header: t('columns.taxId'),
      cell: ({ taxId }) => <TaxId value={taxId} />,
    },
    {
      key: 'country',
      header: t('columns.country'),
      cell: ({ country }) => (country === 'cl' ? t('countries.cl') : t('countries.mx')),
      hideBelow: 'md',
    },
    {
      key: 'externalId',
      header: t('columns.externalId'),
      cell: ({ externalId }) => (externalId ? <Identifier value={externalId} copy={false} /> : null),
      hideBelow: 'xl',
      className: 'max-w-40',
    },
    {
      key: 'created',
      header: t('columns.created'),
      cell: ({ createdAt }) => <Timestamp at={createdAt} format="date" />,
      hideBelow: 'lg',
    },
    {
      key: 'wallets',
      header: t('columns.wallets'),
      align: 'end',
      phoneLabel: true,
      cell: ({ id, name, _count: { wallets } }) => (
        <Link
          href={`/wallets?customer=${id}`}
          aria-label={`${t('walletsOf', { name })}: ${wallets}`}
          className="relative z-10 inline-flex min-w-6 justify-end rounded-sm text-link tabular-nums hover:underline max-sm:min-h-11 max-sm:min-w-11 max-sm:items-center"
        >
          {wallets}
        </Link>
      ),
    },
  ];
}
