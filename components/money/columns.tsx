import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Column } from '~/components/list/data-table';
import { Counterparty } from '~/components/money/counterparty';
import { Money } from '~/components/money/money';
import { TrackingKey } from '~/components/money/tracking-key';
import { WalletName } from '~/components/money/wallet-name';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import type { StatusKind } from '~/components/words/status-looks';
import type { Personal } from '~/lib/people/masking';

type NamedWallet = {
  id: string;
  name: string;
  houseRole: string | null;
  customer: { name: string } | null;
};
type OtherSide = { name: string | null; number: Personal | null; bank: string | null };
type Amount = {
  amount: bigint;
  asset: string;
  /** With its sign, as it changed a balance. */
  signed?: boolean;
  /** What the row is about, beside other amounts. */
  strong?: boolean;
  /** A mark in front of it. */
  mark?: ReactNode;
};
type Of<Row, Shown> = (row: Row) => Shown;

/** What differs from list to list: another head, how much room it gets, and where a small screen leaves it out. */
type Own<Row> = Partial<
  Pick<Column<Row>, 'key' | 'header' | 'className' | 'hideBelow' | 'besideFrom' | 'phone' | 'phoneLabel'>
>;

/**
 * The columns that lists of money have in common, so that an amount, a wallet or the other side looks and is called the
 * same in all of them. Each takes what of a row it shows, and what is the list's own.
 */
export function useMoneyColumns<Row>() {
  const t = useTranslations('common.columns');
  return {
    when: (of: Of<Row, Date>, own: Own<Row> = {}): Column<Row> => ({
      ...{ key: 'date', header: t('date'), cell: (row) => <Timestamp at={of(row)} /> },
      ...own,
    }),
    requested: (of: Of<Row, Date>): Column<Row> => ({
      ...{ key: 'date', header: t('requested'), cell: (row) => <Timestamp at={of(row)} /> },
    }),
    requestedBy: (of: Of<Row, ReactNode>, own: Own<Row> = {}): Column<Row> => ({
      ...{ key: 'requestedBy', header: t('requestedBy'), cell: of, hideBelow: 'xl', ...own },
    }),
    wallet: (of: Of<Row, NamedWallet>, own: Own<Row> = {}): Column<Row> => ({
      ...{ key: 'wallet', header: t('wallet'), cell: (row) => <NamedWallet of={of(row)} /> },
      ...{ className: 'sm:max-w-48', ...own },
    }),
    other: (header: string, of: Of<Row, OtherSide>, own: Own<Row> = {}): Column<Row> => ({
      ...{ key: 'counterparty', header, cell: (row) => <Counterparty {...of(row)} /> },
      ...{ className: 'sm:max-w-52', ...own },
    }),
    trackingKey: (of: Of<Row, string | null | undefined>): Column<Row> => ({
      ...{ key: 'trackingKey', header: t('trackingKey'), hideBelow: 'lg' },
      cell: (row) => <Key value={of(row) ?? null} />,
    }),
    concept: (of: Of<Row, string | null>): Column<Row> => ({
      ...{ key: 'concept', header: t('concept'), cell: (row) => <Line text={of(row)} /> },
      ...{ className: 'sm:max-w-40', hideBelow: 'xl' },
    }),
    reason: (of: Of<Row, string>): Column<Row> => ({
      ...{ key: 'reason', header: t('reason'), cell: (row) => <Line text={of(row)} /> },
      ...{ className: 'sm:max-w-56', hideBelow: 'lg' },
    }),
    amount: (of: Of<Row, Amount>, own: Own<Row> = {}): Column<Row> => ({
      ...{ key: 'amount', header: t('amount'), align: 'end', cell: (row) => <Sum of={of(row)} /> },
      ...{ keep: true, ...own },
    }),
    status: (kind: StatusKind, of: Of<Row, string | null>): Column<Row> => ({
      ...{ key: 'status', header: t('status'), cell: (row) => <Status kind={kind} status={of(row)} /> },
      ...{ phone: 'end', keep: true },
    }),
    /** Where a list tells more of it than its word. */
    standing: (cell: Of<Row, ReactNode>): Column<Row> => ({
      ...{ key: 'status', header: t('status'), cell, phone: 'end', keep: true },
    }),
  };
}

function NamedWallet({ of }: { of: NamedWallet }) {
  return <WalletName wallet={of} customer={of.customer?.name ?? null} />;
}

function Key({ value }: { value: string | null }) {
  return value ? <TrackingKey value={value} /> : <None />;
}

/** Words of somebody, on one line; whole where somebody points at them. */
function Line({ text }: { text: string | null }) {
  return (
    <span className="block truncate text-muted-foreground" title={text ?? undefined}>
      {text}
    </span>
  );
}

function Sum({ of: { amount, asset, signed = false, strong = false, mark } }: { of: Amount }) {
  const money = <Money amount={amount} asset={asset} signed={signed} {...(strong && STRONG)} />;
  if (!mark) return money;
  return (
    <span className="inline-flex items-center gap-0.5">
      {mark}
      {money}
    </span>
  );
}

const STRONG = { className: 'font-medium' };

function Status({ kind, status }: { kind: StatusKind; status: string | null }) {
  return status ? <StatusBadge kind={kind} status={status} /> : <None />;
}

/** A cell with nothing in it, which a phone leaves out. */
export function None() {
  const t = useTranslations('common');
  return <span className="text-muted-foreground max-sm:hidden">{t('none')}</span>;
}
