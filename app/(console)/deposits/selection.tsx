import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { returnDepositAction } from '~/app/(console)/deposits/actions';
import { Selecting } from '~/components/list/select/selecting';
import { isReturnable } from '~/lib/deposits/returns';
import type { SuspenseRow } from '~/lib/deposits/waiting';
import { can, type Role } from '~/lib/roles';

type SelectionProps = { deposits: readonly SuspenseRow[]; role: Role; children: ReactNode };

/** Several deposits that are nobody's, sent back for one reason. */
export function SuspenseSelection({ deposits, role, children }: SelectionProps) {
  const t = useTranslations('deposits.return');
  return (
    <Selecting
      rows={deposits.map((deposit) => ({
        id: deposit.id,
        name: nameOf(deposit),
        money: { amount: deposit.amount, asset: deposit.asset },
        acts: mayReturn(deposit, role) ? ['return'] : [],
      }))}
      acts={[
        {
          ...{ key: 'return', action: returnDepositAction, idName: 'transferId', danger: true },
          ...{ label: t('action'), title: t('several'), consequence: t('severalConsequence') },
        },
      ]}
    >
      {children}
    </Selecting>
  );
}

export function nameOf({ counterpartyName }: SuspenseRow): string {
  return counterpartyName ?? '—';
}

export function mayReturn(deposit: SuspenseRow, role: Role): boolean {
  return can(role, 'deposits:resolve') && isReturnable(deposit);
}
