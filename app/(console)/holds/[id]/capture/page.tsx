import { Wallet } from 'lucide-react';
import { notFound } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { CaptureForm } from '~/app/(console)/holds/[id]/capture/capture-form';
import { PageHeader } from '~/components/layout/page-header';
import { DataTable } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { FilterBar } from '~/components/list/filter-bar';
import { Pager } from '~/components/list/pager';
import { listAsRead, readSearch } from '~/components/list/read-address';
import { type SearchParams, textParam } from '~/components/list/search-params';
import { Whose } from '~/components/money/whose';
import { Card } from '~/components/ui/card';
import { to } from '~/components/ui/to';
import { getWalletName } from '~/components/words/get-wallet-name';
import { useWalletName } from '~/components/words/wallet-name-words';
import { getHold, type HoldRecord } from '~/lib/holds/read';
import { orNotFound, requireOperator } from '~/lib/session';
import { getWallet, listWallets, type WalletRow } from '~/lib/wallets/wallets';

export async function generateMetadata() {
  return { title: (await getTranslations('holds'))('capture.title') };
}

/** First to which wallet, then how much and why. */
export default async function CapturePage({ params, searchParams }: PageProps<'/holds/[id]/capture'>) {
  const operator = await requireOperator('adjustments:request');
  const { id } = await params;
  const address = await searchParams;
  const hold = await orNotFound(getHold(operator, id));
  const toId = textParam(address, 'to');
  const [t, nameOf, other] = await Promise.all([
    getTranslations('holds'),
    getWalletName(),
    toId ? orNotFound(getWallet(operator, toId)) : null,
  ]);
  if (hold.left === 0n || other?.id === hold.walletId) notFound();
  return (
    <>
      <PageHeader
        title={t('capture.title')}
        description={other ? undefined : t('capture.choose')}
        breadcrumbs={[
          { label: t('title'), href: '/holds' },
          { label: t('detail.title'), href: to(`/holds/${hold.id}`) },
        ]}
      />
      {other ? (
        <Card className="max-w-2xl p-4 sm:p-5">
          <CaptureForm
            hold={{ id: hold.id, asset: hold.asset, left: hold.left }}
            to={{ id: other.id, name: nameOf(other), whose: other.customer?.name ?? null }}
          />
        </Card>
      ) : (
        <Choice hold={hold} params={address} />
      )}
    </>
  );
}

async function Choice({ hold, params }: { hold: HoldRecord; params: SearchParams }) {
  const operator = await requireOperator('adjustments:request');
  const read = readSearch(params, 'to');
  const [t, { items, nextCursor }] = await Promise.all([
    getTranslations('holds.capture'),
    listAsRead(read, (filter) => listWallets(operator, { ...filter, status: ['open'], asset: [hold.asset] })),
  ]);
  return (
    <>
      <FilterBar search={t('search')} read={read} />
      <Rows
        hold={hold}
        wallets={items.filter(({ id }) => id !== hold.walletId)}
        filtered={read.filtered}
        label={t('choose')}
      />
      <Pager nextCursor={nextCursor} count={items.length} />
    </>
  );
}

type RowsProps = { hold: HoldRecord; wallets: readonly WalletRow[]; filtered: boolean; label: string };

function Rows({ hold, wallets, filtered, label }: RowsProps) {
  const t = useTranslations('holds.capture');
  const nameOf = useWalletName();
  return (
    <DataTable
      label={label}
      rows={wallets}
      rowKey={({ id }) => id}
      rowHref={({ id }) => to(`/holds/${hold.id}/capture?to=${id}`)}
      filtered={filtered}
      empty={<EmptyState icon={Wallet} title={t('none')} description={t('noneHint')} />}
      columns={[
        { key: 'name', header: t('wallet'), cell: nameOf },
        { key: 'customer', header: t('customer'), cell: ({ customer }) => <Whose customer={customer} /> },
      ]}
    />
  );
}
