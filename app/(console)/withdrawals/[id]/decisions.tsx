import { useTranslations } from 'next-intl';
import {
  approveWithdrawalAction,
  cancelWithdrawalAction,
  declineWithdrawalAction,
} from '~/app/(console)/withdrawals/actions';
import { ConfirmDialog } from '~/components/confirm-dialog';
import { Money } from '~/components/money';
import { can, type RoleName } from '~/lib/roles';
import type { getWithdrawal } from '~/lib/transfers/read';

type Withdrawal = Awaited<ReturnType<typeof getWithdrawal>>;
type DecisionsProps = { withdrawal: Withdrawal; operator: { id: string; role: RoleName } };

/** What this operator can still do about a withdrawal. */
export function Decisions({ withdrawal, operator }: DecisionsProps) {
  const { status, requestedById } = withdrawal;
  const waits = status === 'awaiting_approval';
  const decides = waits && requestedById !== operator.id && can(operator.role, 'withdrawals:approve');
  const untouched = waits || status === 'queued';
  return (
    <>
      {untouched && can(operator.role, 'withdrawals:request') ? <Cancel withdrawal={withdrawal} /> : null}
      {decides ? <Decline withdrawal={withdrawal} /> : null}
      {decides ? <Approve withdrawal={withdrawal} /> : null}
    </>
  );
}

function Approve({ withdrawal }: { withdrawal: Withdrawal }) {
  const t = useTranslations('withdrawals.decide.approve');
  const { firstSeen } = withdrawal;
  return (
    <ConfirmDialog
      action={approveWithdrawalAction}
      hidden={{ withdrawalId: withdrawal.id }}
      trigger={t('action')}
      triggerVariant="primary"
      title={t('title')}
      consequence={
        <>
          <Amount withdrawal={withdrawal} />
          <p>{t('consequence')}</p>
          {firstSeen ? <p className="mt-1 font-medium text-warning">{t('firstSeen')}</p> : null}
        </>
      }
      confirm={t('action')}
      success={t('done')}
    />
  );
}

function Decline({ withdrawal }: { withdrawal: Withdrawal }) {
  const t = useTranslations('withdrawals.decide.decline');
  return (
    <ConfirmDialog
      action={declineWithdrawalAction}
      hidden={{ withdrawalId: withdrawal.id }}
      trigger={t('action')}
      title={t('title')}
      consequence={
        <>
          <Amount withdrawal={withdrawal} />
          <p>{t('consequence')}</p>
        </>
      }
      confirm={t('confirm')}
      reason="required"
      danger
      success={t('done')}
    />
  );
}

function Cancel({ withdrawal }: { withdrawal: Withdrawal }) {
  const t = useTranslations('withdrawals.decide.cancel');
  return (
    <ConfirmDialog
      action={cancelWithdrawalAction}
      hidden={{ withdrawalId: withdrawal.id }}
      trigger={t('action')}
      triggerVariant="ghost"
      title={t('title')}
      consequence={
        <>
          <Amount withdrawal={withdrawal} />
          <p>{t('consequence')}</p>
        </>
      }
      confirm={t('action')}
      reason="required"
      danger
      success={t('done')}
    />
  );
}

/** How much and to whom, so that nobody decides on the wrong one. */
function Amount({ withdrawal }: { withdrawal: Withdrawal }) {
  const { amount, asset, beneficiaryName, beneficiaryBank, beneficiaryNumber } = withdrawal;
  const whom = [beneficiaryName, beneficiaryBank, `••${beneficiaryNumber.slice(-4)}`].filter(Boolean);
  return (
    <p className="mb-1.5 text-foreground">
      <Money amount={amount} asset={asset} className="font-semibold" /> → {whom.join(' · ')}
    </p>
  );
}
