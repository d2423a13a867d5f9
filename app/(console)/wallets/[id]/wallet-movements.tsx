import { ArrowLeftRight } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { EmptyState } from '~/components/empty-state';
import { ExportMenu } from '~/components/export-menu';
import { MovementFilters } from '~/components/movement-filters';
import { readWalletMovements } from '~/components/movement-params';
import { MovementTable } from '~/components/movement-table';
import { Pager } from '~/components/pager';
import { listAsRead } from '~/components/read-address';
import type { SearchParams } from '~/components/search-params';
import { listMovements } from '~/lib/movements/movements';
import { can, type RoleName } from '~/lib/roles';
import type { WalletView } from '~/lib/wallets/wallets';

type WalletMovementsProps = {
  wallet: WalletView;
  params: SearchParams;
  operator: { role: RoleName; timeZone: string };
};

/** What changed this wallet's available balance, with the balance after each. */
export async function WalletMovements({ wallet, params, operator }: WalletMovementsProps) {
  const read = readWalletMovements(params, operator.timeZone, wallet);
  const [t, { items, nextCursor }] = await Promise.all([
    getTranslations('wallets.movements'),
    listAsRead(read, (filter) => listMovements({ ...filter, wholeOnly: !can(operator.role, 'people:read') })),
  ]);
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-3 max-sm:mb-3">
        <MovementFilters params={params} read={read} asset={wallet.asset} />
        <ExportMenu list="movements" role={operator.role} walletId={wallet.id} asset={wallet.asset} />
      </div>
      <MovementTable
        movements={items}
        scope="wallet"
        operator={operator}
        filtered={read.filtered}
        empty={
          <EmptyState
            icon={ArrowLeftRight}
            title={t('empty')}
            description={t(
              wallet.accountNumber ? 'emptyHint' : wallet.rail ? 'emptyOpeningHint' : 'emptyBooksHint',
            )}
          />
        }
      />
      <Pager nextCursor={nextCursor} count={items.length} />
    </>
  );
}
