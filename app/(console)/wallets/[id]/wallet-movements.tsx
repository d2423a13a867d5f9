import { ArrowLeftRight } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { EmptyState } from '~/components/list/empty-state';
import { ExportMenu } from '~/components/list/export-menu';
import { MovementFilters } from '~/components/list/movement-filters';
import { readWalletMovements } from '~/components/list/movement-params';
import { MovementTable } from '~/components/list/movement-table';
import { Pager } from '~/components/list/pager';
import { listAsRead } from '~/components/list/read-address';
import type { SearchParams } from '~/components/list/search-params';
import { ToStatement } from '~/components/record/to-statement';
import { listMovements } from '~/lib/movements/movements';
import type { Operator } from '~/lib/session';
import type { WalletView } from '~/lib/wallets/wallets';

type WalletMovementsProps = {
  wallet: WalletView;
  params: SearchParams;
  operator: Operator;
};

/** What changed this wallet's available balance, with the balance after each. */
export async function WalletMovements({ wallet, params, operator }: WalletMovementsProps) {
  const read = readWalletMovements(params, operator.timeZone, wallet);
  const [t, { items, nextCursor }] = await Promise.all([
    getTranslations('wallets.movements'),
    listAsRead(read, (filter) => listMovements(operator, filter)),
  ]);
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-3 max-sm:mb-3">
        <MovementFilters params={params} read={read} asset={wallet.asset} />
        <div className="flex gap-2 sm:mb-3">
          <ToStatement of="wallet" id={wallet.id} role={operator.role} />
          <ExportMenu list="movements" role={operator.role} walletId={wallet.id} asset={wallet.asset} />
        </div>
      </div>
      <MovementTable
        movements={items}
        scope="wallet"
        filtered={read.filtered}
        empty={<EmptyState icon={ArrowLeftRight} title={t('empty')} description={t(emptyHintOf(wallet))} />}
      />
      <Pager
        nextCursor={nextCursor}
        count={items.length}
        totals={read.filtered ? { list: 'movements', walletId: wallet.id, asset: wallet.asset } : undefined}
      />
    </>
  );
}

function emptyHintOf({ kind, accountNumber, rail }: WalletView) {
  if (accountNumber) return 'emptyHint';
  if (rail) return 'emptyOpeningHint';
  return kind === 'house' ? 'emptyHouseHint' : 'emptyBooksHint';
}
