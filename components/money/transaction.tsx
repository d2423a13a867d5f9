import { useTranslations } from 'next-intl';
import { type Detail, DetailList } from '~/components/layout/detail-list';
import { Journal } from '~/components/money/journal';
import { Money } from '~/components/money/money';
import { Duration } from '~/components/record/duration';
import { RecoveredBadge } from '~/components/record/event-marks';
import { Identifier } from '~/components/record/identifier';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Card } from '~/components/ui/card';
import { Link } from '~/components/ui/link';
import type { LedgerTransactionRecord } from '~/lib/books/books';
import { saysCause } from '~/lib/ledger/cause';
import { debitsOf } from '~/lib/ledger/debits';

type OfTransaction = { transaction: LedgerTransactionRecord };

/** What a ledger transaction moves, asset by asset. */
export function Moved({ entries }: Pick<LedgerTransactionRecord, 'entries'>) {
  return debitsOf(entries).map(({ asset, amount }) => (
    <Money key={asset} amount={amount} asset={asset} size="md" className="text-foreground" />
  ));
}

/** Its debits and credits. */
export function TransactionJournal({ transaction }: OfTransaction) {
  const t = useTranslations('ledger.journal');
  return (
    <Card>
      <Journal label={t('title')} entries={transaction.entries} owners={transaction.owners} />
    </Card>
  );
}

/** When it happened, and what caused it. */
export function TransactionFacts({ transaction }: OfTransaction) {
  const times = useTimes(transaction);
  const causes = useCauses(transaction);
  return <DetailList items={[...times, ...causes]} />;
}

function useTimes(transaction: LedgerTransactionRecord): Detail[] {
  const { effectiveAt, postedAt } = transaction;
  const t = useTranslations('ledger.transactions');
  const lagMs = postedAt.getTime() - effectiveAt.getTime();
  return [
    { label: t('source'), value: <Identifier value={saysCause(transaction)} /> },
    { label: t('effectiveAt'), value: <Timestamp at={effectiveAt} format="seconds" /> },
    {
      label: t('postedAt'),
      value: (
        <span className="flex flex-wrap gap-x-2">
          <Timestamp at={postedAt} format="seconds" />
          {lagMs > 0 ? (
            <span className="text-muted-foreground">
              {t.rich('later', { lag: () => <Duration ms={lagMs} /> })}
            </span>
          ) : null}
        </span>
      ),
    },
  ];
}

const LINK = 'rounded-sm text-link hover:underline max-sm:py-2';

function useCauses({
  transfer,
  withdrawal,
  adjustment,
  event,
  operator,
  ...facts
}: LedgerTransactionRecord): Detail[] {
  const t = useTranslations('ledger.transactions');
  const inbound = transfer?.direction === 'inbound';
  return [
    ...(transfer
      ? [
          {
            label: t('transfer'),
            value: (
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                {inbound ? (
                  <Link href={`/deposits/${transfer.id}`} className={`${LINK} font-mono`}>
                    {transfer.id}
                  </Link>
                ) : (
                  <Identifier value={transfer.id} />
                )}
                <StatusBadge kind="transfer" status={transfer.state} />
              </span>
            ),
          },
        ]
      : facts.transferId
        ? [{ label: t('transfer'), value: <Identifier value={facts.transferId} /> }]
        : []),
    ...(withdrawal
      ? [
          {
            label: t('withdrawal'),
            value: (
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <Link href={`/withdrawals/${withdrawal.id}`} className={LINK}>
                  {withdrawal.beneficiaryName ?? withdrawal.id}
                </Link>
                <StatusBadge kind="withdrawal" status={withdrawal.status} />
              </span>
            ),
          },
        ]
      : []),
    ...(adjustment
      ? [
          {
            label: t('adjustment'),
            value: (
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <Link href={`/adjustments/${adjustment.id}`} className={LINK}>
                  {adjustment.reason}
                </Link>
                <StatusBadge kind="adjustment" status={adjustment.status} />
              </span>
            ),
          },
        ]
      : []),
    ...(event
      ? [
          {
            label: t('event'),
            value: (
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <Link href={`/inbox/${event.id}`} className={`${LINK} font-mono`}>
                  {event.type}
                </Link>
                <StatusBadge kind="event" status={event.state} />
                {event.origin === 'poll' ? <RecoveredBadge /> : null}
              </span>
            ),
          },
        ]
      : []),
    ...(operator ? [{ label: t('operator'), value: operator.name }] : []),
    ...(facts.note ? [{ label: t('note'), value: facts.note }] : []),
  ];
}
