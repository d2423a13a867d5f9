import { useTranslations } from 'next-intl';
import {
  approveWithdrawalAction,
  cancelWithdrawalAction,
  declineWithdrawalAction,
} from '~/app/(console)/withdrawals/actions';
import { ConfirmDialog } from '~/components/confirm-dialog';
import { ProtectedClabe } from '~/components/counterparty';
import { Money } from '~/components/money';
import { SignedFacts } from '~/components/signed-facts';
import type { SignedWithdrawal } from '~/components/signed-withdrawal';
import { can, type RoleName } from '~/lib/roles';
import { joined } from '~/lib/text';
import type { getWithdrawal } from '~/lib/withdrawals/read';

type Withdrawal = Awaited<ReturnType<typeof getWithdrawal>>;
type DecisionsProps = {
  withdrawal: Withdrawal;
  operator: { id: string; role: RoleName };
  /** What a decision is about, while it waits for one. */
  signed: SignedWithdrawal | null;
};

/** What this operator can still do about a withdrawal. */
export function Decisions({ withdrawal, operator, signed }: DecisionsProps) {
  const { status, requestedById } = withdrawal;
  const waits = status === 'awaiting_approval';
  const decides = waits && requestedById !== operator.id && can(operator.role, 'withdrawals:approve');
  const untouched = waits || status === 'queued';
  return (
    <>
      {untouched && can(operator.role, 'withdrawals:request') ? <Cancel withdrawal={withdrawal} /> : null}
      {decides && signed ? <Decline signed={signed} /> : null}
      {decides && signed ? <Approve signed={signed} /> : null}
    </>
  );
}

function Approve({ signed }: { signed: SignedWithdrawal }) {
  const t = useTranslations('withdrawals.decide.approve');
  return (
    <ConfirmDialog
      action={approveWithdrawalAction}
      hidden={{ withdrawalId: signed.id }}
      trigger={t('action')}
      triggerVariant="primary"
      title={t('title')}
      consequence={t('consequence')}
      confirm={t('action')}
      success={t('done')}
    >
      <SignedFacts withdrawal={signed} now={new Date()} />
    </ConfirmDialog>
  );
}

function Decline({ signed }: { signed: SignedWithdrawal }) {
  const t = useTranslations('withdrawals.decide.decline');
  return (
    <ConfirmDialog
      action={declineWithdrawalAction}
      hidden={{ withdrawalId: signed.id }}
      trigger={t('action')}
      title={t('title')}
      consequence={t('consequence')}
      confirm={t('confirm')}
      reason="required"
      danger
      success={t('done')}
    >
      <SignedFacts withdrawal={signed} now={new Date()} />
    </ConfirmDialog>
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
  const { amount, asset, beneficiaryName, beneficiaryBank, destination } = withdrawal;
  return (
    <p className="mb-1.5 text-foreground">
      <Money amount={amount} asset={asset} className="font-semibold" /> →{' '}
      {joined([beneficiaryName, beneficiaryBank])} <ProtectedClabe value={destination} copy={false} />
    </p>
  );
}
