import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { cancelScheduleAction } from '~/app/(console)/withdrawals/scheduled/actions';
import { Form, SubmitButton } from '~/components/form/form';
import { useFailureMessage } from '~/components/form/form-messages';
import { DataTable } from '~/components/list/data-table';
import { Counterparty } from '~/components/money/counterparty';
import { Money } from '~/components/money/money';
import { WalletName } from '~/components/money/wallet-name';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import type { ErrorCode } from '~/lib/errors';
import { can, type Role } from '~/lib/roles';
import type { ScheduleRow } from '~/lib/schedules/read';

type ScheduleTableProps = {
  schedules: readonly ScheduleRow[];
  role: Role;
  filtered: boolean;
  empty: ReactNode;
};

export function ScheduleTable({ schedules, role, filtered, empty }: ScheduleTableProps) {
  const t = useTranslations('schedules');
  return (
    <DataTable
      label={t('title')}
      rows={schedules}
      rowKey={({ id }) => id}
      filtered={filtered}
      empty={empty}
      columns={[
        {
          key: 'beneficiary',
          header: t('columns.beneficiary'),
          cell: ({ beneficiaryName, destination, beneficiaryBank }) => (
            <Counterparty name={beneficiaryName} number={destination} bank={beneficiaryBank} />
          ),
          className: 'sm:max-w-52',
        },
        {
          key: 'wallet',
          header: t('columns.wallet'),
          cell: ({ wallet }) => <WalletName wallet={wallet} customer={wallet.customer?.name ?? null} />,
          className: 'sm:max-w-44',
        },
        { key: 'every', header: t('columns.every'), cell: ({ every }) => t(`every.${every}`) },
        {
          key: 'next',
          header: t('columns.next'),
          cell: ({ nextAt }) => (nextAt ? <Timestamp at={nextAt} /> : '—'),
        },
        { key: 'last', header: t('columns.last'), cell: ({ last }) => <Last last={last} />, hideBelow: 'lg' },
        {
          key: 'amount',
          header: t('columns.amount'),
          align: 'end',
          cell: ({ amount, asset }) => <Money amount={amount} asset={asset} />,
        },
        {
          key: 'status',
          header: t('columns.status'),
          cell: ({ state }) => <StatusBadge kind="schedule" status={state} />,
          phone: 'end',
        },
        {
          key: 'cancel',
          header: <span className="sr-only">{t('cancel.action')}</span>,
          align: 'end',
          cell: ({ id, state }) =>
            state === 'active' && can(role, 'withdrawals:request') ? <Cancel id={id} /> : null,
          phone: 'start',
          phoneLabel: false,
        },
      ]}
    />
  );
}

/** What the last day became. */
function Last({ last }: Pick<ScheduleRow, 'last'>) {
  const t = useTranslations('schedules');
  const wordsOf = useFailureMessage();
  if (!last) return <span className="text-muted-foreground">{t('never')}</span>;
  if (last.refusal)
    return (
      <span className="block whitespace-normal text-danger text-sm">
        {wordsOf({ code: last.refusal as ErrorCode, details: {} })}
      </span>
    );
  if (last.batch)
    return (
      <Link href={to(`/withdrawals/batches/${last.batch.id}`)} className="rounded-sm">
        <StatusBadge kind="batch" status={last.batch.state} />
      </Link>
    );
  return last.withdrawal ? (
    <Link href={to(`/withdrawals/${last.withdrawal.id}`)} className="rounded-sm">
      <StatusBadge kind="withdrawal" status={last.withdrawal.status} />
    </Link>
  ) : null;
}

/** One press: nothing is lost by it, and it can be planned anew. */
function Cancel({ id }: { id: string }) {
  const t = useTranslations('schedules.cancel');
  return (
    <Form act="cancel_schedule" action={cancelScheduleAction} hidden={{ scheduleId: id }} success={t('done')}>
      <SubmitButton variant="secondary" size="sm">
        {t('action')}
      </SubmitButton>
    </Form>
  );
}
