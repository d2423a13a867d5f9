import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { cancelWithdrawalAction } from '~/app/(console)/withdrawals/actions';
import { Selecting } from '~/components/list/select/selecting';
import { can, type Role } from '~/lib/roles';
import type { WithdrawalRow } from '~/lib/withdrawals/read';

type SelectionProps = { withdrawals: readonly WithdrawalRow[]; role: Role; children: ReactNode };

/** Several withdrawals, called off for one reason. To approve several stands with the approvals. */
export function WithdrawalSelection({ withdrawals, role, children }: SelectionProps) {
  const t = useTranslations('withdrawals.decide.cancel');
  return (
    <Selecting
      rows={withdrawals.map((withdrawal) => ({
        id: withdrawal.id,
        name: nameOf(withdrawal),
        money: { amount: withdrawal.amount, asset: withdrawal.asset },
        acts: isCancellable(withdrawal, role) ? ['cancel'] : [],
      }))}
      acts={[
        {
          ...{ key: 'cancel', action: cancelWithdrawalAction, idName: 'withdrawalId', danger: true },
          ...{ label: t('action'), title: t('several'), consequence: t('consequence') },
        },
      ]}
    >
      {children}
    </Selecting>
  );
}

export function nameOf({ beneficiaryName }: WithdrawalRow): string {
  return beneficiaryName ?? '—';
}

/** Whether Fintoc has none of it yet, for who may call it off. */
export function isCancellable({ status }: WithdrawalRow, role: Role): boolean {
  return (status === 'awaiting_approval' || status === 'queued') && can(role, 'withdrawals:request');
}
