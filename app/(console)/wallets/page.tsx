import { Plus, Wallet } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { readWallets } from '~/app/(console)/wallets/params';
import { actsOf, WalletSelection } from '~/app/(console)/wallets/selection';
import { WalletPeek } from '~/app/(console)/wallets/wallet-peek';
import { PageHeader } from '~/components/layout/page-header';
import { EmptyState } from '~/components/list/empty-state';
import { ExportMenu } from '~/components/list/export-menu';
import { FilterBar } from '~/components/list/filter-bar';
import { Pager } from '~/components/list/pager';
import { Peeked } from '~/components/list/peek/peeked';
import { listAsRead, type ReadAddress } from '~/components/list/read-address';
import { WalletTable } from '~/components/list/wallet-table';
import { Live } from '~/components/live/live';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { followed } from '~/lib/live';
import { ASSET_CODES } from '~/lib/money';
import { getCustomer } from '~/lib/people/customers';
import { can } from '~/lib/roles';
import { orNotFound, requireOperator } from '~/lib/session';
import { listWallets, WALLET_KINDS, WALLET_PATTERNS, WALLET_STATUSES } from '~/lib/wallets/wallets';

export async function generateMetadata() {
  return { title: (await getTranslations('wallets'))('title') };
}

export default async function WalletsPage({ searchParams }: PageProps<'/wallets'>) {
  const operator = await requireOperator('console:read');
  const read = readWallets(await searchParams);
  const { customerId, portfolioId } = read.filter;
  const live = await followed('wallets');
  const [t, { items, nextCursor }] = await Promise.all([
    getTranslations('wallets'),
    listAsRead(read, (filter) => listWallets(operator, filter)),
  ]);
  const open = can(operator.role, 'wallets:provision') ? (
    <Button asChild variant="primary">
      <Link href={customerId ? `/wallets/new?customer=${customerId}` : '/wallets/new'}>
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
            <ExportMenu list="wallets" role={operator.role} />
            {open}
          </>
        }
      />
      {customerId ? <OfCustomer customerId={customerId} portfolioId={portfolioId} /> : null}
      <WalletFilters read={read} />
      <Peeked
        of={read}
        page={(id) => to(`/wallets/${id}`)}
        panel={(id) => <WalletPeek id={id} operator={operator} />}
      >
        <WalletSelection wallets={items} role={operator.role}>
          <WalletTable
            wallets={items}
            selectable={items.some((wallet) => actsOf(wallet, operator.role).length > 0)}
            columns={[
              'customer',
              'name',
              'pattern',
              'status',
              'clabe',
              'fintoc',
              'available',
              'pending',
              'reserved',
            ]}
            filtered={read.filtered}
            view={read}
            empty={
              <EmptyState
                icon={Wallet}
                title={t('empty.title')}
                description={t('empty.description')}
                action={open}
              />
            }
          />
        </WalletSelection>
      </Peeked>
      <Pager nextCursor={nextCursor} count={items.length} />
      <Live {...live} />
    </>
  );
}

async function WalletFilters({ read }: { read: ReadAddress<unknown> }) {
  const t = await getTranslations('wallets');
  const statuses = await getTranslations('status.wallet');
  const kinds = await getTranslations('kinds.wallet');
  const common = await getTranslations('common.filters');
  return (
    <FilterBar
      search={t('search')}
      read={read}
      filters={[
        {
          kind: 'select',
          name: 'status',
          label: t('columns.status'),
          options: WALLET_STATUSES.map((value) => ({ value, label: statuses(value) })),
        },
        {
          kind: 'select',
          name: 'kind',
          label: t('columns.kind'),
          options: WALLET_KINDS.map((value) => ({ value, label: kinds(value) })),
        },
        {
          kind: 'select',
          name: 'pattern',
          label: t('columns.pattern'),
          options: WALLET_PATTERNS.map((value) => ({ value, label: t(`patterns.${value}.title`) })),
        },
        {
          kind: 'select',
          name: 'asset',
          label: t('columns.asset'),
          options: ASSET_CODES.map((value) => ({ value, label: value })),
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

type OfCustomerProps = { customerId: string; portfolioId: string | undefined };

/** Says whose wallets these are, when the list was reached from a customer. */
async function OfCustomer({ customerId, portfolioId }: OfCustomerProps) {
  const t = await getTranslations('wallets');
  const operator = await requireOperator('console:read');
  const { name, portfolios } = await orNotFound(getCustomer(operator, customerId));
  const portfolio = portfolios.find(({ id }) => id === portfolioId);
  return (
    <Alert
      tone="neutral"
      className="mb-3"
      action={
        <Link href="/wallets" className="rounded-sm text-link hover:underline">
          {t('ofCustomer.all')}
        </Link>
      }
    >
      {portfolio
        ? t.rich('ofCustomer.portfolio', { portfolio: portfolio.name, name, link: linkTo(customerId) })
        : t.rich('ofCustomer.only', { name, link: linkTo(customerId) })}
    </Alert>
  );
}

const linkTo = (customerId: string) => (chunks: React.ReactNode) => (
  <Link href={`/customers/${customerId}`} className="font-medium text-link underline underline-offset-2">
    {chunks}
  </Link>
);
