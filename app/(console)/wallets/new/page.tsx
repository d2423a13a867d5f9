import { Landmark, UserPlus, Users } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { OwnForm } from '~/app/(console)/wallets/new/own-form';
import { WalletForm } from '~/app/(console)/wallets/new/wallet-form';
import { PageHeader } from '~/components/layout/page-header';
import { DataTable } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { FilterBar } from '~/components/list/filter-bar';
import { Pager } from '~/components/list/pager';
import { listAsRead, readSearch } from '~/components/list/read-address';
import { type SearchParams, textParam } from '~/components/list/search-params';
import { TaxId } from '~/components/record/personal-facts';
import { Button } from '~/components/ui/button';
import { Card } from '~/components/ui/card';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { enabledAssets } from '~/lib/assets';
import { listEntitiesOf } from '~/lib/entities/links';
import { getCustomer, listCustomers } from '~/lib/people/customers';
import { textOf } from '~/lib/people/masking';
import { can } from '~/lib/roles';
import { type Operator, orNotFound, requireOperator } from '~/lib/session';
import { isSameTaxId } from '~/lib/tax-id';
import { isDefaultTerms, listTerms } from '~/lib/terms/terms';
import { assetOptions } from '~/lib/wallets/holdings';
import { freeHouseRoles } from '~/lib/wallets/house';

export async function generateMetadata() {
  return { title: (await getTranslations('wallets'))('form.title') };
}

export default async function NewWalletPage({ searchParams }: PageProps<'/wallets/new'>) {
  const operator = await requireOperator('wallets:provision');
  const params = await searchParams;
  const customerId = textParam(params, 'customer');
  const toKyb = textParam(params, 'next') === 'kyb' && can(operator.role, 'kyb:write');
  if (textParam(params, 'kind') === 'own') return <OpenOwn />;
  return customerId ? (
    <OpenFor customerId={customerId} toKyb={toKyb} operator={operator} />
  ) : (
    <ChooseCustomer params={params} operator={operator} />
  );
}

type OpenForProps = { customerId: string; toKyb: boolean; operator: Operator };

async function OpenFor({ customerId, toKyb, operator }: OpenForProps) {
  const customer = await orNotFound(getCustomer(operator, customerId));
  const [t, entities, terms, assets] = await Promise.all([
    getTranslations('wallets'),
    listEntitiesOf(operator, customerId),
    listTerms(),
    assetOptions(),
  ]);
  const { id, name, country, taxId, taxIdKind } = customer;
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader
        title={t('form.title')}
        description={t.rich('form.forCustomer', {
          name,
          customer: (chunks) => (
            <Link href={`/customers/${id}`} className="font-medium text-link underline underline-offset-2">
              {chunks}
            </Link>
          ),
          change: (chunks) => (
            <Link href="/wallets/new" className="text-link underline underline-offset-2">
              {chunks}
            </Link>
          ),
        })}
        breadcrumbs={[{ label: t('title'), href: '/wallets' }]}
      />
      <Card className="p-4 sm:p-6">
        <WalletForm
          customer={{
            id,
            name,
            country,
            hasCurp: taxIdKind === 'curp',
            hasWallets: customer._count.wallets > 0,
          }}
          assets={assets}
          portfolios={customer.portfolios.map((portfolio) => ({ id: portfolio.id, name: portfolio.name }))}
          terms={terms
            .filter((item) => !isDefaultTerms(item))
            .map(({ id, name, asset }) => ({ id, name, asset }))}
          entities={entities.map(({ id, holderName }) => ({ id, holderName }))}
          toKyb={toKyb}
          // Fintoc takes a tax id once: a second entity of the same holder would be refused.
          canCreateEntity={
            country === 'mx' && !entities.some(({ holderId }) => isSameTaxId(textOf(holderId), textOf(taxId)))
          }
        />
      </Card>
    </div>
  );
}

/** A wallet that is nobody's but the platform's. */
async function OpenOwn() {
  const [t, assets, roles] = await Promise.all([
    getTranslations('wallets'),
    enabledAssets(),
    freeHouseRoles(),
  ]);
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader
        title={t('own.title')}
        description={t('own.description')}
        breadcrumbs={[{ label: t('title'), href: '/wallets' }]}
      />
      <Card className="p-4 sm:p-6">
        <OwnForm assets={assets} roles={roles} />
      </Card>
    </div>
  );
}

async function ChooseCustomer({ params, operator }: { params: SearchParams; operator: Operator }) {
  const read = readSearch(params);
  const [t, customers, { items, nextCursor }] = await Promise.all([
    getTranslations('wallets'),
    getTranslations('customers'),
    listAsRead(read, (filter) => listCustomers(operator, filter)),
  ]);
  const register = can(operator.role, 'customers:write') ? (
    <Button asChild>
      <Link href="/customers/new">
        <UserPlus aria-hidden />
        {customers('new')}
      </Link>
    </Button>
  ) : null;
  return (
    <>
      <PageHeader
        title={t('form.title')}
        description={t('form.chooseCustomer')}
        breadcrumbs={[{ label: t('title'), href: '/wallets' }]}
        actions={
          <>
            <Button asChild>
              <Link href="/wallets/new?kind=own">
                <Landmark aria-hidden />
                {t('own.title')}
              </Link>
            </Button>
            {register}
          </>
        }
      />
      <FilterBar search={customers('search')} read={read} />
      <DataTable
        label={customers('title')}
        rows={items}
        rowKey={({ id }) => id}
        rowHref={({ id }) => to(`/wallets/new?customer=${id}`)}
        filtered={read.filtered}
        empty={<EmptyState icon={Users} title={customers('empty.title')} action={register} />}
        columns={[
          {
            key: 'name',
            header: customers('columns.name'),
            cell: ({ name }) => (
              <span className="block overflow-x-clip text-ellipsis whitespace-nowrap">{name}</span>
            ),
            className: 'sm:max-w-96',
          },
          {
            key: 'taxId',
            header: customers('columns.taxId'),
            cell: ({ taxId }) => <TaxId value={taxId} />,
          },
          {
            key: 'wallets',
            header: customers('columns.wallets'),
            align: 'end',
            cell: ({ _count }) => <span className="tabular-nums">{_count.wallets}</span>,
          },
        ]}
      />
      <Pager nextCursor={nextCursor} count={items.length} />
    </>
  );
}
