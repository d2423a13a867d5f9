import { Wallet } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { DataTable } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { FilterBar } from '~/components/list/filter-bar';
import { Pager } from '~/components/list/pager';
import { listAsRead, readSearch } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { Money } from '~/components/money/money';
import { to } from '~/components/ui/to';
import { getWalletName } from '~/components/words/get-wallet-name';
import { requireOperator } from '~/lib/session';
import { listWallets } from '~/lib/wallets/wallets';
import { PAYOUT_ASSET } from '~/lib/withdrawals/checks';

/** Which wallet pays: open ones, found by name, customer or CLABE. */
export async function WalletChoice({ params }: { params: SearchParams }) {
  const operator = await requireOperator('withdrawals:request');
  const read = readSearch(params);
  const [t, nameOf, { items, nextCursor }] = await Promise.all([
    getTranslations('withdrawals.new'),
    getWalletName(),
    listAsRead(read, (filter) =>
      listWallets(operator, {
        ...filter,
        status: ['open'],
        kind: ['customer', 'house'],
        asset: PAYOUT_ASSET,
      }),
    ),
  ]);
  return (
    <>
      <FilterBar search={t('searchWallet')} read={read} />
      <DataTable
        label={t('chooseWallet')}
        rows={items}
        rowKey={({ id }) => id}
        rowHref={({ id }) => to(`/withdrawals/new?wallet=${id}&asset=${PAYOUT_ASSET}`)}
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
