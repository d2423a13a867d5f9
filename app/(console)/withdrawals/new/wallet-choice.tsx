import { Wallet } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { DataTable } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { FilterBar } from '~/components/list/filter-bar';
import { Pager } from '~/components/list/pager';
import { listAsRead, readSearch } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { Money } from '~/components/money/money';
import { Whose } from '~/components/money/whose';
import { to } from '~/components/ui/to';
import { getWalletName } from '~/components/words/get-wallet-name';
import { payoutAssets } from '~/lib/rails/registry';
import { requireOperator } from '~/lib/session';
import { listWallets } from '~/lib/wallets/wallets';

/** Which wallet pays: open ones, found by name, customer or CLABE. */
export async function WalletChoice({ params }: { params: SearchParams }) {
  const operator = await requireOperator('withdrawals:request');
  const read = readSearch(params);
  const paidOut = payoutAssets();
  const [t, nameOf, { items, nextCursor }] = await Promise.all([
    getTranslations('withdrawals.new'),
    getWalletName(),
    listAsRead(read, (filter) =>
      listWallets(operator, {
        ...filter,
        status: ['open'],
        kind: ['customer', 'house'],
        asset: paidOut,
      }),
    ),
  ]);
  // One that holds several of them is chosen in one.
  const rows = items.flatMap((wallet) =>
    wallet.assets.filter(({ asset }) => paidOut.includes(asset)).map((held) => ({ ...held, ...wallet })),
  );
  return (
    <>
      <FilterBar search={t('searchWallet')} read={read} />
      <DataTable
        label={t('chooseWallet')}
        rows={rows}
        rowKey={({ id, asset }) => `${id} ${asset}`}
        rowHref={({ id, asset }) => to(`/withdrawals/new?wallet=${id}&asset=${asset}`)}
        filtered={read.filtered}
        empty={
          <EmptyState icon={Wallet} title={t('noWallets.title')} description={t('noWallets.description')} />
        }
        columns={[
          { key: 'name', header: t('wallet'), cell: nameOf },
          { key: 'customer', header: t('customer'), cell: ({ customer }) => <Whose customer={customer} /> },
          {
            key: 'available',
            header: t('available'),
            align: 'end',
            cell: ({ asset, balances }) => <Money amount={balances.available} asset={asset} />,
          },
        ]}
      />
      <Pager nextCursor={nextCursor} count={items.length} />
    </>
  );
}
