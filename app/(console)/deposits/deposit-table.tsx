import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Destination } from '~/app/(console)/deposits/destination';
import { useSuspenseWord } from '~/app/(console)/deposits/suspense-word';
import { DataTable } from '~/components/list/data-table';
import { Counterparty } from '~/components/money/counterparty';
import { Money } from '~/components/money/money';
import { TrackingKey } from '~/components/money/tracking-key';
import { Mark } from '~/components/record/mark';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Badge } from '~/components/ui/badge';
import { to } from '~/components/ui/to';
import type { ListedTransfer } from '~/lib/transfers/read';

type DepositTableProps = {
  deposits: readonly ListedTransfer[];
  filtered: boolean;
  empty: ReactNode;
};

/** Inbound transfers as Fintoc knows them, newest first. */
export function DepositTable({ deposits, filtered, empty }: DepositTableProps) {
  const t = useTranslations('deposits');
  const common = useTranslations('common');
  return (
    <DataTable
      label={t('tabs.all')}
      rows={deposits}
      rowKey={({ id }) => id}
      rowHref={({ id }) => to(`/deposits/${id}`)}
      filtered={filtered}
      empty={empty}
      columns={[
        {
          key: 'date',
          header: t('columns.date'),
          cell: ({ transactedAt }) => <Timestamp at={transactedAt} />,
        },
        {
          key: 'from',
          header: t('columns.from'),
          cell: ({ counterpartyName, counterpartyNumber, counterpartyBank }) => (
            <Counterparty name={counterpartyName} number={counterpartyNumber} bank={counterpartyBank} />
          ),
          className: 'sm:max-w-52',
        },
        {
          key: 'to',
          header: t('columns.to'),
          cell: (deposit) => <Destination deposit={deposit} />,
          className: 'sm:max-w-60',
        },
        {
          key: 'trackingKey',
          header: t('columns.trackingKey'),
          cell: ({ trackingKey }) => (trackingKey ? <TrackingKey value={trackingKey} /> : common('none')),
          hideBelow: 'lg',
        },
        {
          key: 'concept',
          header: t('columns.concept'),
          cell: ({ comment }) => (
            <span className="block truncate" title={comment ?? undefined}>
              {comment}
            </span>
          ),
          className: 'sm:max-w-40',
          hideBelow: 'xl',
        },
        {
          key: 'amount',
          header: t('columns.amount'),
          align: 'end',
          cell: ({ amount, asset, sharesKey }) => (
            <span className="inline-flex items-center gap-0.5">
              {sharesKey ? <Mark kind="twin" label={t('sharesKey')} /> : null}
              <Money amount={amount} asset={asset} />
            </span>
          ),
        },
        {
          key: 'status',
          header: t('columns.status'),
          cell: (deposit) => <DepositStatus deposit={deposit} />,
          phone: 'end',
        },
      ]}
    />
  );
}

/** Where the deposit stands; while its money waits, why. */
function DepositStatus({ deposit: { state, suspenseReason } }: { deposit: ListedTransfer }) {
  const word = useSuspenseWord();
  return suspenseReason ? (
    <Badge tone="warning">{word(suspenseReason)}</Badge>
  ) : (
    <StatusBadge kind="transfer" status={state} />
  );
}
