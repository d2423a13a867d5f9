import { Hash } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { DORMANT_DAYS, NUMBER_STATUSES, readAccountNumbers } from '~/app/(console)/account-numbers/params';
import { PageHeader } from '~/components/layout/page-header';
import { DataTable } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { ExportMenu } from '~/components/list/export-menu';
import { FilterBar } from '~/components/list/filter-bar';
import { Pager } from '~/components/list/pager';
import { listAsRead } from '~/components/list/read-address';
import { AccountName } from '~/components/money/account-name';
import { Clabe } from '~/components/money/clabe';
import { ProgressBar } from '~/components/record/progress-bar';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Badge } from '~/components/ui/badge';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { getWalletName } from '~/components/words/get-wallet-name';
import { requireOperator } from '~/lib/session';
import { listAccountNumbers } from '~/lib/wallets/account-numbers-read';
import { countLiveNumbers, NUMBER_QUOTA } from '~/lib/wallets/number-quota';

export async function generateMetadata() {
  return { title: (await getTranslations('accountNumbers'))('title') };
}

export default async function AccountNumbersPage({ searchParams }: PageProps<'/account-numbers'>) {
  const operator = await requireOperator('console:read');
  const read = readAccountNumbers(await searchParams);
  const [t, nameOf, used, { items, nextCursor }] = await Promise.all([
    getTranslations('accountNumbers'),
    getWalletName(),
    countLiveNumbers(),
    listAsRead(read, (filter) => listAccountNumbers(operator, filter)),
  ]);
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={<ExportMenu list="account-numbers" role={operator.role} />}
      />
      <Quota used={used} />
      <NumberFilters read={read} />
      <DataTable
        label={t('title')}
        rows={items}
        rowKey={(number) => number.id}
        rowHref={(number) => to(`/account-numbers/${number.id}`)}
        filtered={read.filtered}
        empty={<EmptyState icon={Hash} title={t('empty.title')} description={t('empty.description')} />}
        columns={[
          {
            key: 'number',
            header: t('columns.number'),
            cell: ({ number, isRoot }) => (
              <span className="inline-flex items-center gap-2">
                <Clabe value={number} copy={false} />
                {isRoot ? <Badge tone="info">{t('root')}</Badge> : null}
              </span>
            ),
          },
          {
            key: 'wallet',
            header: t('columns.wallet'),
            cell: ({ wallet }) =>
              wallet ? (
                <span className="min-w-0">
                  <Link
                    href={`/wallets/${wallet.id}`}
                    className="relative z-10 -my-1 inline-block py-1 text-link hover:underline max-sm:hidden"
                  >
                    {nameOf(wallet)}
                  </Link>
                  {/* On phones the whole row is one target. */}
                  <span className="sm:hidden">{nameOf(wallet)}</span>
                  {wallet.customer ? (
                    <span className="text-muted-foreground"> · {wallet.customer.name}</span>
                  ) : null}
                </span>
              ) : (
                <span className="text-muted-foreground">{t('unlinked')}</span>
              ),
          },
          {
            key: 'account',
            header: t('columns.account'),
            hideBelow: 'lg',
            phone: 'hide',
            cell: ({ account }) => <AccountName account={account} />,
            className: 'sm:max-w-60',
          },
          {
            key: 'status',
            header: t('columns.status'),
            phone: 'end',
            cell: ({ status }) => <StatusBadge kind="accountNumber" status={status} />,
          },
          {
            key: 'lastTransfer',
            header: t('columns.lastTransfer'),
            hideBelow: 'md',
            cell: ({ lastTransferAt }) =>
              lastTransferAt ? (
                <Timestamp at={lastTransferAt} />
              ) : (
                <span className="text-muted-foreground">{t('never')}</span>
              ),
          },
          {
            key: 'synced',
            header: t('columns.synced'),
            hideBelow: 'xl',
            cell: ({ syncedAt }) => <Timestamp at={syncedAt} />,
          },
        ]}
      />
      <Pager nextCursor={nextCursor} count={items.length} />
    </>
  );
}

/** How much of what Fintoc gives is in use. */
async function Quota({ used }: { used: number }) {
  const t = await getTranslations('accountNumbers.quota');
  return (
    <div className="mb-4 max-w-md text-sm">
      <div className="mb-1 flex justify-between gap-4">
        <span className="text-muted-foreground">{t('label')}</span>
        <span className="tabular-nums">{t('used', { used, of: NUMBER_QUOTA })}</span>
      </div>
      <ProgressBar value={Math.min(used, NUMBER_QUOTA)} most={NUMBER_QUOTA} label={t('label')} />
    </div>
  );
}

async function NumberFilters({ read }: { read: ReturnType<typeof readAccountNumbers> }) {
  const [t, words] = await Promise.all([getTranslations('accountNumbers'), getTranslations('status')]);
  return (
    <FilterBar
      search={t('search')}
      read={read}
      filters={[
        {
          kind: 'select',
          name: 'status',
          label: t('filters.status'),
          options: NUMBER_STATUSES.map((value) => ({ value, label: words(`accountNumber.${value}`) })),
        },
        {
          kind: 'select',
          name: 'linked',
          label: t('filters.linked'),
          options: [
            { value: 'yes', label: t('filters.linkedYes') },
            { value: 'no', label: t('filters.linkedNo') },
          ],
        },
        {
          kind: 'select',
          name: 'dormant',
          label: t('filters.dormant'),
          options: DORMANT_DAYS.map((value) => ({
            value,
            label: t('filters.dormantDays', { days: Number(value) }),
          })),
        },
        {
          kind: 'select',
          name: 'root',
          label: t('filters.root'),
          options: [
            { value: 'yes', label: t('filters.rootYes') },
            { value: 'no', label: t('filters.rootNo') },
          ],
        },
      ]}
    />
  );
}
