import { useTranslations } from 'next-intl';
import { SignedFacts } from '~/app/(console)/adjustments/[id]/facts';
import {
  approveAdjustmentAction,
  cancelAdjustmentAction,
  declineAdjustmentAction,
} from '~/app/(console)/adjustments/actions';
import { ConfirmDialog } from '~/components/confirm-dialog';
import type { AdjustmentRecord } from '~/lib/adjustments/read';
import { can, type RoleName } from '~/lib/roles';

type DecisionsProps = { adjustment: AdjustmentRecord; operator: { id: string; role: RoleName } };

/** What this operator can still do about an adjustment. */
export function Decisions({ adjustment, operator }: DecisionsProps) {
  const { status, requestedById, fromWallet, toWallet } = adjustment;
  if (status !== 'awaiting_approval') return null;
  const decides = requestedById !== operator.id && can(operator.role, 'adjustments:approve');
  const open = [fromWallet, toWallet].every((wallet) => !wallet || wallet.status === 'open');
  return (
    <>
      {can(operator.role, 'adjustments:request') ? <Cancel adjustment={adjustment} /> : null}
      {decides ? <Decline adjustment={adjustment} /> : null}
      {decides && open ? <Approve adjustment={adjustment} /> : null}
    </>
  );
}

function Approve({ adjustment }: { adjustment: AdjustmentRecord }) {
  const t = useTranslations('adjustments.decide.approve');
  return (
    <ConfirmDialog
      action={approveAdjustmentAction}
      hidden={{ adjustmentId: adjustment.id }}
      trigger={t('action')}
      triggerVariant="primary"
      title={t('title')}
      consequence={t('consequence')}
      confirm={t('action')}
      success={t('done')}
    >
      <SignedFacts adjustment={adjustment} now={new Date()} />
    </ConfirmDialog>
  );
}

function Decline({ adjustment }: { adjustment: AdjustmentRecord }) {
  const t = useTranslations('adjustments.decide.decline');
  return (
    <ConfirmDialog
      action={declineAdjustmentAction}
      hidden={{ adjustmentId: adjustment.id }}
      trigger={t('action')}
      title={t('title')}
      consequence={t('consequence')}
      confirm={t('action')}
      reason="required"
      danger
      success={t('done')}
    >
      <SignedFacts adjustment={adjustment} now={new Date()} />
    </ConfirmDialog>
  );
}

function Cancel({ adjustment }: { adjustment: AdjustmentRecord }) {
  const t = useTranslations('adjustments.decide.cancel');
  return (
    <ConfirmDialog
      action={cancelAdjustmentAction}
      hidden={{ adjustmentId: adjustment.id }}
      trigger={t('action')}
      triggerVariant="ghost"
      title={t('title')}
      consequence={t('consequence')}
      confirm={t('action')}
      reason="required"
      danger
      success={t('done')}
    >
      <SignedFacts adjustment={adjustment} now={new Date()} />
    </ConfirmDialog>
  );
}
