import { Landmark } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { DataTable } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { AccountName } from '~/components/money/account-name';
import { Money } from '~/components/money/money';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { to } from '~/components/ui/to';
import type { NamedProof } from '~/lib/proof/named';

type AccountTableProps = { accounts: readonly NamedProof[]; filtered: boolean };

/** How far each account is proven. */
export function AccountTable({ accounts, filtered }: AccountTableProps) {
  const t = useTranslations('proof.accounts');
  const formatter = useFormatter();
  return (
    <DataTable
      label={t('title')}
      rows={accounts}
      rowKey={({ id }) => id}
      rowHref={({ id }) => to(`/proof/accounts/${encodeURIComponent(id)}`)}
      filtered={filtered}
      empty={<EmptyState icon={Landmark} title={t('empty')} description={t('emptyHint')} />}
      columns={[
        {
          key: 'name',
          header: t('account'),
          cell: (account) => <AccountName account={account} />,
          className: 'sm:max-w-60',
        },
        {
          key: 'state',
          header: t('state'),
          phone: 'end',
          cell: ({ light }) => <StatusBadge kind="proof" status={light} />,
        },
        {
          key: 'proven',
          header: t('proven'),
          cell: ({ provenMovementAt, light }) =>
            provenMovementAt ? (
              <Timestamp at={provenMovementAt} format="seconds" />
            ) : (
              <span className="text-muted-foreground">{t(light === 'green' ? 'nothing' : 'never')}</span>
            ),
        },
        {
          key: 'count',
          header: t('count'),
          align: 'end',
          hideBelow: 'md',
          cell: ({ provenCount }) => <span className="tabular-nums">{formatter.number(provenCount)}</span>,
        },
        {
          key: 'lag',
          header: t('lag'),
          align: 'end',
          hideBelow: 'lg',
          cell: ({ laggingCount }) => (
            <span className="text-muted-foreground tabular-nums">{formatter.number(laggingCount)}</span>
          ),
        },
        {
          key: 'balance',
          header: t('balance'),
          align: 'end',
          phone: 'end',
          cell: ({ provenBalance, asset }) => <Money amount={provenBalance} asset={asset} />,
        },
        {
          key: 'difference',
          header: t('difference'),
          align: 'end',
          hideBelow: 'lg',
          cell: ({ off, asset }) => (
            <Money
              amount={off}
              asset={asset}
              className={off === 0n ? 'text-muted-foreground' : 'text-danger'}
            />
          ),
        },
      ]}
    />
  );
}
