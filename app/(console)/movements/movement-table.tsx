import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Counterparty } from '~/app/(console)/movements/counterparty';
import { Mark } from '~/app/(console)/movements/mark';
import { WalletName } from '~/app/(console)/movements/wallet-name';
import { type Column, DataTable } from '~/components/data-table';
import { Identifier } from '~/components/identifier';
import { Money } from '~/components/money';
import { StatusBadge } from '~/components/status-badge';
import { Timestamp } from '~/components/timestamp';
import type { RoleName } from '~/lib/roles';
import type { Movement } from '~/lib/transfers/read';

/** Webhooks take seconds; what is known later than this after it happened deserves a sign. */
const LATE_AFTER_MS = 60_000;

type MovementTableProps = {
  movements: readonly Movement[];
  /** The wallet's own page leaves its name out. */
  scope: 'wallet' | 'global';
  operator: { role: RoleName };
  /** True when filters are on. */
  filtered?: boolean;
  /** An `<EmptyState>` for when there is nothing yet. */
  empty?: ReactNode;
};

/** Movements as a bank statement has them; each row leads to its ledger transaction. */
export function MovementTable({ movements, scope, operator, filtered = false, empty }: MovementTableProps) {
  const t = useTranslations('movements');
  const columns = useColumns(operator.role);
  return (
    <DataTable
      label={t('title')}
      columns={columns.filter(({ key }) => scope === 'global' || key !== 'wallet')}
      rows={movements}
      rowKey={({ id }) => String(id)}
      rowHref={({ transactionId }) => `/ledger/transactions/${transactionId}`}
      empty={empty}
      filtered={filtered}
    />
  );
}

function useColumns(role: RoleName): Column<Movement>[] {
  const t = useTranslations('movements.columns');
  return [
    { key: 'date', header: t('date'), cell: ({ effectiveAt }) => <Timestamp at={effectiveAt} /> },
    { key: 'kind', header: t('kind'), cell: (movement) => <Kind movement={movement} /> },
    {
      key: 'wallet',
      header: t('wallet'),
      cell: ({ walletId, walletName, customerName }) => (
        <WalletName id={walletId} name={walletName} customer={customerName} />
      ),
      className: 'max-w-40',
    },
    {
      key: 'counterparty',
      header: t('counterparty'),
      cell: ({ counterpartyName, counterpartyNumber, counterpartyBank }) => (
        <Counterparty
          name={counterpartyName}
          number={counterpartyNumber}
          bank={counterpartyBank}
          role={role}
        />
      ),
      className: 'sm:max-w-44',
    },
    {
      key: 'trackingKey',
      header: t('trackingKey'),
      cell: ({ trackingKey }) => (trackingKey ? <Identifier value={trackingKey} /> : <None />),
      className: 'sm:max-w-36',
      hideBelow: 'lg',
    },
    {
      key: 'reference',
      header: t('reference'),
      cell: ({ referenceId }) => (referenceId ? <span className="font-mono">{referenceId}</span> : <None />),
      hideBelow: 'xl',
    },
    {
      key: 'concept',
      header: t('concept'),
      cell: ({ comment }) =>
        comment ? (
          <span className="block truncate" title={comment}>
            {comment}
          </span>
        ) : (
          <None />
        ),
      className: 'sm:max-w-32',
      hideBelow: 'xl',
    },
    {
      key: 'amount',
      header: t('amount'),
      align: 'end',
      cell: ({ amount, asset }) => <Money amount={amount} asset={asset} signed />,
    },
    {
      key: 'balance',
      header: t('balance'),
      align: 'end',
      cell: ({ balanceAfter, asset }) => (
        <Money amount={balanceAfter} asset={asset} className="text-muted-foreground" />
      ),
      hideBelow: 'lg',
    },
    {
      key: 'status',
      header: t('status'),
      cell: ({ status, withdrawalId }) =>
        status ? <StatusBadge kind={withdrawalId ? 'withdrawal' : 'transfer'} status={status} /> : <None />,
      phone: 'end',
    },
  ];
}

function Kind({ movement: { kind, origin, effectiveAt, postedAt } }: { movement: Movement }) {
  const t = useTranslations('movements');
  const word = useMovementWord();
  const lateMs = postedAt.getTime() - effectiveAt.getTime();
  return (
    <span className="inline-flex items-center gap-0.5 whitespace-nowrap">
      {word(kind)}
      {lateMs > LATE_AFTER_MS ? <Mark kind="late" label={t(...lateness(lateMs))} /> : null}
      {origin === 'poll' ? <Mark kind="recovered" label={t('recovered')} /> : null}
    </span>
  );
}

/** How much later, in the unit in which a person would say it. */
function lateness(ms: number): ['lateMinutes' | 'lateHours' | 'lateDays', { count: number }] {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return ['lateMinutes', { count: minutes }];
  const hours = Math.round(minutes / 60);
  return hours < 48 ? ['lateHours', { count: hours }] : ['lateDays', { count: Math.round(hours / 24) }];
}

/** The reader's word for a kind of movement; an unknown one speaks for itself. */
function useMovementWord(): (kind: string) => string {
  const t = useTranslations('kinds.movement');
  return (kind) => {
    const key = kind as Parameters<typeof t>[0];
    return t.has(key) ? t(key) : kind.replaceAll('_', ' ');
  };
}

function None() {
  const t = useTranslations('common');
  return <span className="text-muted-foreground max-sm:hidden">{t('none')}</span>;
}
