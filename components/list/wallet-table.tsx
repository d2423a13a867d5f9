import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { type Column, DataTable, type ListView } from '~/components/list/data-table';
import { selectColumn } from '~/components/list/select/select-column';
import { Clabe } from '~/components/money/clabe';
import { Money } from '~/components/money/money';
import { Whose } from '~/components/money/whose';
import { FintocState } from '~/components/record/fintoc-state';
import { StatusBadge } from '~/components/record/status-badge';
import { cn } from '~/components/ui/cn';
import { to } from '~/components/ui/to';
import { useWalletName } from '~/components/words/wallet-name-words';
import { joined } from '~/lib/text';
import { numbersOf } from '~/lib/wallets/frozen-deposits';
import { openingWait } from '~/lib/wallets/opening-wait';
import type { WalletRow } from '~/lib/wallets/wallets';

type WalletColumn =
  | 'customer'
  | 'name'
  | 'pattern'
  | 'status'
  | 'clabe'
  | 'fintoc'
  | 'available'
  | 'pending'
  | 'reserved';

/** So that all columns fit from 1280 px on. */
const NAME_WIDTH = 'sm:max-w-40 xl:max-w-36 min-[90rem]:max-w-48 2xl:max-w-56';

type WalletTableProps = {
  wallets: readonly WalletRow[];
  columns: readonly WalletColumn[];
  /** True when filters are on. */
  filtered?: boolean;
  /** Whether several can be chosen, as in `Selecting`. */
  selectable?: boolean;
  /** How its address has it seen, where it is a list of its own. */
  view?: ListView;
  /** An `<EmptyState>` for when there is nothing yet. */
  empty: ReactNode;
};

/** Wallets with whose they are, where they receive money and what they hold. */
export function WalletTable({
  wallets,
  columns,
  filtered = false,
  selectable = false,
  view,
  empty,
}: WalletTableProps) {
  const t = useTranslations('wallets');
  const known = useColumns();
  const nameOf = useWalletName();
  const boxes = selectColumn<WalletRow>((wallet) => ({
    id: wallet.id,
    name: joined([wallet.customer?.name, nameOf(wallet)]),
  }));
  return (
    <DataTable
      label={t('title')}
      columns={[...(selectable ? [boxes] : []), ...columns.map((key) => ({ key, ...known[key] }))]}
      rows={wallets}
      rowKey={({ id }) => id}
      rowHref={({ id }) => to(`/wallets/${id}`)}
      filtered={filtered}
      {...(view && { view })}
      empty={empty}
    />
  );
}

function useColumns(): Record<WalletColumn, Omit<Column<WalletRow>, 'key'>> {
  const t = useTranslations('wallets.columns');
  const nameOf = useWalletName();
  return {
    customer: {
      header: t('customer'),
      cell: (wallet) => <Owner wallet={wallet} />,
      className: NAME_WIDTH,
    },
    name: {
      header: t('name'),
      cell: (wallet) => (
        <span className="block overflow-x-clip text-ellipsis whitespace-nowrap">{nameOf(wallet)}</span>
      ),
      className: NAME_WIDTH,
      phoneLabel: false,
    },
    pattern: {
      header: t('pattern'),
      cell: ({ assets }) => joined([...new Set(assets.map(({ pattern }) => pattern))]),
      hideBelow: 'md',
    },
    status: {
      header: t('status'),
      keep: true,
      cell: (wallet) => <Standing wallet={wallet} />,
      phone: 'end',
    },
    clabe: {
      header: t('clabe'),
      cell: ({ assets }) => {
        const live = numbersOf(assets).filter(({ status }) => status !== 'deleted');
        if (live.length === 0) return null;
        return (
          <Stack>
            {live.map(({ number }) => (
              <Clabe key={number} value={number} className="-my-1" />
            ))}
          </Stack>
        );
      },
      hideBelow: 'xl',
    },
    fintoc: {
      header: t('fintoc'),
      keep: true,
      cell: (wallet) => <FintocState wallet={wallet} />,
      phone: 'end',
      // A phone's card has room for what is odd only.
      className: 'max-sm:[&:not(:has([data-odd]))]:hidden',
    },
    available: {
      header: t('available'),
      keep: true,
      align: 'end',
      cell: ({ assets }) => (
        <Stack end>
          {assets.map(({ asset, balances }) => (
            <Money key={asset} amount={balances.available} asset={asset} />
          ))}
        </Stack>
      ),
    },
    pending: {
      header: t('pending'),
      align: 'end',
      cell: ({ assets }) => (
        <Stack end>
          {assets.map(({ asset, balances }) => (
            <Money key={asset} amount={balances.pending} asset={asset} className="text-muted-foreground" />
          ))}
        </Stack>
      ),
      // Mostly nothing: only where there is room for all.
      hideBelow: 'wide',
    },
    reserved: {
      header: t('reserved'),
      keep: true,
      align: 'end',
      cell: ({ assets }) => (
        <Stack end>
          {assets.map(({ asset, balances }) => (
            <Money key={asset} amount={balances.reserved} asset={asset} className="text-muted-foreground" />
          ))}
        </Stack>
      ),
      hideBelow: 'xl',
    },
  };
}

/** What is so of each asset, one below the other; of one asset as it is. */
function Stack({ children, end = false }: { children: ReactNode; end?: boolean }) {
  return <span className={cn('inline-grid gap-y-0.5 py-1', end && 'justify-items-end')}>{children}</span>;
}

/** Its state; of one that opens, also what it waits for where that is somebody's to do. */
function Standing({ wallet }: { wallet: WalletRow }) {
  const t = useTranslations('wallets.opening.short');
  const opening =
    wallet.status === 'closed' ? undefined : wallet.assets.find(({ state }) => state === 'opening');
  const wait = opening ? openingWait(opening) : 'itself';
  return (
    <span className="inline-grid justify-items-start gap-0.5 py-1 leading-tight max-sm:justify-items-end">
      <StatusBadge kind="wallet" status={wallet.status} />
      {wait === 'itself' ? null : <span className="text-muted-foreground text-xs">{t(wait)}</span>}
    </span>
  );
}

/** Who a wallet's money belongs to: a customer, or the platform. */
function Owner({ wallet: { customer, kind } }: { wallet: WalletRow }) {
  const kinds = useTranslations('kinds.wallet');
  return <Whose customer={customer} otherwise={kinds(kind)} />;
}
