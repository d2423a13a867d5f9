import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Plan } from '~/app/(console)/deposits/debts/plan';
import { DataTable } from '~/components/list/data-table';
import { Money } from '~/components/money/money';
import { WalletName } from '~/components/money/wallet-name';
import { Timestamp } from '~/components/record/timestamp';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import type { Debt } from '~/lib/books/debts';
import { toDecimal } from '~/lib/money';

type DebtTableProps = {
  debts: readonly Debt[];
  filtered: boolean;
  /** The wallet of the platform that would bear them; null for who can't ask for that. */
  writesOffFrom: string | null;
  empty: ReactNode;
};

/** The oldest first. */
export function DebtTable({ debts, filtered, writesOffFrom, empty }: DebtTableProps) {
  const t = useTranslations('deposits.debts');
  return (
    <DataTable
      label={t('label')}
      rows={debts}
      rowKey={({ id }) => id}
      rowHref={({ walletId }) => to(`/wallets/${walletId}`)}
      filtered={filtered}
      empty={empty}
      columns={[
        { key: 'since', header: t('since'), cell: ({ since }) => <Since at={since} /> },
        {
          key: 'wallet',
          header: t('wallet'),
          cell: ({ walletId, walletName, houseRole, customer }) => (
            <WalletName
              wallet={{ id: walletId, name: walletName, houseRole }}
              customer={customer?.name ?? null}
            />
          ),
          className: 'sm:max-w-56',
        },
        {
          key: 'deposit',
          header: t('deposit'),
          cell: ({ transferId }) =>
            transferId ? (
              <Link
                href={to(`/deposits/${encodeURIComponent(transferId)}`)}
                className="text-link hover:underline"
              >
                {t('returned')}
              </Link>
            ) : (
              '—'
            ),
          hideBelow: 'md',
        },
        {
          key: 'repaid',
          header: t('repaid'),
          align: 'end',
          cell: ({ repaid, asset, lastRepaidAt }) =>
            repaid > 0n ? (
              <span className="grid leading-tight">
                <Money amount={repaid} asset={asset} />
                {lastRepaidAt ? (
                  <Timestamp at={lastRepaidAt} format="day" className="text-muted-foreground text-xs" />
                ) : null}
              </span>
            ) : (
              '—'
            ),
          hideBelow: 'md',
        },
        {
          key: 'owed',
          header: t('owed'),
          align: 'end',
          cell: ({ owed, asset }) => <Money amount={owed} asset={asset} className="font-medium" />,
        },
        {
          key: 'plan',
          header: t('plan.column'),
          cell: (debt: Debt) => <Plan debt={debt} mayAsk={writesOffFrom !== null} />,
        },
        ...(writesOffFrom
          ? [
              {
                key: 'acts',
                header: <span className="sr-only">{t('acts')}</span>,
                align: 'end' as const,
                cell: ({ walletId, asset, owed }: Debt) => (
                  <Button asChild size="sm">
                    <Link
                      href={to(
                        `/adjustments/new?wallet=${walletId}&asset=${asset}&other=${writesOffFrom}&direction=in&amount=${toDecimal(owed, asset)}`,
                      )}
                    >
                      {t('writeOff')}
                    </Link>
                  </Button>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

function Since({ at }: { at: Date }) {
  const formatter = useFormatter();
  return (
    <span className="grid leading-tight">
      <span className="whitespace-nowrap">{formatter.relativeTime(at, new Date())}</span>
      <Timestamp at={at} format="date" className="font-normal text-muted-foreground text-xs" />
    </span>
  );
}
