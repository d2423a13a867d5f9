import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { type Column, DataTable, type ListView } from '~/components/list/data-table';
import { BookedTime, type BookedTimes, bookedTimes, LATE_AFTER_MS } from '~/components/money/booked-time';
import { None, useMoneyColumns } from '~/components/money/columns';
import { Money } from '~/components/money/money';
import { Mark } from '~/components/record/mark';
import { StatusBadge } from '~/components/record/status-badge';
import { to } from '~/components/ui/to';
import { useWalletName } from '~/components/words/wallet-name-words';
import type { Movement } from '~/lib/movements/movements';

type MovementTableProps = {
  movements: readonly Movement[];
  /** The wallet's own page leaves its name out, the customer's that of the customer. */
  scope: 'wallet' | 'customer' | 'global';
  /** What a page has to add to each. */
  beside?: Column<Movement>;
  /** True when filters are on. */
  filtered?: boolean;
  /** How its address has it seen, where it is a list of its own. */
  view?: ListView;
  /** An `<EmptyState>` for when there is nothing yet. */
  empty?: ReactNode;
};

/** Movements as a bank statement has them; each row leads to its ledger transaction, an adjustment's to who agreed to it, a hold's to why. */
export function MovementTable({
  movements,
  scope,
  beside,
  filtered = false,
  view,
  empty,
}: MovementTableProps) {
  const t = useTranslations('movements');
  const columns = useColumns(scope, bookedTimes(movements));
  return (
    <DataTable
      label={t('title')}
      wide
      columns={[...columns.filter(({ key }) => !LEFT_OUT[scope].includes(key)), ...(beside ? [beside] : [])]}
      rows={movements}
      rowKey={movementKey}
      rowHref={movementHref}
      {...(view && { view })}
      empty={empty}
      filtered={filtered}
    />
  );
}

/** Its transaction is named too, so that an address with it can be read where its row is on another page. */
function movementKey({ id, transactionId }: Movement): string {
  return `${transactionId}.${id}`;
}

/** Where the movement of a key leads; of one that is on another page, to its ledger transaction. */
export function movementPage(movements: readonly Movement[], key: string): Route {
  const movement = movements.find((each) => movementKey(each) === key);
  return movement ? movementHref(movement) : to(`/ledger/transactions/${transactionOf(key)}`);
}

export function transactionOf(key: string): string {
  return key.split('.')[0] ?? '';
}

function movementHref({ transactionId, adjustmentId, holdId }: Movement): Route {
  if (holdId) return to(`/holds/${holdId}`);
  return adjustmentId ? to(`/adjustments/${adjustmentId}`) : to(`/ledger/transactions/${transactionId}`);
}

type Scope = MovementTableProps['scope'];

const LEFT_OUT: Record<Scope, readonly string[]> = { wallet: ['wallet'], customer: ['concept'], global: [] };

function useColumns(scope: Scope, times: BookedTimes): Column<Movement>[] {
  const t = useTranslations('movements.columns');
  const common = useTranslations('common.columns');
  const nameOf = useWalletName();
  const columns = useMoneyColumns<Movement>();
  // Of one customer's few it is plain which is which.
  const bare = scope === 'customer' ? { phoneLabel: false } : {};
  return [
    { key: 'date', header: common('date'), cell: (movement) => <BookedTime {...times(movement)} /> },
    {
      key: 'kind',
      header: t('kind'),
      cell: (movement) => <Kind movement={movement} />,
      className: 'leading-tight',
      besideFrom: 'widest',
    },
    columns.wallet((movement) => walletOf(movement, scope === 'global'), {
      ...{ className: 'sm:min-w-32 sm:max-w-40', ...bare },
    }),
    columns.other(
      t('counterparty'),
      ({ counterpartyName, counterpartyHouseRole, counterpartyNumber, counterpartyBank }) => ({
        name: counterpartyName && nameOf({ name: counterpartyName, houseRole: counterpartyHouseRole }),
        ...{ number: counterpartyNumber, bank: counterpartyBank },
      }),
      { className: 'sm:min-w-36 sm:max-w-48', besideFrom: 'wide', ...bare },
    ),
    columns.trackingKey(({ trackingKey }) => trackingKey),
    {
      key: 'concept',
      header: t('concept'),
      cell: ({ comment, referenceId }) => <Concept text={comment} reference={referenceId} />,
      className: 'sm:max-w-36',
      hideBelow: 'xl',
    },
    ...(scope === 'wallet'
      ? [
          columns.amount(({ amount, asset }) => ({ amount, asset, signed: true }), { phoneLabel: false }),
          balanceColumn(t('balance')),
        ]
      : [amountAndBalance(t)]),
    columns.standing((movement) => <Standing movement={movement} />),
  ];
}

function walletOf({ walletId, walletName, walletHouseRole, customerName }: Movement, withCustomer: boolean) {
  const customer = customerName === null || !withCustomer ? null : { name: customerName };
  return { id: walletId, name: walletName, houseRole: walletHouseRole, customer };
}

/** Of what caused it. */
function Standing({ movement }: { movement: Movement }) {
  const { status, holdId, adjustmentId, withdrawalId } = movement;
  if (!status) return <None />;
  if (holdId) return <StatusBadge kind="hold" status={status} />;
  if (adjustmentId) return <StatusBadge kind="adjustment" status={status} />;
  return <StatusBadge kind={withdrawalId ? 'withdrawal' : 'transfer'} status={status} />;
}

/** One wallet's balance runs down a column. */
function balanceColumn(header: string): Column<Movement> {
  return {
    key: 'balance',
    header,
    align: 'end',
    keep: true,
    cell: ({ balanceAfter, asset }) => (
      <Money amount={balanceAfter} asset={asset} className="text-muted-foreground" />
    ),
  };
}

/** Across wallets each balance stands under the amount that made it. */
function amountAndBalance(t: ReturnType<typeof useTranslations<'movements.columns'>>): Column<Movement> {
  return {
    key: 'amount',
    header: t('amountAndBalance'),
    align: 'end',
    keep: true,
    cell: ({ amount, balanceAfter, asset }) => (
      <span className="grid justify-items-end leading-tight">
        <Money amount={amount} asset={asset} signed />
        <span className="text-muted-foreground text-xs max-sm:hidden">
          <span className="sr-only">{t('balance')} </span>
          <Money amount={balanceAfter} asset={asset} className="text-xs" />
        </span>
      </span>
    ),
  };
}

function Concept({ text, reference }: { text: string | null; reference: string | null }) {
  const t = useTranslations('movements');
  if (!text && !reference) return <None />;
  return (
    <span className="grid min-w-0 leading-tight">
      {text ? (
        <span className="truncate" title={text}>
          {text}
        </span>
      ) : null}
      {reference ? (
        <span className="truncate text-muted-foreground text-xs">{t('reference', { reference })}</span>
      ) : null}
    </span>
  );
}

function Kind({ movement: { kind, origin, effectiveAt, postedAt } }: { movement: Movement }) {
  const t = useTranslations('movements');
  const word = useMovementWord();
  const lateMs = postedAt.getTime() - effectiveAt.getTime();
  return (
    <span className="inline-flex items-center gap-0.5">
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
