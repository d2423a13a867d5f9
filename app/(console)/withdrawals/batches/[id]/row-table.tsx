import { useTranslations } from 'next-intl';
import { useFaultWords, useRefusalWords } from '~/app/(console)/withdrawals/batches/[id]/fault-words';
import { type Column, DataTable } from '~/components/list/data-table';
import { Counterparty } from '~/components/money/counterparty';
import { Money } from '~/components/money/money';
import { TrackingKey } from '~/components/money/tracking-key';
import { StatusBadge } from '~/components/record/status-badge';
import { Badge } from '~/components/ui/badge';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { useReasons } from '~/components/words/reason-words';
import type { Network } from '~/lib/batches/columns';
import type { BatchRowShown } from '~/lib/batches/read';
import { REPEAT_DAYS } from '~/lib/batches/repeats';

type RowTableProps = {
  rows: readonly BatchRowShown[];
  asset: string;
  network: Network;
  isDraft: boolean;
  /** Whether more than one wallet pays. */
  many: boolean;
};

/** The lines of the file, by their numbers in it. */
export function RowTable({ rows, asset, network, isDraft, many }: RowTableProps) {
  const t = useTranslations('batches.rows');
  return (
    <DataTable
      label={t('line')}
      rows={rows}
      rowKey={({ line, part }) => `${line} ${part}`}
      filtered
      columns={[
        {
          key: 'line',
          header: t('line'),
          cell: ({ line, part, parts }) => (
            <span className="tabular-nums">
              {line}
              {parts > 1 ? (
                <span className="block text-muted-foreground text-xs">{t('part', { part, parts })}</span>
              ) : null}
            </span>
          ),
        },
        {
          key: 'beneficiary',
          header: t('beneficiary'),
          cell: ({ name, destination, bank, typed }) => (
            <Counterparty name={name ?? typed.name ?? null} number={destination} bank={bank} />
          ),
          className: 'sm:max-w-64',
        },
        ...(many ? [walletColumn(t('wallet'))] : []),
        {
          key: 'amount',
          header: t('amount'),
          align: 'end',
          cell: ({ amount, typed }) =>
            amount === null ? (typed.amount ?? '—') : <Money amount={amount} asset={asset} />,
        },
        {
          key: 'check',
          header: t(isDraft ? 'check' : 'result'),
          cell: (row) => (isDraft ? <Check row={row} network={network} /> : <Result row={row} />),
          className: 'sm:max-w-96 sm:whitespace-normal',
          phone: 'start',
          phoneLabel: false,
        },
      ]}
    />
  );
}

function walletColumn(header: string): Column<BatchRowShown> {
  return {
    key: 'wallet',
    header,
    cell: ({ wallet, typed }) => wallet?.name ?? typed.wallet ?? '—',
    className: 'sm:max-w-48',
    hideBelow: 'md',
  };
}

/** What is wrong with a line, field by field and as it was typed; or what it repeats. */
function Check({ row, network }: { row: BatchRowShown; network: Network }) {
  const t = useTranslations('batches');
  const wordsOf = useFaultWords();
  const { faults, typed } = row;
  if (faults.length > 0)
    return (
      <ul className="grid gap-1 py-1">
        {faults.map(({ field, why }) => (
          <li key={field} className="leading-snug">
            <span className="font-medium text-danger">
              {t(`fields.${field}.name`, { network })}: {wordsOf(why)}
            </span>
            {typed[field] ? (
              <span className="block break-all text-muted-foreground text-xs">
                {t('rows.typed', { text: typed[field] })}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    );
  return <Repeats row={row} />;
}

function Repeats({ row: { repeatsLine, repeatsId } }: { row: BatchRowShown }) {
  const t = useTranslations('batches.rows');
  if (repeatsLine === null && repeatsId === null)
    return <span className="text-muted-foreground">{t('fine')}</span>;
  return (
    <span className="flex flex-wrap gap-1.5 py-1">
      {repeatsLine === null ? null : <Badge tone="warning">{t('repeatsLine', { line: repeatsLine })}</Badge>}
      {repeatsId === null ? null : (
        <Link href={to(`/withdrawals/${repeatsId}`)} className="rounded-sm text-link hover:underline">
          {t('repeatsRecent', { days: REPEAT_DAYS })}
        </Link>
      )}
    </span>
  );
}

/** What became of a confirmed line. */
function Result({ row }: { row: BatchRowShown }) {
  const t = useTranslations('batches.rows');
  const reasonOf = useReasons();
  const refusalOf = useRefusalWords();
  const { withdrawal, end, leftOut } = row;
  if (end?.kind === 'refused')
    return <span className="text-danger">{t('refused', { why: refusalOf(end.code) })}</span>;
  if (leftOut) return <span className="text-muted-foreground">{t('leftOut')}</span>;
  if (!withdrawal) return <span className="text-muted-foreground">{t('toHold')}</span>;
  return (
    <span className="grid justify-items-start gap-1 py-1">
      <Link href={to(`/withdrawals/${withdrawal.id}`)} className="rounded-sm">
        <StatusBadge kind="withdrawal" status={withdrawal.status} />
      </Link>
      {end?.code ? <span className="text-muted-foreground text-xs">{reasonOf(end.code).why}</span> : null}
      {withdrawal.transfer?.trackingKey ? <TrackingKey value={withdrawal.transfer.trackingKey} /> : null}
    </span>
  );
}
