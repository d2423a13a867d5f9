import { Wallet } from 'lucide-react';
import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { Section } from '~/components/layout/section';
import { DataTable } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { FilterBar } from '~/components/list/filter-bar';
import { Pager } from '~/components/list/pager';
import { listAsRead, readSearch } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { AccountName } from '~/components/money/account-name';
import { Money } from '~/components/money/money';
import { Whose } from '~/components/money/whose';
import { to } from '~/components/ui/to';
import { useWalletName } from '~/components/words/wallet-name-words';
import { type CorrectableAccount, correctableAccounts } from '~/lib/adjustments/read';
import { requireOperator } from '~/lib/session';
import { listWallets, type WalletRow } from '~/lib/wallets/wallets';

/** What the address of a new adjustment says beside the search. */
const OF_ADJUSTMENT = ['wallet', 'asset', 'other', 'account', 'direction', 'amount', 'break'];

/** Which wallet is adjusted: open ones, found by name, customer or CLABE. */
export async function WalletChoice({ params }: { params: SearchParams }) {
  const operator = await requireOperator('adjustments:request');
  const read = readSearch(params, ...OF_ADJUSTMENT);
  const [t, { items, nextCursor }] = await Promise.all([
    getTranslations('adjustments.new'),
    listAsRead(read, (filter) => listWallets(operator, { ...filter, status: ['open'] })),
  ]);
  return (
    <>
      <FilterBar search={t('search')} read={read} />
      <WalletRows
        label={t('chooseWallet')}
        wallets={items}
        href={({ id }) => to(`/adjustments/new?wallet=${id}`)}
        filtered={read.filtered}
      />
      <Pager nextCursor={nextCursor} count={items.length} />
    </>
  );
}

type OtherSideProps = {
  wallet: { id: string; kind: 'customer' | 'house' | 'general'; accountId: string | null; asset: string };
  params: SearchParams;
};

/** The other side: the platform's own wallets, a customer's, or the cash of an account at Fintoc. */
export async function OtherSideChoice({ wallet, params }: OtherSideProps) {
  const operator = await requireOperator('adjustments:request');
  const { asset, id } = wallet;
  const read = readSearch(params, ...OF_ADJUSTMENT);
  const [t, house, customers, accounts] = await Promise.all([
    getTranslations('adjustments.new'),
    listWallets(operator, { kind: ['house'], status: ['open'], asset: [asset] }),
    listAsRead(read, (filter) =>
      listWallets(operator, { ...filter, kind: ['customer', 'general'], status: ['open'], asset: [asset] }),
    ),
    correctableAccounts(operator, wallet),
  ]);
  const href = (other: WalletRow) => to(`/adjustments/new?wallet=${id}&asset=${asset}&other=${other.id}`);
  const others = (items: readonly WalletRow[]) => items.filter((other) => other.id !== id);
  return (
    <>
      <Section title={t('house')} flush>
        <WalletRows
          label={t('house')}
          wallets={others(house.items).toReversed()}
          asset={asset}
          href={href}
          bare
        />
      </Section>
      <Section title={t('customers')} flush>
        <FilterBar search={t('search')} read={read} />
        <WalletRows
          label={t('customers')}
          wallets={others(customers.items)}
          asset={asset}
          href={href}
          filtered={read.filtered}
        />
        <Pager nextCursor={customers.nextCursor} count={others(customers.items).length} />
      </Section>
      {accounts.length > 0 ? (
        <Section title={t('correction')} description={t('correctionHint')} flush>
          <AccountRows accounts={accounts} wallet={wallet} />
        </Section>
      ) : null}
    </>
  );
}

type WalletRowsProps = {
  label: string;
  wallets: readonly WalletRow[];
  /** The balances of one asset; left out, of each. */
  asset?: string;
  href: (wallet: WalletRow) => Route;
  filtered?: boolean;
  /** Without whose they are: the platform's own. */
  bare?: boolean;
};

function WalletRows({ label, wallets, asset, href, filtered = false, bare = false }: WalletRowsProps) {
  const t = useTranslations('adjustments');
  const nameOf = useWalletName();
  return (
    <DataTable
      label={label}
      rows={wallets}
      rowKey={({ id }) => id}
      rowHref={href}
      filtered={filtered}
      empty={<EmptyState icon={Wallet} title={t('new.none.title')} description={t('new.none.description')} />}
      columns={[
        { key: 'name', header: t('new.wallet'), cell: nameOf, className: 'sm:w-2/5' },
        ...(bare
          ? []
          : [
              {
                key: 'customer',
                header: t('new.customer'),
                cell: ({ customer }: WalletRow) => <Whose customer={customer} otherwise={t('house')} />,
                className: 'sm:w-2/5',
              },
            ]),
        {
          key: 'available',
          header: t('new.available'),
          align: 'end',
          cell: ({ assets }) => (
            <span className="inline-grid justify-items-end gap-y-0.5">
              {assets
                .filter((held) => asset === undefined || held.asset === asset)
                .map((held) => (
                  <Money key={held.asset} amount={held.balances.available} asset={held.asset} />
                ))}
            </span>
          ),
        },
      ]}
    />
  );
}

type AccountRowsProps = { accounts: readonly CorrectableAccount[]; wallet: { id: string; asset: string } };

function AccountRows({ accounts, wallet }: AccountRowsProps) {
  const t = useTranslations('adjustments.new');
  return (
    <DataTable
      label={t('correction')}
      rows={accounts}
      rowKey={({ id }) => id}
      rowHref={({ id }) => to(`/adjustments/new?wallet=${wallet.id}&asset=${wallet.asset}&account=${id}`)}
      columns={[
        {
          key: 'name',
          header: t('account'),
          cell: (account) => <AccountName account={account} />,
          className: 'sm:w-2/5',
        },
        { key: 'holder', header: t('holder'), cell: ({ holder }) => holder, className: 'sm:w-2/5' },
        {
          key: 'cash',
          header: t('cash'),
          align: 'end',
          cell: ({ cash, asset }) => <Money amount={cash} asset={asset} />,
        },
      ]}
    />
  );
}
