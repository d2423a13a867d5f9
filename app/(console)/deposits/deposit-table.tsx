import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Destination } from '~/app/(console)/deposits/destination';
import { senderOf } from '~/app/(console)/deposits/sender';
import { useSuspenseWord } from '~/app/(console)/deposits/suspense-word';
import { DataTable, type ListView } from '~/components/list/data-table';
import { useMoneyColumns } from '~/components/money/columns';
import { Mark } from '~/components/record/mark';
import { StatusBadge } from '~/components/record/status-badge';
import { Badge } from '~/components/ui/badge';
import { to } from '~/components/ui/to';
import type { ListedTransfer } from '~/lib/transfers/read';

type DepositTableProps = {
  deposits: readonly ListedTransfer[];
  filtered: boolean;
  view: ListView;
  empty: ReactNode;
};

/** Inbound transfers as Fintoc knows them, newest first. */
export function DepositTable({ deposits, filtered, view, empty }: DepositTableProps) {
  const t = useTranslations('deposits');
  const columns = useMoneyColumns<ListedTransfer>();
  return (
    <DataTable
      label={t('tabs.all')}
      rows={deposits}
      rowKey={({ id }) => id}
      rowHref={({ id }) => to(`/deposits/${id}`)}
      filtered={filtered}
      view={view}
      empty={empty}
      columns={[
        columns.when(({ transactedAt }) => transactedAt),
        columns.other(t('columns.from'), senderOf),
        {
          key: 'to',
          header: t('columns.to'),
          cell: (deposit) => <Destination deposit={deposit} />,
          className: 'sm:max-w-60',
          besideFrom: 'wide',
        },
        columns.trackingKey(({ trackingKey }) => trackingKey),
        columns.concept(({ comment }) => comment),
        columns.amount(({ amount, asset, sharesKey }) => ({
          ...{ amount, asset },
          mark: sharesKey && <Mark kind="twin" label={t('sharesKey')} />,
        })),
        columns.standing((deposit) => <DepositStatus deposit={deposit} />),
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
