import { Wallet } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { DataTable } from '~/components/data-table';
import { EmptyState } from '~/components/empty-state';
import { FilterBar } from '~/components/filter-bar';
import { getWalletName } from '~/components/get-wallet-name';
import { Money } from '~/components/money';
import { Pager } from '~/components/pager';
import { listAsRead, readSearch } from '~/components/read-address';
import type { SearchParams } from '~/components/search-params';
import { listWallets } from '~/lib/wallets/wallets';
import { PAYOUT_ASSET } from '~/lib/withdrawals/checks';

/** Which wallet pays: open ones, found by name, customer or CLABE. */
export async function WalletChoice({ params }: { params: SearchParams }) {
  const read = readSearch(params);
  const [t, nameOf, { items, nextCursor }] = await Promise.all([
    getTranslations('withdrawals.new'),
    getWalletName(),
    listAsRead(read, (filter) =>
      listWallets({ ...filter, status: ['open'], kind: ['customer', 'house'], asset: PAYOUT_ASSET }),
    ),
  ]);
  return (
    <>
      <FilterBar search={t('searchWallet')} read={read} />
      <DataTable
        label={t('chooseWallet')}
        rows={items}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `/withdrawals/new?wallet=${id}&asset=${PAYOUT_ASSET}`}
        filtered={read.filtered}
        empty={
          <EmptyState icon={Wallet} title={t('noWallets.title')} description={t('noWallets.description')} />
        }
        columns={[
          { key: 'name', header: t('wallet'), cell: nameOf },
          { key: 'customer', header: t('customer'), cell: ({ customer }) => customer?.name },
          {
            key: 'available',
            header: t('available'),
            align: 'end',
            cell: ({ assets }) =>
              assets
                .filter(({ asset }) => asset === PAYOUT_ASSET)
                .map(({ asset, balances }) => (
                  <Money key={asset} amount={balances.available} asset={asset} />
                )),
          },
        ]}
      />
      <Pager nextCursor={nextCursor} count={items.length} />
    </>
  );
}
