import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { isCancellable, nameOf } from '~/app/(console)/withdrawals/selection';
import { TryAgain } from '~/app/(console)/withdrawals/try-again';
import { type Column, DataTable, type ListView } from '~/components/list/data-table';
import { selectColumn } from '~/components/list/select/select-column';
import { useMoneyColumns } from '~/components/money/columns';
import { StatusBadge } from '~/components/record/status-badge';
import { to } from '~/components/ui/to';
import { heldNow, useHeldWords } from '~/components/words/held-words';
import { useReasons } from '~/components/words/reason-words';
import type { Role } from '~/lib/roles';
import type { WithdrawalRow } from '~/lib/withdrawals/read';

type WithdrawalTableProps = {
  withdrawals: readonly WithdrawalRow[];
  /** Of those that ended without paying: why, what to do, and the way to ask again. */
  reasons?: boolean;
  role: Role;
  filtered: boolean;
  view: ListView;
  empty: ReactNode;
};

export function WithdrawalTable({
  withdrawals,
  reasons = false,
  role,
  filtered,
  view,
  empty,
}: WithdrawalTableProps) {
  const t = useTranslations('withdrawals');
  const columns = useMoneyColumns<WithdrawalRow>();
  return (
    <DataTable
      label={t('title')}
      rows={withdrawals}
      rowKey={({ id }) => id}
      rowHref={({ id }) => to(`/withdrawals/${id}`)}
      filtered={filtered}
      view={view}
      empty={empty}
      columns={[
        ...(withdrawals.some((withdrawal) => isCancellable(withdrawal, role))
          ? [selectColumn<WithdrawalRow>((withdrawal) => ({ id: withdrawal.id, name: nameOf(withdrawal) }))]
          : []),
        columns.requested(({ createdAt }) => createdAt),
        columns.wallet(({ wallet }) => wallet),
        columns.other(t('columns.beneficiary'), ({ beneficiaryName, destination, beneficiaryBank }) => ({
          ...{ name: beneficiaryName, number: destination, bank: beneficiaryBank },
        })),
        ...(reasons
          ? [reasonColumn(t('columns.reason'))]
          : [
              columns.trackingKey(({ transfer }) => transfer?.trackingKey),
              columns.requestedBy(({ requestedBy }) => requestedBy, { phone: 'hide' }),
            ]),
        columns.amount(({ amount, asset }) => ({ amount, asset })),
        columns.standing((withdrawal) => <Status withdrawal={withdrawal} />),
        ...(reasons ? [againColumn(t('columns.again'), role)] : []),
      ]}
    />
  );
}

function reasonColumn(header: string): Column<WithdrawalRow> {
  return {
    key: 'reason',
    header,
    keep: true,
    cell: (withdrawal) => <Reason withdrawal={withdrawal} />,
    className: 'sm:min-w-56 sm:max-w-80 sm:whitespace-normal',
    phoneLabel: false,
  };
}

function againColumn(header: string, role: Role): Column<WithdrawalRow> {
  return {
    key: 'again',
    header: <span className="sr-only">{header}</span>,
    align: 'end',
    cell: (withdrawal) => <TryAgain withdrawal={withdrawal} role={role} />,
    phone: 'start',
    phoneLabel: false,
  };
}

/** Why it ended, and what to do about it. */
function Reason({ withdrawal: { failureCode } }: { withdrawal: WithdrawalRow }) {
  const reasonOf = useReasons();
  if (!failureCode) return null;
  const { why, what } = reasonOf(failureCode);
  return (
    <span className="grid py-1.5 leading-snug">
      <span className="text-foreground">{why}</span>
      <span className="text-muted-foreground text-xs">{what}</span>
    </span>
  );
}

/** Where it stands, and what keeps it there. */
function Status({ withdrawal }: { withdrawal: WithdrawalRow }) {
  const wordsOf = useHeldWords();
  const held = heldNow(withdrawal);
  return (
    <span className="inline-grid justify-items-start gap-0.5 py-1 leading-tight max-sm:justify-items-end">
      <StatusBadge kind="withdrawal" status={withdrawal.status} />
      {held ? <span className="text-muted-foreground text-xs">{wordsOf(held).short}</span> : null}
    </span>
  );
}
