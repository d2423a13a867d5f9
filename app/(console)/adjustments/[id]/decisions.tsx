import { Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { SignedFacts } from '~/app/(console)/adjustments/[id]/facts';
import {
  approveAdjustmentAction,
  cancelAdjustmentAction,
  declineAdjustmentAction,
  reverseAdjustmentAction,
} from '~/app/(console)/adjustments/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Decision } from '~/components/form/decision';
import type { AdjustmentRecord } from '~/lib/adjustments/read';
import type { AdjustmentEffect } from '~/lib/deciding/effects';
import { can, type Role } from '~/lib/roles';
import { pays, takes } from '~/lib/wallets/frozen';

type DecisionsProps = {
  adjustment: AdjustmentRecord;
  operator: { id: string; role: Role };
  effect: AdjustmentEffect | null;
};

/** What this operator can still do about an adjustment. */
export function Decisions({ adjustment, operator, effect }: DecisionsProps) {
  const { status, requestedById, fromWallet, toWallet } = adjustment;
  if (
    status === 'posted' &&
    !adjustment.exchange &&
    adjustment.reversals.length === 0 &&
    can(operator.role, 'adjustments:request')
  )
    return <Reverse adjustment={adjustment} />;
  if (status !== 'awaiting_approval') return null;
  const decides = requestedById !== operator.id && can(operator.role, 'adjustments:approve');
  const open = (!fromWallet || pays(fromWallet)) && (!toWallet || takes(toWallet));
  return (
    <>
      {can(operator.role, 'adjustments:request') ? <Cancel adjustment={adjustment} /> : null}
      {decides ? <Decline adjustment={adjustment} effect={effect} /> : null}
      {decides && open ? <Approve adjustment={adjustment} effect={effect} /> : null}
    </>
  );
}

/** Asks for the same the other way; somebody else decides on that too. */
function Reverse({ adjustment }: OfOne) {
  const t = useTranslations('adjustments.reverse');
  return (
    <ConfirmDialog
      action={reverseAdjustmentAction}
      act="reverse"
      hidden={hiddenOf(adjustment)}
      trigger={
        <>
          <Undo2 aria-hidden />
          {t('action')}
        </>
      }
      title={t('title')}
      consequence={t('consequence')}
      confirm={t('confirm')}
      reason="required"
    >
      <SignedFacts adjustment={adjustment} now={new Date()} />
    </ConfirmDialog>
  );
}

type OfOne = { adjustment: AdjustmentRecord };
type Decided = OfOne & Pick<DecisionsProps, 'effect'>;

function Approve({ adjustment, effect }: Decided) {
  const words = useTranslations('adjustments.decide.approve');
  return (
    <Decision of="approve" action={approveAdjustmentAction} hidden={hiddenOf(adjustment)} words={words}>
      <SignedFacts adjustment={adjustment} now={new Date()} effect={effect} />
    </Decision>
  );
}

function Decline({ adjustment, effect }: Decided) {
  const words = useTranslations('adjustments.decide.decline');
  return (
    <Decision of="decline" action={declineAdjustmentAction} hidden={hiddenOf(adjustment)} words={words}>
      <SignedFacts adjustment={adjustment} now={new Date()} effect={effect} />
    </Decision>
  );
}

function Cancel({ adjustment }: OfOne) {
  const words = useTranslations('adjustments.decide.cancel');
  return (
    <Decision of="cancel" action={cancelAdjustmentAction} hidden={hiddenOf(adjustment)} words={words}>
      <SignedFacts adjustment={adjustment} now={new Date()} />
    </Decision>
  );
}

const hiddenOf = ({ id }: AdjustmentRecord) => ({ adjustmentId: id });
