import { useTranslations } from 'next-intl';
import { DataTable } from '~/components/list/data-table';
import { Clabe } from '~/components/money/clabe';
import { Money } from '~/components/money/money';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Badge } from '~/components/ui/badge';
import { to } from '~/components/ui/to';
import type { EntityRecord } from '~/lib/entities/read';

/** The Fintoc Accounts of an entity, with the balance that Fintoc told last. */
export function EntityAccounts({ accounts }: { accounts: EntityRecord['accounts'] }) {
  const t = useTranslations('entities');
  return (
    <DataTable
      label={t('accounts.label')}
      rows={accounts}
      rowKey={(account) => account.id}
      empty={<Nothing text={t('accounts.empty')} />}
      columns={[
        {
          key: 'description',
          header: t('accounts.description'),
          cell: ({ description, isRoot }) => (
            <span className="inline-flex items-center gap-2">
              {description ?? <span className="text-muted-foreground">{t('accounts.unnamed')}</span>}
              {isRoot ? <Badge tone="info">{t('root')}</Badge> : null}
            </span>
          ),
        },
        {
          key: 'clabe',
          header: t('accounts.clabe'),
          cell: ({ rootAccountNumber }) => <Clabe value={rootAccountNumber} />,
        },
        {
          key: 'status',
          header: t('accounts.status'),
          phone: 'end',
          cell: ({ status }) => <StatusBadge kind="account" status={status} />,
        },
        {
          key: 'synced',
          header: t('accounts.synced'),
          hideBelow: 'lg',
          cell: ({ syncedAt }) => <Timestamp at={syncedAt} />,
        },
        {
          key: 'balance',
          header: t('accounts.balance'),
          align: 'end',
          cell: ({ availableBalance, asset }) =>
            availableBalance === null ? (
              <span className="text-muted-foreground">{t('accounts.ofTheHouse')}</span>
            ) : (
              <Money amount={availableBalance} asset={asset} />
            ),
        },
      ]}
    />
  );
}

export function EntityWallets({ wallets }: { wallets: EntityRecord['wallets'] }) {
  const t = useTranslations('entities');
  return (
    <DataTable
      label={t('wallets.label')}
      rows={wallets}
      rowKey={({ walletId, asset }) => `${walletId} ${asset}`}
      rowHref={({ walletId, asset }) => to(`/wallets/${walletId}?asset=${asset}`)}
      empty={<Nothing text={t('wallets.empty')} />}
      columns={[
        { key: 'name', header: t('wallets.name'), cell: ({ wallet }) => wallet.name },
        { key: 'pattern', header: t('wallets.pattern'), cell: ({ pattern }) => pattern ?? '—' },
        {
          key: 'status',
          header: t('wallets.status'),
          phone: 'end',
          cell: ({ wallet, state }) => (
            <StatusBadge kind="wallet" status={wallet.status === 'open' ? state : wallet.status} />
          ),
        },
        {
          key: 'opened',
          header: t('wallets.opened'),
          hideBelow: 'md',
          cell: ({ createdAt }) => <Timestamp at={createdAt} format="date" />,
        },
      ]}
    />
  );
}

function Nothing({ text }: { text: string }) {
  return <p className="px-4 py-5 text-muted-foreground text-sm sm:px-5">{text}</p>;
}
