import { useTranslations } from 'next-intl';
import { DataTable } from '~/components/list/data-table';
import { Money } from '~/components/money/money';
import { ProtectedClabe } from '~/components/money/protected-clabe';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Badge } from '~/components/ui/badge';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { useWalletName } from '~/components/words/wallet-name-words';
import type { AccountNumberRecord } from '~/lib/wallets/account-numbers-read';

type RecentTransfersProps = { transfers: AccountNumberRecord['transfers'] };

/** The newest transfers that came in on one account number. */
export function RecentTransfers({ transfers }: RecentTransfersProps) {
  const t = useTranslations('accountNumbers.transfers');
  const nameOf = useWalletName();
  return (
    <DataTable
      label={t('label')}
      rows={transfers}
      rowKey={(transfer) => transfer.id}
      rowHref={(transfer) => to(`/deposits/${transfer.id}`)}
      empty={<p className="px-4 py-5 text-muted-foreground text-sm sm:px-5">{t('empty')}</p>}
      columns={[
        { key: 'at', header: t('at'), cell: ({ transactedAt }) => <Timestamp at={transactedAt} /> },
        {
          key: 'from',
          header: t('from'),
          cell: ({ counterpartyName, counterpartyNumber }) => (
            <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
              {counterpartyName ?? t('unknownSender')}
              {counterpartyNumber ? (
                <span className="text-muted-foreground text-xs">
                  <ProtectedClabe value={counterpartyNumber} copy={false} />
                </span>
              ) : null}
            </span>
          ),
        },
        {
          key: 'wallet',
          header: t('wallet'),
          hideBelow: 'lg',
          phone: 'hide',
          cell: ({ wallet, suspenseReason }) =>
            wallet && !suspenseReason ? (
              <Link href={`/wallets/${wallet.id}`} className="relative z-10 text-link hover:underline">
                {nameOf(wallet)}
              </Link>
            ) : suspenseReason ? (
              <Badge tone="warning">{t('suspense')}</Badge>
            ) : (
              '—'
            ),
        },
        {
          key: 'status',
          header: t('status'),
          phone: 'end',
          cell: ({ state }) => <StatusBadge kind="transfer" status={state} />,
        },
        {
          key: 'amount',
          header: t('amount'),
          align: 'end',
          cell: ({ amount, asset }) => <Money amount={amount} asset={asset} />,
        },
      ]}
    />
  );
}
